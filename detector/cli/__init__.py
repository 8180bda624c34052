"""The command line: `detector screen | explain | law | registry | replay | serve | ledger`."""

from detector.cli.main import main

__all__ = ["main"]
