"""What the rest of a text says of the body in [brackets]: that it is it, its arm, or something about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text.stance import Subject, Token, cue_of, judge, tokens
from detector.types import Cue, Stance

BODY, PLACE, WEAK, BRAND = Subject(), Subject(place=True), Subject(weak=True), Subject(brand=True)
IS, ARM, UNCLEAR, ABOUT = Stance.IS, Stance.ARM, Stance.UNCLEAR, Stance.ABOUT


def stance_of(text: str, subject: Subject = BODY) -> Stance:
    """The stance of a text whose body's name stands in brackets."""
    before, _, rest = text.partition("[")
    name, _, after = rest.partition("]")
    return judge(tokens(before), tokens(after, len(before) + len(name)), subject)


CLAIMED = {
    "[人民日报]": IS,
    "我是[人民日报]": IS,
    "[人民日报]max": IS,
    "[国家外汇管理局]㊡": IS,
    "[人民日报]官方": ARM,
    "[人民日报]官方账号": ARM,
    "官方[人民日报]": ARM,
    "[人民日报]客服": ARM,
    "[工商银行]客服中心": ARM,
    "[工商银行]信用卡中心": ARM,
    "[建设银行]客服小慧": ARM,
    "[人民日报]编辑部": ARM,
    "[清华大学]招生办": ARM,
    "[清华大学]招生办公室": ARM,
    "[教育部]考试中心": ARM,
    "[外交部]发言人": ARM,
    "[公安部]新闻发言人": ARM,
    "[人民日报]新闻": ARM,
    "[新华社]快讯": ARM,
    "[人民法院]发布": ARM,
    "[国务院]办公厅": ARM,
    "[公安部]反诈中心": ARM,
    "[南方电网]缴费": ARM,
    "[中国移动]营业厅": ARM,
    "[华为]官方旗舰店": ARM,
    "[海底捞]直播间": ARM,
    "[协和医院]挂号处": ARM,
    "[中国石化]招聘": ARM,
    "报名中心[国家公务员局]": ARM,
    "[清华大学]出版社": ARM,
    "[中国银行]北京分行": ARM,
    "[新华社]客户端": ARM,
    "[最高人民法院]官微": ARM,
    "[京东]退款专员": ARM,
}
SPOKEN_OF = {
    "[公安部]退休民警": ABOUT,
    "[人民日报]的老读者": ABOUT,
    "[人民日报]读者": ABOUT,
    "[清华大学]粉丝": ABOUT,
    "[央视新闻]粉丝团": ABOUT,
    "[清华大学]学生": ABOUT,
    "[清华大学]的小学妹": ABOUT,
    "[北京大学]附近租房": ABOUT,
    "[南京大学]奶茶店": ABOUT,
    "[协和医院]门口的猫": ABOUT,
    "[工商银行]欠我钱": ABOUT,
    "[中国移动]骗子": ABOUT,
    "[中国电信]太坑了": ABOUT,
    "[建设银行]的小李": ABOUT,
    "[中国石化]员工家属": ABOUT,
    "[国家电网]老公": ABOUT,
    "前[新华社]记者": ABOUT,
    "曾在[新华社]": ABOUT,
    "爱上[北京大学]": ABOUT,
    "订了三年[南方周末]": ABOUT,
    "考上[清华大学]": ABOUT,
    "非官方[人民日报]": ABOUT,
    "不是[人民日报]": ABOUT,
    "和[公安局]无关": ABOUT,
    "[清华大学]旁边的火锅": ABOUT,
    "[西安交大]烤鱼": ABOUT,
    "住在[人民医院]对面": ABOUT,
    "[人民医院]护士小张": ABOUT,
    "[北京大学]失物墙": UNCLEAR,
    "[北京大学]表白墙": UNCLEAR,
    "[清华大学]青蛙": UNCLEAR,
}
PLACES = {
    "[武汉]": IS,
    "[武汉]发布": ARM,
    "[天水]文旅官方": ARM,
    "[武汉]热点": ARM,
    "[武汉]日报": ARM,
    "[武汉]晚报": ARM,
    "[武汉]电视台": ARM,
    "[玉溪]城事发布": ARM,
    "[武汉]政务服务中心": ARM,
    "[武汉]火锅": ABOUT,
    "[武汉]宝妈": ABOUT,
    "[武汉]的冬天": ABOUT,
    "[武汉]老乡": ABOUT,
    "我爱[武汉]": ABOUT,
    "[武汉]二手车": ABOUT,
    "[武汉]装修公司": ABOUT,
    "[厦门]5203": UNCLEAR,
}
EVERYDAY = {
    "[小米]": IS,
    "[小米]官方": ARM,
    "[小米]客服": ARM,
    "[小米]官方旗舰店": ARM,
    "[苹果]售后": ARM,
    "[希望工程]助学金发放办": ARM,
    "[小米]粥铺": ABOUT,
    "[小米]粥": UNCLEAR,
    "[苹果]果园": ABOUT,
    "爱吃[苹果]": ABOUT,
    "[长城]脚下的猫": ABOUT,
}
BRANDS = {
    "[费列罗]": IS,
    "[费列罗]911": UNCLEAR,
    "[费列罗]客服": ARM,
    "[费列罗]真好吃": ABOUT,
}
TABLES = [
    *[(text, BODY, wanted) for text, wanted in (CLAIMED | SPOKEN_OF).items()],
    *[(text, PLACE, wanted) for text, wanted in PLACES.items()],
    *[(text, WEAK, wanted) for text, wanted in EVERYDAY.items()],
    *[(text, BRAND, wanted) for text, wanted in BRANDS.items()],
]


