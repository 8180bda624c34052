"""What bios, signatures and verification lines claim, and what they only say or deny."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.channels.claims import CHANNEL, LONGEST_TEXT, clauses, denied
from detector.pipeline import Screener
from detector.types import Account, Evidence, Field
from tests.channels.bodies import screened


def claimed(screener: Screener, account: Account) -> list[tuple[str, Evidence]]:
    return [
        (case.entity.id, evidence)
        for case in screened(screener, account).cases
        if case.entity is not None
        for evidence in case.evidence
        if evidence.channel == CHANNEL
    ]


CLAIMS = {
    "官方账号": ("人民日报官方账号", "media.rmrb", "人民日报"),
    "客服": ("新华社客服", "media.xinhua", "新华社"),
    "官方客服": ("我们是浦发银行官方客服", "bank.spdb", "浦发银行"),
    "唯一授权": ("蒙牛乳业唯一授权", "brand.mengniu", "蒙牛乳业"),
    "disguised": ("人民曰报官方账号", "media.rmrb", "人民曰报"),
    "after other clauses": ("热爱生活，记录美好。新华社官方账号", "media.xinhua", "新华社"),
    "of an office": ("清华大学招生办公室", "univ.thu", "清华大学"),
    "of a derived organ": ("杭州市公安局官方账号", "organ.police.local@330100", "杭州市公安局"),
}


@pytest.mark.parametrize(("text", "body", "query"), CLAIMS.values(), ids=CLAIMS)
@pytest.mark.parametrize("field", [Field.BIO, Field.SIGNATURE, Field.VERIFICATION])
def test_a_claim_is_found_in_every_field_and_quoted_where_it_stands(
    screener: Screener, field: Field, text: str, body: str, query: str
) -> None:
    fields = {Field.BIO: "bio", Field.SIGNATURE: "signature", Field.VERIFICATION: "verification"}
    bio, signature, verification = (text if field == f else None for f in fields)
    account = Account("1", "小猫", bio=bio, signature=signature, verification=verification)
    found = dict(claimed(screener, account))
    assert set(found) == {body}
    evidence = found[body]
    assert (evidence.field, evidence.query) == (field, query)
    assert text[slice(*evidence.span)] == query
    assert all(text[slice(*edit.span)] == edit.query for edit in evidence.edits)
    assert all(0 <= a < b <= len(text) for a, b in (cue.span for cue in evidence.cues))


UNCLAIMED = {
    "formerly": "曾供职于人民日报",
    "retired": "新华社退休编辑",
    "left": "已从新华社离职",
    "no relation": "与杭州市公安局无关",
    "not official": "非官方，新华社新闻搬运",
    "denied": "本号不是新华社官方账号",
    "fan": "清华大学粉丝",
    "reader": "人民日报的老读者",
    "neighbour": "住在清华大学附近",
    "warning": "谨防假冒浦发银行客服",
    "the name alone in a bio": "人民日报",
    "no body at all": "热爱生活，热爱猫",
    "a word that is everyday too": "爱喝小米粥",
    "empty": "",
}


@pytest.mark.parametrize("text", UNCLAIMED.values(), ids=UNCLAIMED)
def test_naming_or_denying_is_no_claim(screener: Screener, text: str) -> None:
    assert claimed(screener, Account("1", "小猫", bio=text)) == []


def test_the_verification_line_claims_by_the_name_alone(screener: Screener) -> None:
    account = Account("1", "小猫", verification="人民日报社", bio="人民日报社")
    assert [(id_, e.field) for id_, e in claimed(screener, account)] == [
        ("media.rmrb", Field.VERIFICATION)
    ]


def test_two_fields_that_claim_one_body_are_one_case(screener: Screener) -> None:
    account = Account("1", "人民日报", bio="人民日报官方账号", signature="人民日报客服")
    (case,) = [c for c in screened(screener, account).cases if c.entity is not None]
    assert {e.field for e in case.evidence} == {Field.NAME, Field.BIO, Field.SIGNATURE}


CLAUSES = {
    "one": ("新华社官方", [(0, "新华社官方")]),
    "Chinese commas": ("甲，乙。丙", [(0, "甲"), (2, "乙"), (4, "丙")]),
    "lines": ("甲\n乙\r\n丙", [(0, "甲"), (2, "乙"), (5, "丙")]),
    "bars": ("甲|乙｜丙", [(0, "甲"), (2, "乙"), (4, "丙")]),
    "nothing between": ("，，甲", [(2, "甲")]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "wanted"), CLAUSES.values(), ids=CLAUSES)
def test_a_text_is_cut_into_clauses(text: str, wanted: list[tuple[int, str]]) -> None:
    assert list(clauses(text)) == wanted


@given(st.text(st.sampled_from("甲乙，。\n| a"), max_size=30))
def test_clauses_stand_where_they_say(text: str) -> None:
    for at, clause in clauses(text):
        assert text[at : at + len(clause)] == clause


DENIALS = {
    "非官方账号": True, "与公安局无关": True, "曾在新华社": True, "不代表清华大学": True, "谨防冒充": True,
    "官方账号": False, "新华社客服": False, "": False,
}  # fmt: skip


@pytest.mark.parametrize(("clause", "wanted"), DENIALS.items(), ids=DENIALS)
def test_a_clause_takes_back_what_it_names(clause: str, wanted: bool) -> None:
    assert denied(clause) is wanted


def test_a_text_that_is_cut_off_leaves_a_gap(screener: Screener) -> None:
    long = "，".join(["猫"] * LONGEST_TEXT) + "，新华社官方账号"
    found = screened(screener, Account("1", "小猫", bio=long))
    assert claimed(screener, Account("1", "小猫", bio=long)) == []
    assert [(gap.field, gap.channel) for gap in found.gaps] == [(Field.BIO, CHANNEL)]


def test_a_long_clause_is_read_to_its_end_or_leaves_a_gap(screener: Screener) -> None:
    account = Account("1", "小猫", bio="今天天气很好" * 12 + "人民日报官方账号")
    assert claimed(screener, account) or screened(screener, account).gaps
