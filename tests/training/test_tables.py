"""The committed tables say what their named examples say; no font, no shared data needed."""

from functools import cache
from itertools import pairwise

import pytest

from training.tables.catalogue import TABLES
from training.tables.sound_classes import coarse_class, split_syllable
from training.tables.sounds import toneless
from training.tables.table import Row, Table, read_rows


@cache
def rows(name: str) -> list[Row]:
    return read_rows(next(t for t in TABLES if t.name == name).path)


@cache
def mapping(name: str) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(name)}


@cache
def alike() -> dict[frozenset[str], float]:
    return {frozenset((a, b)): float(s) for a, b, s in rows("shapes")}


@cache
def classes() -> dict[str, set[str]]:
    return {row[0]: set(row[1:]) - {""} for row in rows("shape_classes")}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_table_says_what_it_is_and_is_sorted(table: Table) -> None:
    lines = table.path.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("# ")]
    assert any(line.startswith("# Columns: ") for line in header)
    assert any(line.startswith("# Source: ") for line in header)
    assert any(line.startswith("# Licence: ") for line in header)
    assert f"# Regenerate: python -m training.tables {table.name}" in header
    body = lines[len(header) :]
    assert all(a < b for a, b in pairwise(body))


FOLDS = [
    ("traditional", "報", "报"),
    ("traditional", "後", "后"),
    ("an old variant", "囯", "国"),
    ("an old variant", "亰", "京"),
    ("a Korean form", "敎", "教"),
    ("a placename form", "峩", "峨"),
    ("Japanese", "薬", "药"),
    ("Japanese", "戦", "战"),
    ("Japanese", "駅", "驿"),
    ("four strokes for four", "亖", "四"),
    ("one character for a word", "圕", "图书馆"),
    ("three fish", "鱻", "鲜"),
    ("radical", "⻄", "西"),
    ("radical", "⻜", "飞"),
    ("radical", "⺠", "民"),
    ("katakana", "エ", "工"),
    ("katakana", "ネ", "礻"),
    ("katakana", "ト", "卜"),
    ("negative circled", "🅒", "C"),
    ("negative squared", "🅲", "C"),
    ("regional indicator", "🇨", "C"),
    ("negative circled digit", "❶", "1"),
    ("Cyrillic capital", "В", "B"),
    ("Greek capital", "Η", "H"),
    ("Greek small", "ν", "v"),
    ("Cherokee", "Ꭵ", "i"),
    ("Lisu", "ꓐ", "B"),
    ("small capital", "ᴀ", "A"),
    ("tone mark", "é", "e"),
    ("u with two dots", "ǚ", "v"),
    ("a Han T", "丅", "T"),
    ("a bank numeral", "壹", "一"),
    ("a Suzhou numeral", "〣", "三"),
    ("ideographic zero", "〇", "零"),
]


@pytest.mark.parametrize(("why", "char", "read"), FOLDS, ids=[f"{w} {c}" for w, c, _ in FOLDS])
def test_a_disguised_character_folds_to_what_it_is_read_as(why: str, char: str, read: str) -> None:
    assert mapping("fold")[char] == read


@pytest.mark.parametrize("char", "国人民日报曰巿の陆伍拾央后里面芸弁亽")
def test_a_character_in_its_own_right_is_not_folded(char: str) -> None:
    assert char not in mapping("fold")


def test_no_fold_undoes_another() -> None:
    folds = mapping("fold")
    ends = {char: folds.get(read, read) for char, read in folds.items()}
    assert [char for char, end in ends.items() if end == char] == []


@pytest.mark.parametrize(("char", "upright"), ["ɐa", "ǝe", "ʇt", "ᄅ2", "Ɩ1"])
def test_a_turned_letter_has_its_upright(char: str, upright: str) -> None:
    assert mapping("flips")[char] == upright


@pytest.mark.parametrize(
    "code", [0x200B, 0x202E, 0xFE0F, 0xE0041, 0x0301, 0x3164, 0x115F, 0xAD, 0x2800, 0x20E3, 0xFEFF]
)
def test_what_has_no_reading_is_ignorable(code: int) -> None:
    assert any(int(a, 16) <= code <= int(b, 16) for a, b, _ in rows("ignorable"))


@pytest.mark.parametrize("char", "人aé ·1の\n")
def test_what_is_read_or_parts_words_is_not_ignorable(char: str) -> None:
    assert not any(int(a, 16) <= ord(char) <= int(b, 16) for a, b, _ in rows("ignorable"))


@pytest.mark.parametrize("char", "丨〆ゝღㅤ꧁༺丶灬ㄣ︱|")
def test_decoration_is_a_separator(char: str) -> None:
    assert char in mapping("separators")


SOUNDS = ["人 ren", "行 xing,hang", "长 zhang,chang", "央 yang", "女 nv", "囯 guo", "巿 fu"]


@pytest.mark.parametrize("example", SOUNDS)
def test_a_character_has_its_common_readings(example: str) -> None:
    char, expected = example.split(" ")
    assert set(mapping("sounds")[char].split(",")) == set(expected.split(","))


def test_marks_of_tone_are_dropped_but_not_of_the_vowel() -> None:
    assert [toneless(p) for p in ("lǜ", "xué", "zhōng")] == ["lv", "xue", "zhong"]


@pytest.mark.parametrize(
    ("syllable", "initial", "final"),
    [("zhang", "zh", "ang"), ("yan", "", "ian"), ("ju", "j", "v"), ("wen", "", "un")],
)
def test_a_syllable_is_taken_apart(syllable: str, initial: str, final: str) -> None:
    assert split_syllable(syllable) == (initial, final)


