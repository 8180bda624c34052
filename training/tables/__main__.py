"""Regenerate the tables of data/text, or say which committed files differ."""

import argparse
import sys

from training.tables.catalogue import TABLES
from training.tables.table import SourceMissing, Table


def main() -> int:
    """Write or check the named tables (all by default); 1 when a committed file differs."""
    options = _options()
    chosen = [t for t in TABLES if not options.names or t.name in options.names]
    act = _check if options.check else _write
    return 0 if all([act(table) for table in chosen]) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.tables", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *(t.name for t in TABLES)])
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    return parser.parse_args()


def _write(table: Table) -> bool:
    """Write one table; False when a source is missing."""
    try:
        text = table.render()
    except SourceMissing as missing:
        print(f"{table.name}: not made, missing {missing}", file=sys.stderr)
        return False
    table.path.parent.mkdir(parents=True, exist_ok=True)
    table.path.write_text(text, encoding="utf-8")
    print(f"{table.name}: {_count(text)} rows, {len(text.encode()):,} bytes")
    return True


def _check(table: Table) -> bool:
    """Compare one table with its file; a table that cannot be made here counts as the same."""
    try:
        text = table.render()
    except SourceMissing as missing:
        print(f"{table.name}: could not be checked, missing {missing}")
        return True
    same = table.path.exists() and table.path.read_text(encoding="utf-8") == text
    print(f"{table.name}: {'same' if same else 'DIFFERS from the committed file'}")
    return same


def _count(text: str) -> int:
    return sum(not line.startswith("# ") for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())
