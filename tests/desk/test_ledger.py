"""The ledger holds: nothing is changed, removed or slipped in, and what was is noticed."""

from __future__ import annotations

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from detector.desk.cases.intake import take_in
from detector.desk.cases.models import Case
from detector.desk.config import Database
from detector.desk.errors import LedgerError
from detector.desk.ledger.append import Entry, Kind, append
from detector.desk.ledger.chain import GENESIS, BrokenChain, Link, body_of, digest_of, walk
from detector.desk.ledger.checkpoint import make_checkpoint
from detector.desk.ledger.files import lines, read_links
from detector.desk.ledger.models import Checkpoint, Event
from detector.desk.ledger.signing import CHECKPOINTS, Signed, public_key, read_checkpoints
from detector.desk.ledger.verify import altered_records, stored_links, verify
from tests.desk.people import cases, record


def write(count: int, now: datetime) -> None:
    """So many events."""
    with transaction.atomic():
        append([Entry(Kind.EXPORTED, f"s{n}", "person:X", {"n": n}) for n in range(count)], now)


def test_events_follow_one_another_from_the_first(db: Database, now: datetime) -> None:
    write(3, now)
    write(2, now)
    found = list(Event.objects.order_by("seq"))
    assert [event.seq for event in found] == [1, 2, 3, 4, 5]
    assert found[0].prev == GENESIS
    assert all(b.prev == a.digest for a, b in itertools.pairwise(found))
    proof = verify(stored_links(), [])
    assert (proof.events, proof.broken) == (5, None)


def test_an_event_outside_a_transaction_is_refused(db: Database, now: datetime) -> None:
    with pytest.raises(LedgerError, match="transaction"):
        append([Entry(Kind.EXPORTED, "s", "person:X")], now)


def test_an_event_falls_with_its_transaction(db: Database, now: datetime) -> None:
    write(1, now)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append([Entry(Kind.EXPORTED, "lost", "person:X")], now)
        raise ZeroDivisionError
    write(1, now)
    assert [event.seq for event in Event.objects.order_by("seq")] == [1, 2]
    assert verify(stored_links(), []).broken is None


