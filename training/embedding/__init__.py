"""Trains the small network that tells marks apart: `make embedding`, weights in models/embedding."""
