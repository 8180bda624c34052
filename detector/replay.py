"""Decisions made again: every line of an output file must come out as it went in, byte for byte.

A line can be replayed because it carries what was reported of the account and the day it was judged
on. Its provenance names who made it: other rules, registry or code than ours are said.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, ValidationError

from detector.contract import AssessmentRecord, Reported, read_row, to_line, to_record
from detector.errors import RowError
from detector.files import Line
from detector.pipeline import Screener

# Lines judged at once
CHUNK = 512


class Fate(StrEnum):
    """What became of a replayed line; only SAME is verified."""

    SAME = "same"
    OTHER_MAKER = "other maker"  # all but the provenance is the same
    DIFFERS = "differs"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Replayed:
    """One line of the file (from 1), its account, its fate, and what people are told of it."""

    line: int
    account_id: str
    fate: Fate
    told: str = ""


class Written(BaseModel):
    """What replaying needs of a line; the rest is compared as bytes."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    account_id: str
    outcome: str
    as_of: str
    account: dict[str, str]
    carried: dict[str, object] = {}
    assume_unverified: bool = False
    cases: list[object] | None = None
    provenance: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A line that can be judged again."""

    line: Line
    written: Written
    reported: Reported
    day: date


# assume_unverified -> the screener that so reads a missing owner
Screeners = Callable[[bool], Screener]


def replay(lines: Iterable[Line], screeners: Screeners) -> Iterator[Replayed]:
    """The fate of every line, in order."""
    read = (_read(line) for line in lines if line.data.strip() or line.fault)
    for group, members in itertools.groupby(read, key=_group):
        while taken := list(itertools.islice(members, CHUNK)):
            if group is None:
                yield from (one for one in taken if isinstance(one, Replayed))
            else:
                recorded = [one for one in taken if isinstance(one, _Recorded)]
                yield from _again(recorded, screeners(group[1]), group[0])


def _group(one: _Recorded | Replayed) -> tuple[date, bool] | None:
    """Lines of one day and reading are judged together."""
    return (one.day, one.written.assume_unverified) if isinstance(one, _Recorded) else None


def _read(line: Line) -> _Recorded | Replayed:
    """A line as what can be judged again, or why it cannot be."""
    if line.fault:
        return Replayed(line.number, "", Fate.UNREADABLE, line.fault)
    try:
        written = Written.model_validate_json(line.data)
        day = date.fromisoformat(written.as_of)
        reported = read_row(line.number, {**written.carried, **written.account})
    except ValidationError as error:
        return Replayed(line.number, "", Fate.UNREADABLE, _first(error))
    except RowError as error:
        return Replayed(line.number, error.account_id, Fate.UNREADABLE, error.reason)
    except ValueError as error:
        return Replayed(line.number, written.account_id, Fate.UNREADABLE, f"as_of: {error}")
    inline = [c for c in ("avatar", "cover") if written.account.get(c, "").startswith("sha256:")]
    if inline:
        told = f"{inline[0]} was sent inline and is not kept; screen the account again"
        return Replayed(line.number, written.account_id, Fate.UNREADABLE, told)
    return _Recorded(line, written, reported, day)


def _first(error: ValidationError) -> str:
    """The first of pydantic's complaints, in one line."""
    found = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in found["loc"])
    return f"no line of `detector screen`: {place}: {found['msg']}" if place else found["msg"]


def _again(recorded: list[_Recorded], screener: Screener, day: date) -> Iterator[Replayed]:
    found = screener.screen([one.reported.account for one in recorded], day)
    for one, assessment in zip(recorded, found, strict=True):
        record = to_record(
            assessment,
            one.reported,
            full=one.written.cases is not None,
            assume_unverified=one.written.assume_unverified,
        )
        yield _compared(one, record)


def _compared(one: _Recorded, record: AssessmentRecord) -> Replayed:
    number, account_id, was = one.line.number, one.written.account_id, one.line.data
    if to_line(record).rstrip(b"\n") == was:
        return Replayed(number, account_id, Fate.SAME)
    others = _others(one.written.provenance, record)
    record["provenance"] = json.loads(was)["provenance"]
    if to_line(record).rstrip(b"\n") == was:
        return Replayed(number, account_id, Fate.OTHER_MAKER, f"made by other {others}")
    if one.written.outcome != record["outcome"]:
        told = f"was {one.written.outcome}, is now {record['outcome']}"
    else:
        told = f"still {record['outcome']}, but {_changed(was, record)} changed"
    return Replayed(
        number, account_id, Fate.DIFFERS, f"{told}; made by other {others}" if others else told
    )


def _others(made_by: Mapping[str, str], record: AssessmentRecord) -> str:
    """Which parts of the maker are not ours."""
    ours: Mapping[str, object] = {**record["provenance"]}
    return ", ".join(part for part in ours if made_by.get(part) != ours[part])


def _changed(was: bytes, record: AssessmentRecord) -> str:
    before, after = json.loads(was), json.loads(to_line(record))
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return ", ".join(keys) or "the way it is written"
