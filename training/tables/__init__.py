"""The character tables of data/text, each made by one module of this package."""
