"""Decisions on their way to the platform: written with the decision, sent at least once."""
