"""The ways in which an account can resemble an entity."""