@pytest.mark.parametrize("pair", ["zhang zan", "shi si", "nan lang", "fu hu", "xin xing", "lv lu"])
def test_syllables_that_are_confused_share_a_class(pair: str) -> None:
    a, b = pair.split(" ")
    assert coarse_class(a) == coarse_class(b)


def test_every_reading_has_a_class() -> None:
    used = {reading for row in rows("sounds") for reading in row[1].split(",")}
    assert used == set(mapping("sound_classes"))


def test_confusions_name_parts_of_real_syllables_and_cost_between_0_and_1() -> None:
    initials = {row[1] for row in rows("sound_classes")}
    finals = {row[2] for row in rows("sound_classes")}
    for part, a, b, cost, _ in rows("sound_confusions"):
        assert {a, b} <= (initials if part == "initial" else finals), (a, b)
        assert 0 <= float(cost) <= 1


@pytest.mark.parametrize("pair", ["曰日", "巿市", "未末", "土士", "己已"])
def test_pairs_hard_to_tell_apart_are_nearly_the_same(pair: str) -> None:
    assert alike()[frozenset(pair)] >= 0.9


@pytest.mark.parametrize("pair", ["人入", "大太", "央夬", "银锒", "视祝", "天夭", "干千"])
def test_pairs_that_pass_at_a_glance_are_close(pair: str) -> None:
    assert alike()[frozenset(pair)] >= 0.7


@pytest.mark.parametrize("pair", ["社杜", "学字", "院浣", "品晶", "广厂", "华毕"])
def test_pairs_of_one_skeleton_are_listed(pair: str) -> None:
    assert alike()[frozenset(pair)] >= 0.55


@pytest.mark.parametrize("pair", ["社会", "中国", "公安", "人民", "北京", "银行"])
def test_pairs_that_differ_are_not_listed(pair: str) -> None:
    assert frozenset(pair) not in alike()


def test_a_better_disguise_is_more_alike() -> None:
    assert alike()[frozenset("未末")] > alike()[frozenset("央失")] > alike()[frozenset("央英")]


def test_similarities_are_of_two_characters_and_in_range() -> None:
    assert all(len(pair) == 2 and 0.5 <= s <= 1 for pair, s in alike().items())
    assert len(alike()) == len(rows("shapes"))


def test_classes_of_look_alikes_are_small_and_catch_most_close_pairs() -> None:
    members: dict[str, int] = {}
    for numbers in classes().values():
        for number in numbers:
            members[number] = members.get(number, 0) + 1
    assert max(members.values()) <= 8
    close = [tuple(pair) for pair, s in alike().items() if s >= 0.75]
    shared = [bool(classes().get(a, set()) & classes().get(b, set())) for a, b in close]
    assert sum(shared) / len(shared) > 0.8


SPLITS = [
    "福 礻畐", "教 孝攵", "教 孝夂", "张 弓长", "宝 宀玉", "新 亲斤", "银 钅艮", "报 扌艮",
    "闻 门耳", "视 礻见", "法 氵去", "华 化十", "球 王求", "球 王不", "海 氵每", "明 日月",
    "诈 讠乍", "移 禾多",
    "政 正攵", "行 彳亍", "沈 氵冘", "湖 氵胡", "家 宀豕", "京 亠口小", "湾 氵弯", "鹏 朋鸟",
]  # fmt: skip


@pytest.mark.parametrize("example", SPLITS)
def test_a_character_is_written_in_its_parts(example: str) -> None:
    char, sequence = example.split(" ")
    assert sequence in mapping("splits")[char].split("|")


def test_splits_have_two_or_three_parts_and_never_the_character_itself() -> None:
    for char, sequences in mapping("splits").items():
        for sequence in sequences.split("|"):
            assert 2 <= len(sequence) <= 4, (char, sequence)
            assert char not in sequence


EMOJI = [
    "🐱 猫", "🐜 蚂蚁", "➕ 十", "➕ 加", "🐧 企鹅", "🐶 狗", "❤ 心", "🌊 海", "☀ 日", "🌙 月",
    "🚗 车",
    "🏦 银行", "👮 警", "🇨🇳 中国", "🇭🇰 香港", "📺 视", "📰 报", "🚄 铁", "🅰 A", "💰 钱", "✈ 航",
    "⚡ 电", "🔥 火", "🏥 医院", "🎓 学", "🐼 熊猫", "🍎 苹果", "🦢 鹅", "1️⃣ 1", "🦫 海狸",
]  # fmt: skip


@pytest.mark.parametrize("example", EMOJI)
def test_an_emoji_is_read_as_a_word(example: str) -> None:
    symbol, reading = example.split(" ")
    assert reading in mapping("emoji")[symbol].split("|")


LETTERS = ["1 一 sound", "8 发 sound", "0 O shape", "9 久 sound", "5 S shape", "1 l shape"]


@pytest.mark.parametrize("example", LETTERS)
def test_a_digit_stands_for_a_sound_or_a_shape(example: str) -> None:
    assert tuple(example.split(" ")) in rows("letters")


SYNONYMS = ["联合会 协会", "事务 管理", "电台 电视台", "总署 总局", "医疗中心 医院", "厅 局"]


@pytest.mark.parametrize("example", SYNONYMS)
def test_swapped_organ_nouns_have_one_canonical_word(example: str) -> None:
    word, canonical = example.split(" ")
    assert mapping("synonyms")[word] == canonical


def test_a_canonical_word_is_not_itself_swapped() -> None:
    assert set(mapping("synonyms")) & set(mapping("synonyms").values()) == set()
