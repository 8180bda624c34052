"""Pictures measured: edited marks, the same marks from a second source, and pictures that show none."""