ATTACKS: dict[str, str] = {
    "an event is changed": "UPDATE ledger_event SET body = '{}' WHERE seq = 2",
    "an event's digest is changed": "UPDATE ledger_event SET digest = 'x' WHERE seq = 2",
    "an event is removed": "DELETE FROM ledger_event WHERE seq = 2",
    "the last event is removed": "DELETE FROM ledger_event WHERE seq = 3",
    "all events are removed": "DELETE FROM ledger_event",
    "an event is slipped in at the end": "INSERT INTO ledger_event "
    "(seq, prev, digest, body, kind, subject, actor, at) "
    "VALUES (9, 'p', 'd', '{}', 'k', 's', 'a', '2026-01-01 00:00:00')",
    "a fork is opened": "INSERT INTO ledger_event "
    "(seq, prev, digest, body, kind, subject, actor, at) "
    "VALUES (4, 'another', 'd', '{}', 'k', 's', 'a', '2026-01-01 00:00:00')",
    "a checkpoint is removed": "DELETE FROM ledger_checkpoint",
    "a case is decided past the ledger": "UPDATE cases_case SET state = 'decided', final = 'allow'",
    "a case is moved past the ledger": "UPDATE cases_case SET lane = 'rescreen'",
    "a case borrows another's event": "UPDATE cases_case SET state = 'decided', last_event = 1",
    "a record is rewritten": 'UPDATE cases_case SET record = \'{"outcome": "allow"}\'',
    "an outcome is rewritten": "UPDATE cases_case SET outcome = 'allow'",
    "a case is made past the ledger": "INSERT INTO cases_case SELECT 'new' AS id, client, "
    "account_id, name, outcome, clause, body_id, body_name, avatar, lane, state, final, risk, "
    "harm, opened_at, due_at, explore, record, record_digest, 99 AS last_event, barred_id, "
    "closing_by_id, NULL AS twin_id FROM cases_case",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses(db: Database, now: datetime, attack: str) -> None:
    write(2, now)
    cases(1, now)
    make_checkpoint(now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ATTACKS[attack])
    assert verify(stored_links(), []).events == 3


def test_bulk_paths_of_the_orm_do_not_pass_the_ledger_by(db: Database, now: datetime) -> None:
    cases(3, now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.all().update(state="decided", final="allow")
    copy = Case.objects.first()
    assert copy is not None
    copy.pk, copy.last_event = "f" * 32, 12345
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.bulk_create([copy])
    assert Case.objects.filter(state="open").count() == 3


def test_truncate_is_refused_where_it_exists(db: Database, now: datetime) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    write(1, now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_event")
    assert Event.objects.count() == 1


TAMPERED: dict[str, tuple[Callable[[list[Link]], list[Link]], int]] = {
    "a body is changed": (lambda c: [*c[:2], replace(c[2], body=c[2].body.replace("s2", "s9")), *c[3:]], 3),
    "an event is left out": (lambda c: c[:2] + c[3:], 4),
    "two events change places": (lambda c: [c[0], c[2], c[1], *c[3:]], 3),
    "the first event is left out": (lambda c: c[1:], 2),
    "an event stands twice": (lambda c: [c[0], c[0], *c[1:]], 1),
    "a body is no JSON": (lambda c: [replace(c[0], body="x"), *c[1:]], 1),
    "another algorithm is claimed": (
        lambda c: [replace(c[0], body=c[0].body.replace("sha256", "sha1")), *c[1:]], 1,
    ),
}  # fmt: skip


def chain(count: int, algorithm: str = "sha256") -> list[Link]:
    """A chain without a database."""
    found: list[Link] = []
    prev = GENESIS
    for seq in range(1, count + 1):
        body = body_of({"seq": seq, "algorithm": algorithm, "subject": f"s{seq - 1}"})
        found.append(Link(seq, prev, digest_of(algorithm, prev, body), body))
        prev = found[-1].digest
    return found


@pytest.mark.parametrize("case", TAMPERED)
def test_the_first_broken_event_is_named(case: str) -> None:
    tamper, first = TAMPERED[case]
    proof = verify(tamper(chain(5)), [])
    assert proof.broken is not None
    assert proof.broken.seq == first


def test_a_chain_rehashed_from_the_middle_breaks_at_the_checkpoint() -> None:
    honest = chain(6)
    forged = chain(3)
    prev = forged[-1].digest
    for seq in range(4, 7):
        body = body_of({"seq": seq, "algorithm": "sha256", "subject": "forged"})
        forged.append(Link(seq, prev, digest_of("sha256", prev, body), body))
        prev = forged[-1].digest
    signed = Signed(5, honest[4].digest, "", "")
    assert verify(honest, [signed]).broken is None
    found = verify(forged, [signed])
    assert found.broken is not None
    assert found.broken.seq == 5


def test_a_cut_off_end_is_noticed_by_the_checkpoint() -> None:
    honest = chain(6)
    found = verify(honest[:4], [Signed(6, honest[5].digest, "", "")])
    assert found.broken is not None
    assert found.broken.seq == 5


def test_a_chain_of_sm3_holds_and_may_follow_one_of_sha256(
    one_db: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(2, now)
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, digest="sm3"))
    write(2, now)
    proof = verify(stored_links(), [])
    assert (proof.events, proof.broken) == (4, None)
    # GB/T 32905-2016, example 1
    assert hashlib.new("sm3", b"abc").hexdigest().startswith("66c7f0f462eeedd9")


@given(st.integers(1, 8), st.data())
def test_any_change_of_any_byte_is_found(count: int, data: st.DataObject) -> None:
    links = chain(count)
    at = data.draw(st.integers(0, count - 1))
    place = data.draw(st.integers(0, len(links[at].body) - 1))
    old = links[at].body
    new = old[:place] + chr(ord(old[place]) ^ 1) + old[place + 1 :]
    links[at] = replace(links[at], body=new)
    with pytest.raises(BrokenChain) as found:
        list(walk(links))
    assert found.value.broken.seq == at + 1


def test_a_checkpoint_is_signed_and_written_outside(
    one_db: Database, now: datetime, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(settings.CONFIG, home=home)
    monkeypatch.setattr(settings, "CONFIG", config)
    assert make_checkpoint(now) is None
    write(3, now)
    assert make_checkpoint(now) is not None
    assert make_checkpoint(now) is None
    write(1, now)
    make_checkpoint(now + timedelta(hours=1))
    key = public_key(config)
    found = read_checkpoints(home / CHECKPOINTS, key)
    assert [one.seq for one in found] == [3, 4]
    assert Checkpoint.objects.count() == 2
    assert verify(stored_links(), found).checkpoints == 2
    path = home / CHECKPOINTS
    path.write_text(path.read_text().replace('"seq": 4', '"seq": 5'))
    with pytest.raises(LedgerError, match="line 2: the signature"):
        read_checkpoints(path, key)


def test_an_exported_ledger_proves_itself_without_a_database(
    one_db: Database, now: datetime, tmp_path: Path
) -> None:
    write(4, now)
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(lines(stored_links())), encoding="utf-8")
    assert verify(read_links(path), []).events == 4
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[1]["body"] = rows[1]["body"].replace("person:X", "person:Y")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    broken = verify(read_links(path), []).broken
    assert broken is not None
    assert broken.seq == 2


def test_a_column_that_belies_the_body_is_found(
    sqlite: object, one_db: Database, now: datetime
) -> None:
    write(3, now)
    connection.close()
    with sqlite3.connect(one_db.name) as raw:  # somebody with the file and no scruples
        raw.execute("DROP TRIGGER ledger_event_no_update")
        raw.execute("UPDATE ledger_event SET actor = 'person:Y' WHERE seq = 2")
    raw.close()
    broken = verify(stored_links(), []).broken
    assert broken is not None
    assert (broken.seq, broken.reason) == (2, "column actor is not what was hashed")


def test_records_are_held_against_the_ledger(one_db: Database, now: datetime) -> None:
    take_in([record("a"), record("b")], "test", now)
    stored = list(Case.objects.values_list("pk", "record_digest"))
    assert altered_records(stored_links(), stored) == []
    assert altered_records(stored_links(), [(stored[0][0], "other")]) == [stored[0][0]]


def test_the_ledger_holds_no_personal_data(one_db: Database, now: datetime) -> None:
    take_in(
        [record("account-4711", name="某某的人民曰报", account={"bio": "电话 13800000000"})],
        "test",
        now,
    )
    bodies = "".join(Event.objects.values_list("body", flat=True))
    assert not [word for word in ("4711", "某某", "13800000000") if word in bodies]
