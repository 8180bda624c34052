"""Tables are read and kernels compiled on first use, so no example is held to a deadline."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
