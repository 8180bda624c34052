"""Django is set up before any module of the desk is imported, on a folder of its own."""

from __future__ import annotations

import os
import tempfile
from importlib.util import find_spec

import django

# The network for pictures is trained with libraries that nothing else needs.
collect_ignore_glob = [] if find_spec("torch") else ["training/embedding/*"]

_HOME = tempfile.TemporaryDirectory(prefix="detector-desk-")


def pytest_configure() -> None:
    """Point the desk to an empty home; tests give it databases of their own."""
    os.environ["DETECTOR_DESK_HOME"] = _HOME.name
    os.environ["DETECTOR_DESK_PRIVATE_TARGETS"] = "0"
    os.environ.pop("DETECTOR_DESK_DATABASE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "detector.desk.settings"
    django.setup()
