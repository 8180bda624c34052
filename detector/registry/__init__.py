"""The registry: sources on disk, composition of derived names, the compiled index."""
