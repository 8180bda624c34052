"""fold.tsv: code points that are read as another plain character."""

import unicodedata
from collections.abc import Iterable, Iterator

from training.tables.flips import turned
from training.tables.sources import confusables, han_characters, opencc_fold, unihan
from training.tables.standard import standard
from training.tables.table import Row, Table, curated

_ACCENTED_U_IS_V = "üǖǘǚǜǛǗǙǕÜ"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
# Scripts of which ordinary text is written here, so that a look-alike letter is no disguise.
_NOT_FOLDED = ("CJK", "HIRAGANA", "KATAKANA", "ARABIC", "EXTENDED ARABIC", "HEBREW", "NKO")

# What a fold that only a dictionary states costs, 0..1: the two are not always one word.
DICTIONARY_VARIANT_COST = "0.2"


def rows() -> Iterator[Row]:
    """One row a code point; of several sources the first that names it wins."""
    seen: set[str] = set(turned())
    for row in _all_sources():
        if row[0] not in seen and _needed(row):
            seen.add(row[0])
            yield row


def _all_sources() -> Iterator[Row]:
    yield from curated("fold")
    yield from _traditional()
    yield from _variants()
    yield from _enclosed()
    yield from _accented()
    yield from _confusable()


def _needed(row: Row) -> bool:
    """NFKC leaves the character, and the replacement is something else."""
    char, replacement = row[:2]
    return unicodedata.normalize("NFKC", char) == char and char != replacement


def _traditional() -> Iterator[Row]:
    """Traditional -> simplified as OpenCC maps single characters."""
    for char in han_characters():
        simplified = opencc_fold("t2s", char)
        if simplified != char and (char not in standard() or simplified in standard()):
            yield char, simplified, "traditional"


def _variants() -> Iterator[Row]:
    """Regional and dictionary variants of standard characters; a standard one is never folded."""
    for char in han_characters():
        if char in standard():
            continue
        regional = _regional(char)
        if regional is not None:
            yield char, regional, "variant"
            continue
        stated = _dictionary(char)
        if stated is not None:
            yield char, stated, "variant", DICTIONARY_VARIANT_COST


def _regional(char: str) -> str | None:
    """The standard character behind a Japanese, Taiwan or Hong Kong form."""
    for profile in ("jp2t", "tw2t", "hk2t"):
        simplified = opencc_fold("t2s", opencc_fold(profile, char))
        if simplified != char and simplified in standard():
            return simplified
    return None


def _dictionary(char: str) -> str | None:
    """The one standard character that Unihan calls the same word; None when it names several."""
    for fields in (("kZVariant", "kSimplifiedVariant"), ("kSemanticVariant",)):
        stated = {opencc_fold("t2s", v) for name in fields for v in unihan(name).get(char, ())}
        candidates = (stated & standard()) - {char}
        if len(candidates) == 1:
            return candidates.pop()
    return None


def _enclosed() -> Iterator[Row]:
    """Letters and digits in circles, squares and flags that have no compatibility mapping."""
    for code in (*range(0x2460, 0x2800), *range(0x1F100, 0x1F200)):
        text = _enclosed_text(unicodedata.name(chr(code), ""))
        if text is not None:
            yield chr(code), text, "enclosed"


def _enclosed_text(name: str) -> str | None:
    """NEGATIVE CIRCLED LATIN CAPITAL LETTER D -> D; ... NUMBER ELEVEN -> 11; else None."""
    words = name.split(" ")
    if len(words) < 2 or not {"CIRCLED", "SQUARED", "REGIONAL"} & set(words):
        return None
    if words[-2] == "LETTER" and len(words[-1]) == 1:
        return words[-1]
    if words[-2] in ("DIGIT", "NUMBER"):
        return _NUMBER_WORDS.get(words[-1])
    return None


_ONES = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
_TEENS = ("ELEVEN", "TWELVE", "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN")
_LAST = ("EIGHTEEN", "NINETEEN", "TWENTY")
_NUMBER_WORDS = {word: str(number) for number, word in enumerate((*_ONES, *_TEENS, *_LAST))}


def _accented() -> Iterator[Row]:
    """Latin letters with marks, tone marks among them; ü is written v, as people type it."""
    for code in range(0xC0, 0x2C80):
        char = chr(code)
        base = _base_letter(char)
        if base is not None:
            yield char, _v(char) or base, "confusable"


def _v(char: str) -> str | None:
    if char not in _ACCENTED_U_IS_V:
        return None
    return "v" if char.islower() else "V"


def _base_letter(char: str) -> str | None:
    """The ASCII letter under the marks: by decomposition, else by name; None when there is none."""
    base = unicodedata.normalize("NFD", char)[0]
    if base != char:
        return base if base in _PLAIN else None
    head, mark, _ = unicodedata.name(char, "").partition(" WITH ")
    case, letter = head.rpartition(" ")[::2]
    if not mark or len(letter) != 1:
        return None
    return {"LATIN SMALL LETTER": letter.lower(), "LATIN CAPITAL LETTER": letter}.get(case)


def _confusable() -> Iterator[Row]:
    """Code points that Unicode calls confusable with a Latin letter or digit."""
    for plain, alikes in confusables().items():
        if plain in _PLAIN:
            yield from ((c, _cased(plain, c), "confusable") for c in _foldable(alikes))


def _foldable(alikes: Iterable[str]) -> Iterator[str]:
    for char in alikes:
        if len(char) != 1 or char.isascii():
            continue
        if not unicodedata.name(char, "").startswith(_NOT_FOLDED):
            yield char


def _cased(plain: str, char: str) -> str:
    """Unicode keeps l, I, 1 and | as one, and O with 0: choose by what the look-alike is."""
    category = unicodedata.category(char)
    if plain in "lI1|":
        return {"Lu": "I", "Nd": "1", "No": "1", "Nl": "1"}.get(category, "l")
    if plain in "oO0":
        return {"Lu": "O", "Ll": "o", "Nd": "0", "No": "0"}.get(category, "O")
    return plain


TABLE = Table(
    name="fold",
    meaning="What a code point is read as, beyond Unicode NFKC.",
    notes=(
        "Apply after NFKC and before case folding (Greek capital eta reads H, small eta n).",
        "The cost (0..1) is empty where a reader sees the same character.",
        "Regional indicators are listed for lone letters: read whole flags (emoji.tsv) first.",
        "Turned letters are in flips.tsv.",
    ),
    columns=("char", "replacement", "kind", "cost"),
    sources=(
        "training/tables/curated/fold.tsv (this project)",
        "OpenCC 1.4.2 (PyPI OpenCC, Apache-2.0): t2s, jp2t, tw2t, hk2t on single characters",
        "Unihan kZVariant, kSimplifiedVariant, kSemanticVariant (Unicode License v3)",
        "PyPI confusable_homoglyphs 3.3.1 (MIT), from Unicode confusables.txt (Unicode License)",
        "Unicode character names and decompositions (Python unicodedata)",
    ),
    licence="Apache-2.0 and Unicode License v3 for the parts so sourced; the rest as this project",
    rows=rows,
)
