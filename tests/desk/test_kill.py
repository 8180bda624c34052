"""kill -9 at any write loses and doubles nothing: the whole desk is killed, started again, and proved."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pytest
from django.db import connections
from django.utils import timezone

from detector.desk.api.keys import add_client
from detector.desk.cases.models import Case
from detector.desk.config import Database
from detector.desk.ledger.models import Event
from detector.desk.ledger.verify import altered_records, stored_links, verify
from tests.desk.served import Served, screen, serving

_ROUNDS = 4
_CALLS = 40
_EACH = 5  # accounts a call, every one of them refused


@pytest.mark.slow
def test_a_desk_that_is_killed_loses_and_doubles_nothing(db: Database, tmp_path: Path) -> None:
    """Calls go on while the desk is killed under them; every call is repeated until it is answered."""
    key = add_client("platform", ("screen",), "system", timezone.now())
    connections.close_all()
    answers: dict[int, object] = {}
    calls = iter(range(_CALLS))
    rng = random.Random(7)
    for number in range(_ROUNDS):
        last = number == _ROUNDS - 1
        with serving(db, tmp_path) as served:
            worker = threading.Thread(target=_call_all, args=(served, key, calls, answers))
            worker.start()
            if not last:
                time.sleep(rng.uniform(0.3, 1.5))
                served.kill()
            worker.join()
            if last:
                again = [n for n in range(_CALLS) if n not in answers]
                _call_all(served, key, iter(again), answers)
                before = json.dumps(answers[0])
                assert json.dumps(screen(served, key, _accounts(0), "call 0")) == before
    assert sorted(answers) == list(range(_CALLS))
    assert Case.objects.count() == _CALLS * _EACH
    assert Event.objects.filter(kind="assessed").count() == _CALLS * _EACH
    told = [
        one["case"]
        for answer in answers.values()
        for one in answer["answers"]  # type: ignore[index]
    ]
    assert sorted(told) == sorted(Case.objects.values_list("pk", flat=True))
    assert verify(stored_links(), []).broken is None
    assert altered_records(stored_links(), Case.objects.values_list("pk", "record_digest")) == []


def _accounts(call: int) -> list[dict[str, str]]:
    return [
        {"account_id": f"{call}-{n}", "name": "人民曰报", "verified_name": ""} for n in range(_EACH)
    ]


def _call_all(served: Served, key: str, calls: Iterator[int], answers: dict[int, object]) -> None:
    """Call on and on; stop where the desk is gone. What was not answered is called again later."""
    for call in calls:
        try:
            answers[call] = screen(served, key, _accounts(call), f"call {call}")
        except (URLError, OSError, HTTPException):
            return
