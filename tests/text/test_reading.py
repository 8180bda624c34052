"""What a text is read as: every sort of disguise undone, every symbol with its place in the original."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detector.text.fold import fold_char, plain
from detector.text.pinyin import spell
from detector.text.reading import MOST_READINGS, read
from detector.text.swaps import swapped_words
from detector.text.symbols import MAX_SYMBOLS, SYLLABLE_BASE, Reading, syllables
from detector.types import EditKind

K = EditKind

# what is written -> what it can be read as, one piece a symbol: "char" or "char=characters it came from";
# the steps that the reading takes
DISGUISES: dict[str, tuple[str, str, set[EditKind]]] = {
    "nothing is done to a plain name": ("人民日报", "人 民 日 报", set()),
    "a capital letter is no step": ("CCTV新闻", "c=C c=C t=T v=V 新 闻", set()),
    "traditional characters": ("人民日報", "人 民 日 报=報", {K.TRADITIONAL}),
    "every character traditional": ("國務院", "国=國 务=務 院", {K.TRADITIONAL}),
    "a variant form": ("中央電視台", "中 央 电=電 视=視 台", {K.TRADITIONAL, K.VARIANT}),
    "a kana that is a component": ("ネ土保局", "社=ネ土 保 局", {K.KANA, K.SPLIT}),
    "a circled character": ("㊥国移动", "中=㊥ 国 移 动", {K.ENCLOSED}),
    "circled digits": ("①②③④⑤", "1=① 2=② 3=③ 4=④ 5=⑤", {K.ENCLOSED}),
    "full width letters": ("ＣＣＴＶ", "c=Ｃ c=Ｃ t=Ｔ v=Ｖ", {K.COMPATIBILITY}),
    "mathematical letters": ("𝐂𝐂𝐓𝐕", "c=𝐂 c=𝐂 t=𝐓 v=𝐕", {K.COMPATIBILITY}),
    "Cyrillic letters": ("ССТV", "c=С c=С t=Т v=V", {K.CONFUSABLE}),
    "Greek letters": ("ΒΒC", "b=Β b=Β c=C", {K.CONFUSABLE}),
    "an accented letter": ("çctv", "c=ç c t v", {K.CONFUSABLE}),
    "a Roman numeral for a letter": ("CCTⅤ", "c=C c=C t=T v=Ⅴ", {K.COMPATIBILITY}),
    "a numeral of the bank": ("第壹财经", "第 一=壹 财 经", {K.NUMERAL}),
    "numerals for digits": ("一二三零六", "1=一 2=二 3=三 0=零 6=六", {K.NUMERAL}),
    "a zero-width space inside": ("新\u200b华社", "新 华 社", {K.HIDDEN}),
    "a combining stroke": ("新\u0336华社", "新 华 社", {K.HIDDEN}),
    "a right-to-left mark": ("\u202e新华社\u202c", "新 华 社", {K.HIDDEN}),
    "a soft hyphen": ("新\u00ad华社", "新 华 社", {K.HIDDEN}),
    "a variation selector": ("新\ufe00华社", "新 华 社", {K.HIDDEN}),
    "a private-use character": ("新\ue000华社", "新 华 社", {K.HIDDEN}),
    "a control character": ("新\x07华社", "新 华 社", {K.HIDDEN}),
    "a lone surrogate": ("新\ud800华社", "新 华 社", {K.HIDDEN}),
    "spaces between": ("新 华　社", "新 华 社", {K.SEPARATOR}),
    "dots between": ("新·华·社", "新 华 社", {K.SEPARATOR}),
    "brackets around": ("【新华社】", "新 华 社", {K.SEPARATOR}),
    "an emoji as decoration": ("新华社🐮", "新 华 社", {K.EMOJI}),
    "an emoji as its word": ("蒙🐮乳业", "蒙 牛=🐮 乳 业", {K.EMOJI}),
    "a flag as its country": ("🇨🇳邮政", "中=🇨🇳 国=🇨🇳 邮 政", {K.EMOJI}),
    "a dash for one": ("第—财经", "第 一=— 财 经", {K.EMOJI}),
    "components side by side": ("弓长家口", "张=弓长 家 口", {K.SPLIT}),
    "two characters in components": ("女子木几", "好=女子 机=木几", {K.SPLIT}),
    "pinyin for two symbols": ("renmin日报", "ren=ren min=min 日 报", {K.SPELLED}),
    "the whole name in pinyin": ("XinHuaShe", "xin=Xin hua=Hua she=She", {K.SPELLED}),
    "pinyin in full width": ("ｒｅｎ民", "ren=ｒｅｎ 民", {K.COMPATIBILITY, K.SPELLED}),
    "pinyin with digits for letters": ("x1nhua社", "xin=x1n hua=hua 社", {K.SPELLED}),
    "pinyin with a hidden character": (
        "re\u200bnmi\u200bn日报",
        "ren=re\u200bn min=mi\u200bn 日 报",
        {K.SPELLED, K.HIDDEN},
    ),
    "pinyin and then letters": (
        "xinhuashe88x",
        "xin=xin hua=hua she=she 8 8 x",
        {K.SPELLED},
    ),
    "letters upside down": (
        "ʇɐɥɔǝʍ",
        "w=ʍ e=ǝ c=ɔ h=ɥ a=ɐ t=ʇ",
        {K.FLIPPED},
    ),
    "an upside-down run before Chinese": ("ʌʇɔɔ新闻", "c=ɔ c=ɔ t=ʇ v=ʌ 新 闻", {K.FLIPPED}),
    "every symbol doubled": ("人人民民日日报报", "人=人人 民=民民 日=日日 报=报报", {K.DOUBLED}),
    "letters strewn between": ("复x旦x大x学", "复 旦 大 学", {K.INSERTED}),
    "an English word": ("浦发Bank", "浦 发 银=Bank 行=Bank", {K.TRANSLATED}),
    "a rare variant that stands for its look": ("冂户网", "冂 户 网", {K.LOOK_ALIKE}),
    "several at once": (
        "☆ＲＥＮ\u200b民㊐報",
        "ren=ＲＥＮ 民 日=㊐ 报=報",
        {K.COMPATIBILITY, K.SPELLED, K.HIDDEN, K.ENCLOSED, K.TRADITIONAL},
    ),
}


def token_names() -> dict[str, str]:
    return {token: name for name, token in syllables().items()}


def as_pieces(reading: Reading, text: str) -> list[tuple[str, str]]:
    """What every symbol is, and the characters of the original that it came from."""
    names = token_names()
    return [(names.get(s.char, s.char), text[slice(*s.span)]) for s in reading.symbols]


def wanted_pieces(line: str) -> list[tuple[str, str]]:
    pairs = [piece.partition("=") for piece in line.split()]
    return [(char, written or char) for char, _, written in pairs]


def steps_in(readings: Iterable[Reading]) -> set[EditKind]:
    return {
        step for r in readings for s in (*r.symbols, *r.passed_over) for step in s.steps
    }  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "steps"), DISGUISES.values(), ids=DISGUISES)
def test_a_disguise_is_read_through_and_every_symbol_points_at_its_characters(
    text: str, wanted: str, steps: set[EditKind]
) -> None:
    by_pieces = {tuple(as_pieces(r, text)): r for r in read(text)}
    found = by_pieces.get(tuple(wanted_pieces(wanted)))
    assert found is not None, "\n".join(map(str, by_pieces))
    assert steps <= steps_in([found])


@pytest.mark.parametrize("text", [t for t, *_ in DISGUISES.values()], ids=DISGUISES)
def test_every_character_is_either_read_or_passed_over(text: str) -> None:
    base = read(text)[0]
    covered = {i for s in (*base.symbols, *base.passed_over) for i in range(*s.span)}
    assert covered == set(range(len(text)))


def test_a_hidden_character_does_not_cut_a_spelled_syllable() -> None:
    assert ("xin", "xi\u200bn") in as_pieces(read("xi\u200bn华社")[1], "xi\u200bn华社")


def test_a_syllable_upside_down_points_at_its_characters() -> None:
    found = {tuple(as_pieces(r, "ɐɥ")) for r in read("ɐɥ")}
    assert (("ha", "ɐɥ"),) in found


KEPT_PLAIN = {
    "ordinary Chinese": "天空中的小猫",
    "a name in Latin letters": "mnqt",
    "digits": "95588",
    "a dash between digits": "2026-11",
    "a dash between letters": "q-w",
}


@pytest.mark.parametrize("text", KEPT_PLAIN.values(), ids=KEPT_PLAIN)
def test_an_undisguised_text_has_one_reading(text: str) -> None:
    assert [r.text for r in read(text)] == [plain(text)]


def test_a_kangxi_radical_is_called_a_radical() -> None:
    assert fold_char("⼈") == ("人", K.RADICAL)


COMMONEST = {"禾火": "秋", "日爰": "暖", "告非": "靠", "日光": "晃", "一兀": "元"}


def test_components_make_the_commonest_character_that_they_can_make() -> None:
    assert {parts: read(parts)[1].text for parts in COMMONEST} == COMMONEST


tricky = st.sampled_from(
    "人民日报弓长女子一二三零壹國〇xX0oa1nq🐮🇨🇳👨\u200d\u200b\u0301\ud800\udfff—-・·"
    "ʇɐɥǝネﾆ①Ⅻﷺ㈱㋿ßİﬃÅ\ufe0f1️⃣冂視 \n\x00"
)
any_text = st.text(st.characters(), max_size=40) | st.text(tricky, max_size=40)


@given(any_text)
@example("")
@example("\ud83d\udc2e")
@example("ﷺ" * 20)
@example("İstanbul")
def test_any_text_can_be_read(text: str) -> None:
    readings = read(text)
    assert 1 <= len(readings) <= MOST_READINGS
    assert len({r.text for r in readings}) == len(readings)
    for reading in readings:
        assert reading.text == "".join(s.char for s in reading.symbols)
        assert len(reading.symbols) <= MAX_SYMBOLS
        for symbol in (*reading.symbols, *reading.passed_over):
            start, end = symbol.span
            assert 0 <= start < end <= len(text)
        assert all(len(s.char) == 1 for s in reading.symbols)
        assert not any(s.char for s in reading.passed_over)


@given(any_text)
def test_the_plainest_reading_keeps_order_and_loses_nothing(text: str) -> None:
    base = read(text)[0]
    starts = [s.span[0] for s in base.symbols]
    assert starts == sorted(starts)
    if len(base.symbols) < MAX_SYMBOLS:
        covered = {i for s in (*base.symbols, *base.passed_over) for i in range(*s.span)}
        assert covered == set(range(len(text)))


@given(any_text)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


@given(any_text)
def test_a_symbol_of_one_folded_character_is_in_the_fold_of_that_character(text: str) -> None:
    for symbol in read(text)[0].symbols:
        assert symbol.char in plain(text[slice(*symbol.span)])


@given(any_text, any_text)
def test_plain_folds_character_by_character(left: str, right: str) -> None:
    assert plain(left + right) == plain(left) + plain(right)


def test_folding_twice_changes_no_character_of_unicode() -> None:
    # Unassigned and private planes fold to nothing; Han beyond the basic plane to itself.
    codes = (*range(0x3400), *range(0xA000, 0x20000), *range(0x2F800, 0x30000), 0xE0041)
    unsettled = [chr(c) for c in codes if plain(p := plain(chr(c))) != p]
    assert unsettled == []


@given(st.text(st.sampled_from("人民國務院ＣＡa①㊥🐮·\u200b𝐂СТéﷺß㈱"), max_size=30))
def test_folding_twice_changes_nothing_in_names_as_they_are_disguised(text: str) -> None:
    assert plain(plain(text)) == plain(text)


HUGE = {
    "Chinese": "人民日报" * 25_000,
    "hidden characters": "\u200b" * 100_000,
    "emoji": "🐮" * 100_000,
    "lone surrogates": "\ud800" * 100_000,
    "separators": "新·" * 50_000,
    "components": "弓长" * 50_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_a_hundred_thousand_characters_are_read(text: str) -> None:
    started = time.perf_counter()
    readings = read(text)
    assert time.perf_counter() - started < 10
    assert all(len(r.text) <= MAX_SYMBOLS for r in readings)


GROWING = {
    "pinyin": "renmin",
    "letters that spell nothing": "renminx",
    "letters upside down": "ʇɐɥɔǝʍ",
    "numerals": "一",
}


def test_ten_times_the_text_takes_at_most_thirty_times_as_long() -> None:
    for piece in GROWING.values():
        seconds = []
        for size in (150, 1500):
            text = (piece * size)[:size]
            started = time.perf_counter()
            read(text)
            seconds.append(max(time.perf_counter() - started, 0.002))
        assert seconds[1] < 30 * seconds[0]


SPELLED = {
    "two syllables": ("renmin", "ren min"),
    "the fewest syllables": ("xian", "xian"),
    "of equals the one whose syllables begin with consonants": ("fangan", "fan gan"),
    "not hun an": ("hunan", "hu nan"),
    "an inner vowel is needed": ("tiananmen", "tian an men"),
    "ü is written v": ("nvren", "nv ren"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("letters", "wanted"), SPELLED.values(), ids=SPELLED)
def test_letters_are_spelled_as_pinyin(letters: str, wanted: str) -> None:
    assert spell(letters) == tuple(wanted.split())


@pytest.mark.parametrize("letters", ["qwrt", "renminx", "v", "Ren", "ren min", "nüren"])
def test_what_is_no_pinyin_is_not_spelled(letters: str) -> None:
    assert spell(letters) is None


@given(st.lists(st.sampled_from(sorted(syllables())), max_size=6))
def test_syllables_in_a_row_are_always_spelled_and_never_by_more(names: list[str]) -> None:
    letters = "".join(names)
    found = spell(letters)
    assert found is not None
    assert "".join(found) == letters
    assert set(found) <= set(syllables())
    assert len(found) <= len(names)


@given(st.text("aeinghuorx", max_size=9))
def test_spelling_equals_the_search_through_all_ways(letters: str) -> None:
    def ways(rest: str) -> list[tuple[str, ...]]:
        if not rest:
            return [()]
        return [
            (rest[:n], *more)
            for n in range(1, len(rest) + 1)
            if rest[:n] in syllables()
            for more in ways(rest[n:])
        ]

    found, all_ways = spell(letters), ways(letters)
    assert (found is None) == (not all_ways)
    if found is not None:
        assert found in all_ways
        assert len(found) == min(map(len, all_ways))


def test_syllable_tokens_are_private_and_distinct() -> None:
    tokens = list(syllables().values())
    assert len(set(tokens)) == len(tokens)
    assert min(map(ord, tokens)) >= SYLLABLE_BASE


SWAPS = {
    "an office for another": ("国家移民事务局", "国家移民管理局"),
    "and the other way round": ("国家移民管理局", "国家移民事务局"),
}


@pytest.mark.parametrize(("written", "meant"), SWAPS.values(), ids=SWAPS)
def test_a_word_is_exchanged_for_one_of_its_meaning(written: str, meant: str) -> None:
    base = read(written)[0]
    found = {r.text: r for r in swapped_words(base)}
    assert meant in found
    exchanged = [s for s in found[meant].symbols if K.SYNONYM in s.steps]
    assert {written[slice(*s.span)] for s in exchanged} <= {"事务", "管理"}
    assert [s for s in found[meant].symbols if s in base.symbols] == [
        s for s in base.symbols if s.span[1] <= 4 or s.span[0] >= 6
    ]


@given(st.lists(st.sampled_from("国家 移民 管理 事务 局 中国 银行 的 猫".split()), max_size=6))
def test_exchanged_words_stand_where_the_old_word_stood(parts: list[str]) -> None:
    text = "".join(parts)
    for reading in swapped_words(read(text)[0]):
        spans = [s.span for s in reading.symbols]
        assert spans == sorted(spans)
        assert {i for span in spans for i in range(*span)} == set(range(len(text)))
        assert len({s.span for s in reading.symbols if K.SYNONYM in s.steps}) == 1


@settings(max_examples=50)
@given(any_text)
def test_exchanging_words_never_fails(text: str) -> None:
    assert all(r.text != read(text)[0].text for r in swapped_words(read(text)[0]))


def test_what_official_names_are_made_of_is_no_sequence_of_components() -> None:
    assert "反诈中心" in [reading.text for reading in read("反讠乍中心")]
