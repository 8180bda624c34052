"""The desk speaks Chinese, wholly: no sentence is missing, none is left over."""

from __future__ import annotations

import re

from tests.desk.catalogue import MO, messages, mo_bytes, read

_PLACE = re.compile(r"%\(\w+\)[ds]")


def test_every_sentence_is_translated() -> None:
    catalogue = read()
    missing = []
    for context, sentence in messages():
        found = catalogue.get(sentence, context or None)
        text = found.string if found else ""
        if not (text[0] if isinstance(text, tuple) else text):
            missing.append(sentence)
    assert missing == []


def test_no_translation_is_left_over() -> None:
    wanted = set(messages())
    held = {(one.context or "", one.id) for one in read() if one.id}
    assert held - wanted == set()


def test_translations_keep_the_places_of_values() -> None:
    for one in read():
        if one.id:
            source = one.id[-1] if isinstance(one.id, tuple) else str(one.id)
            text = one.string[0] if isinstance(one.string, tuple) else str(one.string)
            assert set(_PLACE.findall(source)) == set(_PLACE.findall(text)), source


def test_what_is_shipped_is_what_is_written() -> None:
    assert MO.read_bytes() == mo_bytes(read())
