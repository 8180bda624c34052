"""What platforms call: screening, and reading what came of it."""
