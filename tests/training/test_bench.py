"""The benchmarks: measures agree with tables made by hand; commands run on tiny data."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from detector.pipeline import Screener
from detector.settings import Settings
from training.bench import (
    evaluate,
    gate,
    names,
    nickname_list,
    nicknames,
    peers,
    peers_run,
    results,
    rivals,
    score,
    speed,
)
from training.bench.__main__ import main
from training.bench.evaluate import LabelledSet
from training.bench.folders import EVAL
from training.bench.peers import Attack, PeerSet
from training.bench.report import Share, Table
from training.bench.results import Result
from training.bench.score import Decided, Found, Label
from training.bench.screening import screened

SOURCE = """source: tiny
title: Three bodies
publisher: this test
date: 2026-11-23
licence: facts
complete: []
references: {test: tests/training/test_bench.py}
"""
HEADER = (
    "id,name,short_names,english_names,brand_accounts,numbers,former_names,kind,level,region,"
    "sponsor,needs_cue,code,since,until,successor,cite"
)
ROWS = (
    "tiny.edu,中华人民共和国教育部,教育部,,微言教育,,,state_organ,central,,,,,,,,test",
    "tiny.nanyang,南阳日报社,南阳日报,,,,,media,city,,,,,,,,test",
    "tiny.people,人民日报社,人民日报,,,,,media,central,,,,,,,,test",
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A registry of three bodies, with a cache of its own."""
    root = tmp_path_factory.mktemp("bench")
    source = root / "registries" / "tiny"
    source.mkdir(parents=True)
    (source / "source.yaml").write_text(SOURCE, encoding="utf-8")
    (source / "entities.csv").write_text("\n".join((HEADER, *ROWS, "")), encoding="utf-8")
    return Settings(registries=root / "registries", cache=root / "cache")


@pytest.fixture(scope="module")
def screener(settings: Settings) -> Screener:
    """A screener over the three bodies."""
    return Screener.open(settings)


# --- the measures ------------------------------------------------------------------------------

LABELS = (
    Label("1", "人民曰报", "refuse", frozenset(("refuse",)), "4", "人民日报", "look_alike+exact"),
    Label("2", "教肓部", "refuse", frozenset(("refuse", "strict")), "2", "教育部", "look_alike"),
    Label("3", "中国茶", "strict", frozenset(("strict", "allow")), "10", attack="strict_word"),
    Label("4", "小猫", "allow", frozenset(("allow",)), attack="ordinary"),
    Label("5", "央视", "refuse", frozenset(("refuse",)), "4", "央视", "exact", note="按2亦可"),
)
DECIDED = {
    "1": Decided("refuse", (Found("8(4)", ("人民日报社", "人民日报")),), 0.9),
    "2": Decided("strict", (Found("8(2)", ("中华人民共和国教育部",)),), 0.2),
    "3": Decided("refuse", (Found("10(2)", ()),), 0.8),
    "4": Decided("allow", (), 0.1),
    "5": Decided("refuse", (Found("8(2)", ("新华社",)),), 0.7),
}


def test_the_measures_are_those_counted_by_hand() -> None:
    total = score.score(LABELS, DECIDED).total
    assert total == {
        "right": Share(4, 5),  # 3 was refused
        "caught": Share(3, 3),  # 3 may be allowed, 4 is none
        "refused": Share(3, 3),  # 2 may also be held
        "item": Share(2, 2),  # 1, and 5 by its note
        "target": Share(1, 2),  # 5 was taken for another body
        "no false refusal": Share(1, 2),
        "no false hold": Share(1, 1),
    }


def test_a_row_counts_in_every_attack_it_names() -> None:
    tables = score.score(LABELS, DECIDED).tables
    assert tables["look_alike"]["refused"] == Share(2, 2)
    assert tables["exact"]["target"] == Share(1, 2)


def test_a_row_without_a_decision_is_wrong_everywhere() -> None:
    total = score.score(LABELS[:2], {}).total
    assert [share.good for share in total.values()] == [0] * len(total)


def test_average_precision_is_that_counted_by_hand() -> None:
    # ranked 1 (due), 3, 5 (due), 2 (due): (1/1 + 2/3 + 3/4) / 3
    found = score.score(LABELS, DECIDED).average_precision
    assert found == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)


def test_without_any_risk_there_is_no_ranking_to_judge() -> None:
    assert score.score(LABELS, {}).average_precision is None


@pytest.mark.parametrize(
    ("target", "body", "same"),
    [
        pytest.param("人民日报", ("人民日报社",), True, id="the society of a paper is the paper"),
        pytest.param(
            "中国农业银行股份有限公司", ("农业银行",), True, id="a short name is contained"
        ),
        pytest.param("沈阳日报", ("汉阳日报",), False, id="another city's paper is another body"),
        pytest.param("", ("人民日报",), False, id="no target is no body"),
        pytest.param("教育部", ("",), False, id="a body without a name is none"),
    ],
)
def test_bodies_are_compared_by_their_names(target: str, body: tuple[str, ...], same: bool) -> None:
    assert score.same_body(target, body) is same