@pytest.mark.parametrize(("text", "subject", "wanted"), TABLES, ids=[t for t, *_ in TABLES])
def test_the_rest_of_the_name_decides_its_stance(
    text: str, subject: Subject, wanted: Stance
) -> None:
    assert stance_of(text, subject) is wanted


CUES = {
    "客服": Cue.SERVICE,
    "官方": Cue.OFFICIAL,
    "拍卖直播间": cue_of("直播间"),
    "挂号处": Cue.OFFICE,
    "88": Cue.DECOR,
    "vv": Cue.DECOR,
    "老读者": Cue.READER,
    "奶茶": Cue.TRADE,
    "囧": None,
    "青蛙": None,
}


@pytest.mark.parametrize(("word", "wanted"), CUES.items(), ids=CUES)
def test_a_word_has_its_cue_by_its_whole_or_its_end(word: str, wanted: Cue | None) -> None:
    assert cue_of(word) is wanted


@given(
    st.text(st.sampled_from("人民日报的老读者客服小慧官方ab12粉丝囧"), max_size=14),
    st.integers(0, 9),
)
def test_tokens_make_up_the_text_and_stand_where_they_say(text: str, start: int) -> None:
    found = tokens(text, start)
    assert "".join(t.text for t in found) == text
    at = start
    for token in found:
        assert token.start == at
        at += len(token.text)


words = st.lists(
    st.sampled_from("的 客服 官方 粉丝 读者 囧 88 我是 不是 奶茶 编辑部 小慧".split()), max_size=4
)
subjects = st.builds(Subject, st.booleans(), st.booleans(), st.booleans())


def as_tokens(parts: list[str]) -> tuple[Token, ...]:
    return tokens("".join(parts))


@given(words, words, subjects)
def test_every_remainder_has_one_of_four_stances(
    before: list[str], after: list[str], subject: Subject
) -> None:
    found = judge(as_tokens(before), as_tokens(after), subject)
    assert found in (IS, ARM, UNCLEAR, ABOUT)
    assert found is judge(as_tokens(before), as_tokens(after), subject)


def test_a_nickname_is_one_person() -> None:
    assert tokens("小慧") == (Token("小慧", Cue.PERSON, 0),)
