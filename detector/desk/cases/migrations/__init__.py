"""How the tables of cases came to be, step by step."""
