"""Articles 10(1), 15 and 17: what is done with a result."""