@pytest.mark.skipif(not (EVAL / "score.py").exists(), reason="the shared sets are not here")
@pytest.mark.parametrize("name", ["violations", "legitimate", "real_cases"])
def test_the_measures_agree_with_the_shared_script(name: str, tmp_path: Path) -> None:
    labelled = score.labels(EVAL / f"{name}.csv")
    rng = random.Random(7)
    decisions = tmp_path / "decisions.jsonl"
    decided: dict[str, Decided] = {}
    with decisions.open("w", encoding="utf-8") as lines:
        for label in labelled[: -len(labelled) // 20]:
            body = rng.choice((label.target, "人民日报社", "教育部"))
            clause = rng.choice(("8(2)", "8(4)", "8(5)", "10(2)"))
            outcome, risk = rng.choice(("allow", "strict", "refuse", "refuse")), rng.random()
            decided[label.account_id] = Decided(outcome, (Found(clause, (body, "别名")),), risk)
            entity = {"name": body, "aliases": ["别名"]}
            record = {
                "account_id": label.account_id, "outcome": outcome, "risk": risk,
                "findings": [{"clause": clause, "entity": entity}],
            }  # fmt: skip
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    script = [sys.executable, str(EVAL / "score.py"), str(EVAL / f"{name}.csv"), str(decisions)]
    printed = subprocess.run([*script, "--json"], capture_output=True, check=True).stdout
    theirs = json.loads(printed)
    ours = score.score(labelled, decided)
    assert ours.average_precision == pytest.approx(theirs.pop("ap"))
    assert {m: [s.good, s.of] for m, s in ours.total.items()} == theirs


# --- the floors --------------------------------------------------------------------------------


def test_a_figure_under_its_floor_is_told_with_its_count() -> None:
    figures = {"caught": Share(9, 10), "item": Share(1, 1)}
    floors = {"a": {"caught": 0.95, "item": 1.0, "target": 0.5}, "b": {"caught": 1.0}}
    found = gate.below("a", figures, floors)
    assert found == [
        "a: caught: 90.0 % 9/10, under the floor of 95.0%",
        "a: target: no case was measured, floor 50.0%",
    ]


def test_the_committed_floors_are_shares_of_known_measures() -> None:
    known = {s.name: set(score.MEASURES) for s in evaluate.SETS} | {
        "names": set(names.figures([], [])),
        "nicknames": {"allowed", "not refused"},
        "peers": {"recall", "invented", "negatives passed", "legitimate not accused"},
        "peers core": {"recall", "invented", "negatives passed", "legitimate not accused"},
    }
    for name, measures in gate.floors().items():
        assert set(measures) <= known[name]
        assert all(0.0 < floor <= 1.0 for floor in measures.values())


# --- the results -------------------------------------------------------------------------------

OLD = (
    Result("drop", "甲", "easy", "allow", "", "missed"),
    Result("drop", "乙", "easy", "refuse", "某", "right"),
    Result("drop", "丙", "easy", "refuse", "某", "right"),
    Result("drop", "丁", "easy", "refuse", "某", "right"),
)
NEW = (
    Result("drop", "甲", "easy", "refuse", "某", "right"),
    Result("drop", "乙", "easy", "strict", "某某", "wrong"),
    Result("drop", "丙", "easy", "strict", "某", "right"),
    Result("drop", "戊", "easy", "refuse", "某", "right"),
)


def test_results_are_read_as_they_were_written() -> None:
    assert results.parsed(results.text_of(OLD)) == tuple(sorted(OLD))


def test_changes_are_worse_better_other_new_and_gone() -> None:
    found = [
        (change.what, one.query)
        for change in results.changes(OLD, NEW)
        for one in (change.new or change.old,)
        if one is not None
    ]
    assert found == [
        ("worse", "乙"), ("better", "甲"), ("other", "丙"), ("new", "戊"), ("gone", "丁")
    ]  # fmt: skip


def test_results_are_compared_with_the_last_commit(tmp_path: Path) -> None:
    kept = tmp_path / "names.csv"
    assert results.committed(kept) is None
    kept.write_text(results.text_of(OLD), encoding="utf-8")
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    for words in (("init", "-q"), ("add", "."), (*identity, "commit", "-qm", "x")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)
    kept.write_text(results.text_of(NEW), encoding="utf-8")
    assert results.committed(kept) == tuple(sorted(OLD))


def test_a_plain_table_aligns_wide_characters() -> None:
    table = Table("t", ("", "n"))
    table.add("人民", 1)
    table.add("ab", None)
    assert table.lines() == ["t", "        n", "  人民  1", "  ab", ""]


# --- the rivals --------------------------------------------------------------------------------


def test_the_nearest_name_is_found() -> None:
    rival = rivals.Rival("OSA", ("教育部", "人民日报"), rivals.norm)
    (best,) = rival.best(["人民·曰報"], workers=1)
    assert (best.name, round(best.similarity, 2)) == (1, 0.75)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.25, 0.5])
