"""What came of a run: counts that add up, what could not be read, how fast it went."""

from __future__ import annotations

from collections.abc import Iterator

from detector.batch import Tally
from detector.explain.words import OUTCOMES
from detector.files import BadRow, Repeats

# Bad rows told on the terminal; all of them are in OUT.bad.jsonl
BAD_TOLD = 10


def bad_row(name: str, bad: BadRow) -> str:
    """One bad row in one line."""
    line = f" (line {bad.line:,})" if bad.line else ""
    who = f" account {bad.account_id[:40]!r}:" if bad.account_id else ""
    value = f" | {bad.value[:80]}" if bad.value else ""
    return f"{name}: row {bad.row:,}{line}:{who} {bad.reason}{value}"


def summary(tally: Tally, repeats: Repeats, seconds: float) -> Iterator[str]:
    """The lines of the summary."""
    rate = tally.rows / seconds if seconds > 0 else 0.0
    yield (
        f"{tally.rows:,} rows = {tally.assessed:,} assessed + {tally.bad:,} bad"
        f"   {seconds:,.1f} s, {rate:,.0f} rows/s"
    )
    outcomes = [f"{words} {tally.outcomes[word]:,}" for word, (words, _) in OUTCOMES.items()]
    yield f"{' · '.join(outcomes)} · ☞ 须人工 needs a person {tally.needs_person:,}"
    if tally.clauses:
        told = sorted(tally.clauses.items(), key=lambda item: (-item[1], item[0]))
        yield "条款 clauses: " + " · ".join(f"{clause} {count:,}" for clause, count in told)
    for gap, count in tally.gaps.most_common(5):
        yield f"未能比对 not compared: {gap} ({count:,})"
    if repeats.count:
        places = ", ".join(f"row {again:,} as row {first:,}" for first, again in repeats.examples)
        more = " …" if repeats.count > len(repeats.examples) else ""
        repeated = f"account_id repeated in {repeats.count:,} rows, each judged all the same"
        yield f"{repeated}: {places}{more}"
