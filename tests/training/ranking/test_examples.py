"""What is learned from: labels follow from how an account was made, sides never share a body."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from detector.contract.columns import VERIFIED_KINDS
from detector.errors import DataError, FileFormatError
from detector.text.fold import plain
from detector.types import EditKind
from tests.core.shipped import screener
from tests.training.ranking import made
from training import dataset, gather, labels
from training.example import Example, Origin, personal, verified
from training.split import HELD_OUT, Side, is_held_out, side
from training.treatments import STACKS, TREATMENTS, stacked

NAMES = (
    "国家税务总局",
    "人民日报",
    "CCTV12新闻",
    "张家口市公安局",
    "反诈中心",
    "wechat",
    "新华社工会",
    "蒙牛乳业",
)


# --- disguises ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EditKind)
def test_every_kind_of_edit_has_a_treatment_that_changes_some_name(kind: EditKind) -> None:
    found = [TREATMENTS[kind](name, Random(seed)) for name in NAMES for seed in range(4)]
    assert any(one is not None for one in found)
    pairs = zip([name for name in NAMES for _ in range(4)], found, strict=True)
    assert all(one != name for name, one in pairs if kind is not EditKind.SYNONYM)


@pytest.mark.parametrize("kind", EditKind)
def test_the_same_seed_gives_the_same_disguise(kind: EditKind) -> None:
    once, again = ([TREATMENTS[kind](n, Random(7)) for n in NAMES] for _ in range(2))
    assert once == again


@pytest.mark.parametrize("stack", STACKS, ids="+".join)
def test_stacked_treatments_all_leave_their_mark(stack: tuple[EditKind, ...]) -> None:
    found = {n: stacked(n, stack, Random(seed)) for n in NAMES for seed in range(3)}
    changed = {name: text for name, text in found.items() if text is not None}
    assert changed
    assert all(
        text not in (name, stacked(name, stack[:1], Random(0))) for name, text in changed.items()
    )


# --- the data set -------------------------------------------------------------------------------


def test_no_body_stands_on_two_sides() -> None:
    found = gather.gather(made.RECIPE, screener()).examples
    by_body: dict[str, set[Side]] = {}
    for one in found:
        by_body.setdefault(plain(one.body) or one.name, set()).add(side(one))
    assert len(by_body) > 300
    assert [body for body, sides in by_body.items() if len(sides) > 1] == []


def test_disguises_kept_for_testing_are_nowhere_else() -> None:
    rows = made.rows()
    elsewhere = [k for k, s in zip(rows.kind, rows.sides, strict=True) if s != Side.TEST]
    assert HELD_OUT.isdisjoint(part for kind in elsewhere for part in kind.split("+"))
    assert rows.on(Side.TEST).held_out.any()
    assert is_held_out(Example(personal("x"), True, "split+hidden"))


def test_there_is_enough_of_both_on_every_side() -> None:
    for one in Side:
        rows = made.rows().on(one)
        assert 0.2 < rows.risky.mean() < 0.8, one


def test_every_loss_has_its_reason_and_nothing_is_lost_otherwise() -> None:
    told = json.loads((made.folder() / dataset.COUNTS).read_text(encoding="utf-8"))
    assert sum(told["kinds"].values()) == told["examples"] == len(made.rows())
    assert any(reason.startswith("nothing to change") for reason in told["dropped"])
    assert told["dropped"]["a disguise that is kept for testing"] > 0


def test_a_data_set_comes_back_from_disk_as_it_was() -> None:
    made.rows()
    assert dataset.load(made.folder()).digest() == made.rows().digest()


def test_a_folder_without_a_data_set_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="python -m training dataset"):
        dataset.load(tmp_path)


def test_an_owner_that_is_not_reported_is_none() -> None:
    one = Example(
        verified("人民日报", "人民日报社", "media", licences="news"), False, "verified_owner"
    )
    account = one.unreported().account(1)
    assert account.owner.legal_name is None
    assert account.proofs == ()


# --- seeds and reviews --------------------------------------------------------------------------


def test_the_seeds_are_many_well_formed_and_of_both_kinds() -> None:
    found = list(labels.seeds(gather.SEEDS))
    assert len(found) >= 500
    assert 0.3 < sum(one.risky for one in found) / len(found) < 0.7
    assert {one.origin for one in found} == {Origin.SEED}
    kinds = {one.cells["verified_kind"] for one in found} - {""}
    assert kinds <= set(VERIFIED_KINDS)
    assert len({one.facts for one in found}) == len(found)
    assert [one.account(n) for n, one in enumerate(found, 1)]


HEADER = "account_id,name,verified_name,decision,clause,reviewer,at\n"
REVIEWS = (
    "1,人民曰报,,refuse,8(4),r1,2026-11-01T08:00:00Z",
    "1,人民曰报,,refuse,8(4),r2,2026-11-01T09:00:00Z",
    "2,央视小屋,,allow,,r1,2026-11-01T08:00:00Z",
    "3,一半一半,,refuse,8(2),r1,2026-11-01T08:00:00Z",
    "3,一半一半,,allow,,r2,2026-11-01T08:01:00Z",
    "4,想了又想,,refuse,8(2),r1,2026-11-01T08:00:00Z",
    "4,想了又想,,allow,,r1,2026-11-02T08:00:00Z",
)


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """A desk's export: agreed, by one only, even, and changed by the same reviewer."""
    path = tmp_path / "reviews.csv"
    path.write_text(HEADER + "\n".join(REVIEWS) + "\n", encoding="utf-8")
    return path


# account -> (risky, weight): (r + 1) / (n + 2) is 3/4, 1/3, 1/2, 1/3
WEIGHED = {"1": (True, 0.5), "2": (False, 0.333333), "3": (False, 0.0), "4": (False, 0.333333)}


def test_reviews_weigh_what_their_agreement_is_worth(reviews: Path) -> None:
    found = labels.reviewed(reviews)
    examples = list(labels.examples(found))
    weighed = {
        one.account_id: (example.risky, round(example.weight, 6))
        for one, example in zip(found, examples, strict=True)
    }
    assert weighed == WEIGHED
    assert {one.origin for one in examples} == {Origin.REVIEW}


def test_accounts_labelled_both_ways_are_set_aside_and_listed(
    reviews: Path, tmp_path: Path
) -> None:
    seeds = tmp_path / "seeds.csv"
    seeds.write_text(
        "account_id,name,verified_name,expected,attack,target\n"
        "s1,央视小屋,,refuse,exact,\ns2,只有一个,,allow,nickname,\n", encoding="utf-8",
    )  # fmt: skip
    recipe = made.RECIPE.model_copy(update={"seeds": seeds, "reviews": reviews, "per_kind": 1})
    found = gather.gather(recipe, screener())
    assert sorted(one.name for one in found.quarantined) == ["一半一半", "央视小屋", "央视小屋"]
    assert found.dropped["quarantined: labelled both ways"] == 3
    kept = {one.name for one in found.examples}
    assert {"人民曰报", "想了又想", "只有一个"} <= kept
    assert not {"一半一半", "央视小屋"} & kept


BROKEN = {
    "a column is missing": ("account_id,name\n1,x\n", "no column at, clause, decision, reviewer"),
    "a decision is none": (HEADER + "1,x,,maybe,,r1,2026\n", "row 1: 'maybe' is no decision"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_an_export_that_cannot_be_read_says_why(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFormatError, match=told):
        labels.reviewed(path)
