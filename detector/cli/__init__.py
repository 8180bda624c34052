"""The command line: `detector screen | explain | law | registry | bundle | rescreen | replay | serve | ledger`."""

from detector.cli.main import main

__all__ = ["main"]
