"""The command line: `detector screen | explain | law | registry | replay`."""

from detector.cli.main import main

__all__ = ["main"]
