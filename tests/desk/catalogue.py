"""The desk's Chinese catalogue: `python -m tests.desk.catalogue` reads every sentence out of the code.

Writes new sentences into the .po file (empty, to be translated), drops those that are gone, and compiles
the .mo file that is shipped.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

DESK = Path(__file__).resolve().parents[2] / "detector" / "desk"
FOLDER = DESK / "locale" / "zh_Hans" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
_KEYWORDS = dict.fromkeys(
    ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "_in", "pgettext", "npgettext")
)

# Stands in the compiled file; the same every time, so that it is the same bytes
_DAY = datetime(2026, 11, 24, tzinfo=UTC)

Message = tuple[str, str | tuple[str, ...]]  # context ("" = none), sentence or its forms


def _of_source(source: str) -> Iterator[Message]:
    for _line, function, found, _comments in extract_python(
        io.BytesIO(source.encode()), _KEYWORDS, (), {"encoding": "utf-8"}
    ):
        texts = [str(one) for one in (found if isinstance(found, tuple) else (found,)) if one]
        if not texts:
            continue
        if function in ("_in", "pgettext"):
            yield texts[0], texts[1]
        elif function == "ngettext":
            yield "", (texts[0], texts[1])
        else:
            yield "", texts[0]


def messages() -> list[Message]:
    """Every sentence of code and templates, once each, in order of place."""
    found: dict[Message, None] = {}
    for path in sorted(DESK.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "translation import" in text:
            found |= dict.fromkeys(_of_source(text))
    for path in sorted(DESK.rglob("templates/**/*.html")):
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        found |= dict.fromkeys(_of_source(text))
    return list(found)


def read() -> Catalog:
    """The catalogue as it is committed."""
    with PO.open("rb") as file:
        found = read_po(file, locale="zh_Hans")
    found.creation_date = found.revision_date = _DAY
    return found


def renewed(old: Catalog) -> Catalog:
    """The catalogue of the sentences that there are now, with what was translated before."""
    catalogue = Catalog(locale="zh_Hans", project="detector", fuzzy=False)
    catalogue.header_comment = "# The desk in Chinese; `python -m tests.desk.catalogue` renews it."
    for context, sentence in messages():
        before = old.get(sentence, context or None)
        catalogue.add(sentence, before.string if before else None, context=context or None)
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """The .po file."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=False, width=0, no_location=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator",
             "Report-Msgid-Bugs-To", "Language-Team", "Project-Id-Version")  # fmt: skip
    return "".join(line for line in lines if not any(name in line for name in dated)).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The .mo file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(renewed(read() if PO.exists() else Catalog(locale="zh_Hans"))))
    MO.write_bytes(mo_bytes(read()))
