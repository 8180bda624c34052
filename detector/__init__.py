"""Tells a platform when an account passes itself off as somebody official."""
