"""Who works at the desk, and what each of them may do."""
