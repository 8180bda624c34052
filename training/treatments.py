"""Disguises: the ways in which an impostor writes an official name so that people still read it.

One small function a kind of edit (`detector.types.EditKind`): it takes the name and a random
generator, and gives the disguised name, or None where the name has nothing that it could change.
The same seed gives the same disguise. `TREATMENTS` holds them all; `stacked` mixes several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random

from detector.text import tables
from detector.types import EditKind
from training.stand_ins import (
    ROUND,
    SAME,
    compatible,
    drawn,
    folded_to,
    look_alikes,
    near_syllables,
    sounding,
    sounds,
    upside_down,
)

Treatment = Callable[[str, Random], str | None]

HIDDEN = "\u200b\u200c\u200d\u2060\ufeff"
SEPARATORS = " ·.-_丨/★～"
EMOJI = "🔥✨🌟📺🎓🏦🚨✅🇨🇳"
FILLERS = "大小的好新之真啊"


def _substituted(name: str, rng: Random, choices: Mapping[str, Iterable[str]]) -> str | None:
    """The name with one of its characters exchanged for one that stands for it."""
    able = [at for at, char in enumerate(name) if choices.get(char)]
    if not able:
        return None
    at = rng.choice(able)
    return name[:at] + rng.choice(sorted(choices[name[at]])) + name[at + 1 :]


def _mapped(name: str, choices: Mapping[str, Iterable[str]], rng: Random) -> str | None:
    """The name with all characters exchanged for which there is another."""
    found = "".join(rng.choice(sorted(choices[c])) if choices.get(c) else c for c in name)
    return found if found != name else None


def traditional(name: str, rng: Random) -> str | None:
    """The name in traditional characters.

    >>> traditional("应急管理部", Random(1))
    '應急管理部'
    """
    return _mapped(name, folded_to("traditional"), rng)


def variant(name: str, rng: Random) -> str | None:
    """One character in another form of its own (异体字).

    >>> variant("国家税务总局", Random(1))
    '囯家税务总局'
    """
    return _substituted(name, rng, folded_to("variant"))


def compatibility(name: str, rng: Random) -> str | None:
    """Letters in full width or as mathematical signs; characters as their compatibility twins.

    >>> compatibility("ICBC客服", Random(1))
    'I𝗖BC客服'
    """
    return _substituted(name, rng, compatible(SAME))


def radical(name: str, rng: Random) -> str | None:
    """A character as the sign that Unicode keeps for it as a radical.

    >>> radical("人民日报", Random(1))
    '人⺠日报'
    """
    return _substituted(name, rng, folded_to("radical"))


def kana(name: str, rng: Random) -> str | None:
    """A character as a kana of its shape.

    >>> kana("新华社工会", Random(1)) is not None
    True
    """
    return _substituted(name, rng, folded_to("kana"))


def enclosed(name: str, rng: Random) -> str | None:
    """A character or letter in a circle or square.

    >>> enclosed("中国移动", Random(1))
    '㊥国移动'
    """
    return _substituted(name, rng, compatible(ROUND))


def confusable(name: str, rng: Random) -> str | None:
    """A Latin letter from another alphabet.

    >>> confusable("CCTV新闻", Random(1)) != "CCTV新闻"
    True
    """
    return _substituted(name, rng, folded_to("confusable"))


def numeral(name: str, rng: Random) -> str | None:
    """Digits as Chinese numerals, and the reverse.

    >>> numeral("12306客服", Random(1))
    '一二三零六客服'
    """
    digits, chinese = "0123456789", "零一二三四五六七八九"
    found = name.translate(str.maketrans(digits + chinese, chinese + digits))
    return found if found != name else None


def flipped(name: str, rng: Random) -> str | None:
    """Latin letters standing on their head, from right to left.

    >>> flipped("wechat", Random(1))
    'ʇɐɥɔǝʍ'
    """
    if not name.isascii() or not any(c.isalpha() for c in name):
        return None
    return _mapped(name.lower()[::-1], upside_down(), rng)


def hidden(name: str, rng: Random) -> str | None:
    """A character that nobody sees between two others.

    >>> hidden("人民日报", Random(1))
    '人\\ufeff民日报'
    """
    return _between(name, rng, HIDDEN)


def separator(name: str, rng: Random) -> str | None:
    """The same sign between all characters.

    >>> separator("新华社", Random(1))
    '新.华.社'
    """
    return rng.choice(SEPARATORS).join(name) if len(name) > 1 else None


def emoji(name: str, rng: Random) -> str | None:
    """A character as a picture of it, or a picture beside it.

    >>> emoji("蒙牛乳业", Random(0))
    '蒙🐮乳业'
    """
    picture = _substituted(name, rng, {c: drawn().get(c, ()) for c in name})
    return picture or _between(name, rng, EMOJI)


def split(name: str, rng: Random) -> str | None:
    """A character as the parts it is made of.

    >>> split("江苏卫视", Random(2))
    '氵工苏卫视'
    """
    plainest = {c: ways[:1] for c in name if (ways := tables.lists("splits").get(c))}
    return _substituted(name, rng, plainest)


def spelled(name: str, rng: Random) -> str | None:
    """The first or last two characters in pinyin.

    >>> spelled("人民日报", Random(1))
    'renmin日报'
    """
    head, tail = (name[:2], name[2:]) if rng.random() < 0.5 else (name[:-2], name[-2:])
    at_front = len(head) == 2
    wanted = head if at_front else tail
    if len(name) < 3 or any(char not in sounds() for char in wanted):
        return None
    latin = "".join(sounds()[char] for char in wanted)
    return latin + tail if at_front else head + latin


def initial(name: str, rng: Random) -> str | None:
    """One character as the first letter of its pinyin.

    >>> initial("人民日报", Random(2))
    'r民日报'
    """
    letters = {char: (sounds()[char][0],) for char in name if char in sounds()}
    return _substituted(name, rng, letters)


def homophone(name: str, rng: Random) -> str | None:
    """A character as another of the same sound.

    >>> homophone("人民日报", Random(1))
    '人闽日报'
    """
    same = {c: set(sounding(sounds()[c])) - {c} for c in name if c in sounds()}
    return _substituted(name, rng, same)


def near_sound(name: str, rng: Random) -> str | None:
    """A character as one of a sound that dialects take for it: n for l, zh for z, in for ing.

    >>> near_sound("兰州大学", Random(1)) not in (None, "兰州大学")
    True
    """
    near = {
        char: {other for syllable in near_syllables().get(sounds()[char], ())
               for other in sounding(syllable)[:4]}
        for char in name if char in sounds()
    }  # fmt: skip
    return _substituted(name, rng, near)


def look_alike(name: str, rng: Random) -> str | None:
    """A character as one that looks like it.

    >>> look_alike("经济日报", Random(4)) not in (None, "经济日报")
    True
    """
    return _substituted(name, rng, look_alikes())


def synonym(name: str, rng: Random) -> str | None:
    """A word of the name as another for the same.

    >>> synonym("反诈中心", Random(1)) not in (None, "反诈中心")
    True
    """
    ways = sorted(
        (canonical, word)
        for word, canonical, *_ in tables.rows("synonyms", 2)
        if canonical in name and word != canonical and word not in name
    )
    if not ways:
        return None
    canonical, word = rng.choice(ways)
    return name.replace(canonical, word, 1)


def translated(name: str, rng: Random) -> str | None:
    """A word of the name in English.

    >>> translated("长沙银行", Random(1))
    '长沙Bank'
    """
    ways = sorted(
        (chinese, word)
        for word, readings in tables.lists("english").items()
        for chinese in readings
        if chinese in name and chinese != name
    )
    if not ways:
        return None
    chinese, word = rng.choice(ways)
    return name.replace(chinese, word.title(), 1)


def inserted(name: str, rng: Random) -> str | None:
    """A small word in between.

    >>> inserted("人民日报", Random(1))
    '人小民日报'
    """
    return _between(name, rng, FILLERS)


def doubled(name: str, rng: Random) -> str | None:
    """One character written twice.

    >>> doubled("人民日报", Random(1))
    '人民民日报'
    """
    at = rng.randrange(len(name))
    return name[:at] + name[at] + name[at:]


def dropped(name: str, rng: Random) -> str | None:
    """One character left out, of a name that is long enough to be known without it.

    >>> dropped("国家移民管理局", Random(1))
    '国家民管理局'
    """
    if len(name) < 6:
        return None
    at = rng.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


def swapped(name: str, rng: Random) -> str | None:
    """Two neighbouring characters in each other's place.

    >>> swapped("人民日报", Random(1))
    '民人日报'
    """
    able = [at for at in range(len(name) - 1) if name[at] != name[at + 1]]
    if len(name) < 4 or not able:
        return None
    at = rng.choice(able)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def reordered(name: str, rng: Random) -> str | None:
    """The last two characters moved to the front.

    >>> reordered("国家税务总局", Random(1))
    '总局国家税务'
    """
    return name[-2:] + name[:-2] if len(name) >= 5 else None


def replaced(name: str, rng: Random) -> str | None:
    """One inner character of a long name exchanged for any common one.

    >>> replaced("国家医疗保障局", Random(1)) not in (None, "国家医疗保障局")
    True
    """
    if len(name) < 6:
        return None
    at = rng.randrange(1, len(name) - 1)
    other = rng.choice("天明安文海光成华力平")
    return None if other == name[at] else name[:at] + other + name[at + 1 :]


def _between(name: str, rng: Random, signs: str) -> str | None:
    if len(name) < 2:
        return None
    at = rng.randrange(1, len(name))
    return name[:at] + rng.choice(signs) + name[at:]


TREATMENTS: dict[EditKind, Treatment] = {
    EditKind.TRADITIONAL: traditional, EditKind.VARIANT: variant,
    EditKind.COMPATIBILITY: compatibility, EditKind.RADICAL: radical, EditKind.KANA: kana,
    EditKind.ENCLOSED: enclosed, EditKind.CONFUSABLE: confusable, EditKind.NUMERAL: numeral,
    EditKind.FLIPPED: flipped, EditKind.HIDDEN: hidden, EditKind.SEPARATOR: separator,
    EditKind.EMOJI: emoji, EditKind.SPLIT: split, EditKind.SPELLED: spelled,
    EditKind.INITIAL: initial, EditKind.HOMOPHONE: homophone, EditKind.NEAR_SOUND: near_sound,
    EditKind.LOOK_ALIKE: look_alike, EditKind.SYNONYM: synonym, EditKind.TRANSLATED: translated,
    EditKind.INSERTED: inserted, EditKind.DOUBLED: doubled, EditKind.DROPPED: dropped,
    EditKind.SWAPPED: swapped, EditKind.REORDERED: reordered, EditKind.REPLACED: replaced,
}  # fmt: skip
# Together in one name; the second still reads the first's result
STACKS: tuple[tuple[EditKind, EditKind], ...] = (
    (EditKind.HOMOPHONE, EditKind.TRADITIONAL), (EditKind.LOOK_ALIKE, EditKind.SEPARATOR),
    (EditKind.SPELLED, EditKind.LOOK_ALIKE), (EditKind.TRADITIONAL, EditKind.HIDDEN),
    (EditKind.EMOJI, EditKind.LOOK_ALIKE), (EditKind.SPLIT, EditKind.HIDDEN),
    (EditKind.VARIANT, EditKind.HOMOPHONE), (EditKind.HOMOPHONE, EditKind.LOOK_ALIKE),
)  # fmt: skip


def stacked(name: str, kinds: Iterable[EditKind], rng: Random) -> str | None:
    """One treatment after the other; None where one of them has nothing to change.

    >>> stacked("应急管理部", (EditKind.TRADITIONAL, EditKind.SEPARATOR), Random(1)) is None
    False
    """
    found: str | None = name
    for kind in kinds:
        found = None if found is None else TREATMENTS[kind](found, rng)
    return found
