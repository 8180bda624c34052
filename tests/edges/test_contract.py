"""Rows in: what is missing stays unknown, what is wrong is said, and a row says the same twice."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.contract import COLUMNS, credit_code, read_row
from detector.contract.columns import VERIFIED_KINDS
from detector.errors import RowError
from detector.types import AccountType, Event, Owner, Proof

ROW = {"account_id": "a1", "name": "阳光"}


def test_a_missing_column_is_not_reported_and_an_empty_one_is_reported_empty() -> None:
    missing, empty = read_row(1, ROW).account, read_row(1, {**ROW, "bio": ""}).account
    assert (missing.bio, empty.bio) == (None, "")


def test_null_is_not_reported() -> None:
    assert read_row(1, {**ROW, "bio": None, "verified_name": None}) == read_row(1, ROW)


def test_nobody_told_who_is_verified_is_not_nobody_is_verified() -> None:
    assert read_row(1, ROW).account.owner == Owner(None, None, None)
    assert read_row(1, {**ROW, "verified_name": ""}).account.owner == Owner("", None, None)


@pytest.mark.parametrize(
    ("column", "value", "read"),
    [
        pytest.param("account_type", " Organization ", AccountType.ORGANIZATION, id="any case"),
        pytest.param("account_type", "", None, id="empty type"),
        pytest.param("event", "stock", Event.STOCK, id="event"),
        pytest.param("event", "", Event.REGISTRATION, id="no event is a registration"),
        pytest.param("name", 12345, "12345", id="a number is its text"),
        pytest.param("bio", "甲\x00乙", "甲\x00乙", id="NUL is a character"),
        pytest.param("avatar", "data:image/png;base64,AA", "data:image/png;base64,AA", id="URI"),
    ],
)
def test_a_value_is_read(column: str, value: object, read: object) -> None:
    assert getattr(read_row(1, {**ROW, column: value}).account, column) == read


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param({"name": "a"}, "account_id: not reported", id="no id"),
        pytest.param({**ROW, "account_id": "  "}, "account_id: empty", id="blank id"),
        pytest.param({"account_id": "a"}, "name: not reported", id="no name"),
        pytest.param({**ROW, "name": ["甲"]}, "name: text is wanted, found list", id="a list"),
        pytest.param({**ROW, "bio": 1.5}, "bio: text is wanted, found float 1.5", id="a float"),
        pytest.param({**ROW, "bio": True}, "bio: text is wanted, found bool True", id="a boolean"),
        pytest.param({**ROW, "event": "birth"}, "'birth' is none of registration", id="event"),
        pytest.param({**ROW, "verified_kind": "gov"}, "'gov' is none of government", id="kind"),
        pytest.param({**ROW, "account_id": "a\ud800"}, "could not be read", id="broken id"),
    ],
)
def test_a_bad_row_names_column_and_value(cells: dict[str, object], said: str) -> None:
    with pytest.raises(RowError, match=r"row 7: .*") as raised:
        read_row(7, cells)
    assert said in raised.value.reason
    assert raised.value.row == 7


def test_licences_and_authorisations_are_proofs() -> None:
    cells = {
        **ROW,
        "verified_name": "甲社",
        "licences": "news  Medical",
        "authorised_by": "乙局；丙",
    }
    assert read_row(1, cells).account.proofs == (
        Proof("news", "甲社"),
        Proof("medical", "甲社"),
        Proof("authorisation", "乙局", "乙局"),
        Proof("authorisation", "丙", "丙"),
    )


def test_an_invalid_code_is_a_gap_and_proves_nothing() -> None:
    reported = read_row(1, {**ROW, "verified_name": "甲", "verified_code": "91110000802100433A"})
    assert reported.account.owner == Owner("甲", None, None)
    (gap,) = reported.gaps
    assert gap.field == "verified_code"
    assert "check digit" in gap.reason


def test_a_valid_code_is_read_in_any_case() -> None:
    reported = read_row(1, {**ROW, "verified_code": " 91110000802100433b "})
    assert reported.account.owner.code == "91110000802100433B"
    assert reported.gaps == ()


@pytest.mark.parametrize(
    "code",
    [
        # both public: the companies' own imprints
        pytest.param("91110000802100433B", id="百度在线网络技术（北京）有限公司"),
        pytest.param("91440300708461136T", id="深圳市腾讯计算机系统有限公司"),
    ],
)
def test_a_real_code_is_valid_and_any_other_check_digit_is_not(code: str) -> None:
    assert credit_code.fault(code) == ""
    others = set("0123456789ABCDEFGHJKLMNPQRTUWXY") - {code[-1]}
    assert all("check digit" in credit_code.fault(code[:-1] + other) for other in others)


@pytest.mark.parametrize("code", ["", "123", "9111000080210043IB", "９1110000802100433B"])
def test_what_is_no_code_is_said_to_be_none(code: str) -> None:
    assert credit_code.fault(code)


def test_a_lone_surrogate_is_judged_as_lost_and_is_a_gap() -> None:
    reported = read_row(1, {**ROW, "name": "人民\ud800日报"})
    assert reported.account.name == "人民\ufffd日报"
    assert [gap.field for gap in reported.gaps] == ["name"]


def test_unknown_columns_are_carried_and_pictures_are_echoed_by_their_hash() -> None:
    cells = {**ROW, "label": {"a": [1, None, float("nan")]}, "avatar": "data:,x", "none": None}
    reported = read_row(1, cells)
    assert reported.carried == {"label": {"a": [1, None, None]}}
    assert reported.facts["avatar"].startswith("sha256:")
    assert reported.account.avatar == "data:,x"


TEXTS = st.text(
    st.characters() | st.sampled_from("\ud800\udfff\u200b\x00\ufffd人民日报"), max_size=12
)
VALUES = {
    "account_id": TEXTS.filter(lambda text: text.strip() and text.isprintable()),
    "name": TEXTS,
    "account_type": st.sampled_from(["personal", "organization", ""]),
    "verified_kind": st.sampled_from(["", *VERIFIED_KINDS]),
    "event": st.sampled_from(["registration", "change", "stock", ""]),
    "verified_code": TEXTS | st.text(string.ascii_uppercase + string.digits, max_size=18),
}
OPTIONAL = {
    c: st.none() | VALUES.get(c, TEXTS) for c in COLUMNS[2:] if c not in ("avatar", "cover")
}
CELLS = st.fixed_dictionaries({c: VALUES[c] for c in COLUMNS[:2]}, optional=OPTIONAL)


@given(CELLS, st.dictionaries(TEXTS.filter(lambda c: c not in COLUMNS), TEXTS, max_size=2))
def test_what_a_row_says_can_be_said_again(
    cells: dict[str, object], more: dict[str, object]
) -> None:
    first = read_row(1, {**cells, **more})
    again = read_row(1, {**first.facts, **first.carried})
    assert again == first