def test_no_more_negatives_than_allowed_reach_the_threshold(rate: float) -> None:
    scores = [0.1, 0.5, 0.5, 0.5, 0.7, 0.9, 0.9, 1.0, 0.2, 0.3]
    limit = rivals.threshold(scores, rate)
    assert sum(s >= limit for s in scores) <= rate * len(scores)


# --- the commands ------------------------------------------------------------------------------

CASES = """id,query,target,kind,tier,note
b1,人民曰报,人民日报,look_alike,easy,
b2,今天也要开心,教育部,drop,hard,
b3,南阳日报,,negative_neighbour,medium,不是:沈阳日报
b4,今天也要早睡,,negative_everyday,easy,
"""


def test_names_writes_its_cases_and_prints_what_changed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("DETECTOR_REGISTRIES", str(settings.registries))
    monkeypatch.setenv("DETECTOR_CACHE", str(settings.cache))
    cases, kept = tmp_path / "names.csv", tmp_path / "results" / "names.csv"
    cases.write_text(CASES, encoding="utf-8")
    words = ["names", "--diff", "--cases", str(cases), "--results", str(kept)]
    assert main(words) == 0
    found = {r.query: r.found for r in results.parsed(kept.read_text(encoding="utf-8"))}
    assert found == {
        "人民曰报": "right", "今天也要开心": "missed", "南阳日报": "right", "今天也要早睡": "clean"
    }  # fmt: skip
    assert "in no commit yet" in capsys.readouterr().out


def test_a_neighbour_taken_for_the_body_that_it_is_not_is_accused(screener: Screener) -> None:
    case = names.Case("人民曰报", "", "negative_neighbour", "hard", "人民日报")
    (found,) = names.measured([case], screener)
    assert (found.found, found.entity) == ("accused", "人民日报社")


def test_eval_decides_in_the_output_contract_and_scores(
    screener: Screener, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "violations.csv"
    columns = ("account_id", "name", "account_type", "verified_name", "expected", "item", "target")
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow((*columns, "attack"))
        writer.writerow(("v1", "人民曰报", "personal", "", "refuse", "4", "人民日报", "look_alike"))
        writer.writerow(("v2", "小猫钓鱼", "personal", "", "allow", "", "", "ordinary"))
    sets = (LabelledSet("tiny", path), LabelledSet("gone", tmp_path / "gone.csv"))
    assert evaluate.run(screener, sets=sets, out=tmp_path, misses=3) == 0
    printed = capsys.readouterr().out
    assert "tiny: 2 rows" in printed and "left out" in printed
    record = json.loads((tmp_path / "tiny.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (record["account_id"], record["outcome"]) == ("v1", "refuse")
    again = evaluate.decide(path, tmp_path / "again.jsonl", screener)
    assert score.score(score.labels(path), again).total["target"] == Share(1, 1)


def test_nicknames_prints_counts_and_no_name(
    screener: Screener, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nicknames.tsv"
    assert nicknames.run(screener, ("微言教肓", "小猫钓鱼"), out=out) == 0
    printed = capsys.readouterr().out
    assert "1/2" in printed and "微言教肓" not in printed and "小猫钓鱼" not in printed
    assert "微言教肓" in out.read_text(encoding="utf-8")


def test_ordinary_nicknames_are_neither_organisations_nor_registered() -> None:
    given = ("小猫", "某地晚报", "小张警官", "ＣＣＴＶ观众", "阿狸")
    assert nickname_list.ordinary(given, {"阿狸"}) == ("小猫", "ＣＣＴＶ观众")


def test_peers_shows_our_lines_beside_rapidfuzz(
    screener: Screener, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attacks = (Attack("人民曰报", "人民日报", "shape"), Attack("全国打假总局", "", "fabricated"))
    data = PeerSet(attacks, ("小猫", "阿狸"), ("人民路",), ("南阳日报",), ("人民日报", "教育部"))
    assert peers_run.run(screener, settings, out=tmp_path, data=data, nicknames=0) == 0
    printed = capsys.readouterr().out.splitlines()
    recall = next(line for line in printed if "recall, right body" in line)
    assert recall.count("100.0 % 1/1") == 8
    assert (tmp_path / "peers.tsv").exists()


def test_only_a_finding_against_another_body_accuses_a_legitimate_one(screener: Screener) -> None:
    own, other = screened(screener, ("南阳日报", "南阳曰报"))
    assert (peers.accused(own), peers.accused(other)) == (False, True)


def test_speed_times_the_stages_of_a_batch(screener: Screener) -> None:
    found = speed.measure(screener, ["小猫钓鱼", "今天也要开心"] * 10, rounds=1)
    assert found.accounts == 20
    assert found.looked_at <= 20
    assert 0 < found.gate < found.columns
