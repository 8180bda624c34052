"""The law folder holds together: no rule without its clause, no clause without a fate."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detector.errors import LawError
from detector.law import EXCEPTIONS, RULES, art08, digest, law_text, page, parameters, provenance
from detector.law.coverage import Coverage, Fate, check, coverage
from detector.law.registration import Rule, require_single_versions, rule
from detector.types import Act, Case, Kind, Outcome, Status, Verdict

DAY = date(2026, 11, 23)
HERE = Path(__file__).resolve()
REGULATION = Path(
    os.environ.get("DETECTOR_REGULATION", HERE.parents[3] / "shared" / "law" / "regulation.txt")
)


def test_rules_exceptions_readings_texts_and_coverage_fit_each_other() -> None:
    check(DAY)


def test_the_coverage_lists_every_clause_of_24_articles_in_order() -> None:
    articles = [int(one.clause.split("(")[0]) for one in coverage()]
    assert sorted(set(articles)) == list(range(1, 25))
    assert articles == sorted(articles)
    assert sum(one.clause.startswith("8(") for one in coverage()) == 8


@pytest.mark.skipif(not REGULATION.exists(), reason="the regulation's text is not beside us")
def test_the_quoted_text_is_the_regulations_word_for_word() -> None:
    text = REGULATION.read_text(encoding="utf-8").replace("\xa0", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = [line for line in lines[1:] if not re.match(r"第.章", line)]
    assert [one.words for one in coverage()] == paragraphs


def test_a_coded_clause_of_articles_8_and_10_has_rules_or_adds_to_them() -> None:
    used = {clause for one in RULES for clause in one.clauses}
    for one in coverage():
        if one.fate is Fate.CODED and re.fullmatch(r"(8|10)\([2-5]\)", one.clause):
            assert one.clause in used


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.name)
def test_a_rule_speaks_chinese_and_english(one: Rule) -> None:
    assert re.search(r"[一-鿿]+.*。 [A-Z].*\.$", one.sentence)


def test_every_refusal_of_article_8_can_be_excused_by_being_the_body_or_by_a_licence() -> None:
    lifted = {name for exemption in EXCEPTIONS for name in exemption.lifts}
    assert {one.name for one in art08.RULES} <= lifted


def test_two_versions_of_a_rule_in_force_on_one_day_are_an_error() -> None:
    old = RULES[0]
    with pytest.raises(LawError, match="two versions"):
        require_single_versions((old, replace(old, since=DAY)))
    require_single_versions((replace(old, until=DAY), replace(old, since=DAY)))


def test_a_rule_without_a_sentence_is_an_error() -> None:
    attach = rule(clause="8(2)", act=Act.ASSUME, outcome=Outcome.REFUSE, reads="name")

    def silent(case: Case, p: parameters.Parameters) -> Verdict:
        return Verdict(Status.NOT_MET, "")

    with pytest.raises(LawError, match="docstring"):
        attach(silent)


def test_every_kind_has_one_clause_and_a_policy_for_unclear_names() -> None:
    p = parameters.on(DAY)
    assert not set(p.clause_of_kind) & set(p.strict_clause_of_kind)
    assert set(p.unclear_name) == set(Kind)


def test_a_reading_before_its_first_day_is_an_error() -> None:
    with pytest.raises(LawError, match="no value on 2022-07-31"):
        parameters.on(date(2022, 7, 31))


def test_a_changed_word_in_a_text_is_noticed(tmp_path: Path) -> None:
    source = (parameters.ROOT / "art08" / "text.md").read_text(encoding="utf-8")
    changed = tmp_path / "text.md"
    changed.write_text(source.replace("擅自使用", "随意使用"), encoding="utf-8")
    with pytest.raises(LawError, match="changed since"):
        law_text.parse(changed)


def test_the_digest_is_of_the_deciding_files() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", digest())
    assert "cases.yaml" in provenance.SILENT and "rules.py" not in provenance.SILENT


def test_the_page_of_a_clause_shows_text_readings_rules_exceptions_and_cases() -> None:
    (found,) = page.pages("8(4)", DAY)
    assert "新闻网站" in found.text
    assert {r.name for r in found.rules} >= {"uses_a_news_word", "disguises_the_name"}
    assert "holds_a_news_licence" in {e.name for e in found.exceptions}
    assert "similar_enough" in {r.name for r in found.readings}
    assert len(found.cases) >= 8
    told = "\n".join(page.lines(found))
    assert "擅自使用" in told and "similar_enough = 0.7" in told


def test_the_page_of_an_article_is_all_its_clauses() -> None:
    assert len(page.pages("8", DAY)) == 9
    assert [p.clause for p in page.pages("10（2）", DAY)] == ["10(2)"]
    assert page.pages("99", DAY) == ()


@pytest.mark.parametrize("one", coverage(), ids=lambda one: one.clause)
def test_every_clause_has_a_page(one: Coverage) -> None:
    (found,) = [p for p in page.pages(one.clause, DAY) if p.clause == one.clause]
    assert found.text and found.reason
    assert list(page.lines(found))
