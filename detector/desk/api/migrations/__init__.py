"""How the tables of api came to be, step by step."""
