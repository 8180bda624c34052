"""Makes the marks that the project ships: `make marks`. Drawn ones are pictures, others descriptions."""
