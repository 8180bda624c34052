"""Messages leave signed, to public addresses only, until they arrive or a day has passed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings
from django.db import connections

from detector.desk.cases.claim import claim
from detector.desk.cases.decide import Choice, decide
from detector.desk.cases.words import Action
from detector.desk.config import Database
from detector.desk.errors import BadTarget
from detector.desk.ledger.models import Event
from detector.desk.outbox import guard
from detector.desk.outbox.deliver import MOST_ATTEMPTS, deliver_next, pause, resend
from detector.desk.outbox.guard import place_of
from detector.desk.outbox.models import Delivery, Target
from detector.desk.outbox.send import send, signature
from detector.desk.outbox.targets import add_target, close_target
from detector.desk.people.roles import Role
from tests.desk.people import cases, person

REFUSED: dict[str, str] = {
    "this machine": "https://127.0.0.1/",
    "this machine by name": "https://localhost/",
    "this machine, short": "https://127.1/",
    "this machine as a number": "https://2130706433/",
    "this machine in hexadecimal": "https://0x7f000001/",
    "this machine in IPv6": "https://[::1]/",
    "this machine wrapped in IPv6": "https://[::ffff:127.0.0.1]/",
    "this machine by NAT64": "https://[64:ff9b::7f00:1]/",
    "this machine by 6to4": "https://[2002:7f00:1::]/",
    "a private network": "https://10.1.2.3/",
    "another private network": "https://192.168.1.1/",
    "a third private network": "https://172.16.0.1/",
    "the cloud's metadata": "https://169.254.169.254/latest/meta-data/",
    "carrier-grade NAT": "https://100.64.0.1/",
    "nowhere": "https://0.0.0.0/",
    "everybody": "https://255.255.255.255/",
    "multicast": "https://224.0.0.1/",
    "link-local IPv6": "https://[fe80::1]/",
    "unique local IPv6": "https://[fc00::1]/",
    "plain HTTP": "http://93.184.216.34/",
    "a file": "file:///etc/passwd",
    "gopher": "gopher://93.184.216.34/",
    "no host": "https:///path",
    "credentials": "https://user:pass@93.184.216.34/",
    "a line break": "https://93.184.216.34/\r\nHost: evil",
    "a port that is none": "https://93.184.216.34:99999/",
    "a name that nobody knows": "https://does-not-exist.invalid/",
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_address_that_is_not_public_is_refused(case: str) -> None:
    with pytest.raises(BadTarget):
        place_of(REFUSED[case], private=False)


def test_a_public_address_is_taken() -> None:
    place = place_of("https://93.184.216.34:8443/hook?a=b", private=False)
    assert (place.ip, place.port, place.path) == ("93.184.216.34", 8443, "/hook?a=b")


def test_a_name_that_also_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = ["93.184.216.34", "10.0.0.1"]
    monkeypatch.setattr(guard, "_resolve", lambda host, port: both)
    with pytest.raises(BadTarget, match=r"10\.0\.0\.1"):
        place_of("https://two-faced.example/", private=False)


@dataclass
class Listener:
    """A platform's server: what came, and what it answers."""

    url: str = ""
    status: int = 200
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    """A server on this machine."""
    found = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(found.status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch, db: Database) -> None:
    """Addresses of this machine may be called."""
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, private_targets=True))


def decided(now: datetime) -> int:
    """A decision; its event."""
    (case,) = cases(1, now)
    who = person("r", Role.REVIEWER, now)
    claim(case.pk, who, now)
    return decide(case.pk, who, Choice(Action.REFUSE, "imitates_body"), now).event


def test_a_decision_arrives_signed(private: None, now: datetime) -> None:
    with listening() as platform:
        target = add_target(platform.url, "", "person:X", now)
        event = decided(now)
        assert deliver_next(now, random.Random(1))
        assert not deliver_next(now, random.Random(1))
    ((headers, body),) = platform.got
    told = json.loads(body)
    assert (told["event"], told["decision"], told["account_id"]) == (event, "refuse", "a0")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(target.secret.encode(), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
    assert Delivery.objects.get().sent_at == now


def test_a_platform_that_is_down_for_an_hour_hears_of_it_afterwards(
    private: None, now: datetime
) -> None:
    with listening() as platform:
        add_target(platform.url, "", "person:X", now)
        platform.status = 503
        decided(now)
        rng, at = random.Random(1), now
        while at < now + timedelta(hours=1):
            deliver_next(at, rng)
            found = Delivery.objects.get()
            assert found.next_at is not None
            at = found.next_at
        assert found.error == "answered 503"
        platform.status = 200
        deliver_next(at, rng)
    assert Delivery.objects.get().sent_at is not None
    assert len({headers["webhook-id"] for headers, _ in platform.got}) == 1


def test_a_message_that_never_arrives_is_set_aside_and_can_be_sent_again(
    private: None, now: datetime
) -> None:
    with listening() as platform:
        add_target(platform.url, "", "person:X", now)
        platform.status = 500
        decided(now)
        rng, at, first = random.Random(1), now, now
        for _ in range(MOST_ATTEMPTS):
            assert deliver_next(at, rng)
            last = at
            at = Delivery.objects.get().next_at or at
        assert Delivery.objects.get().dead
        assert last - first > timedelta(hours=20)
        assert not deliver_next(at + timedelta(days=9), rng)
        platform.status = 204
        resend(Delivery.objects.get().pk, "person:X", at)
        assert deliver_next(at, rng)
    assert Delivery.objects.get().sent_at is not None
    assert Event.objects.filter(kind="resent").count() == 1


def test_redirects_are_not_followed(private: None, now: datetime) -> None:
    with listening() as platform:
        platform.status = 307
        assert send(platform.url, "s", "m", "{}", 1, private=True) == "answered 307"
    assert len(platform.got) == 1


def test_nobody_listening_is_a_failure_and_no_crash(one_db: Database) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert send(f"http://127.0.0.1:{port}/", "s", "m", "{}", 1, True) == "ConnectionRefusedError"


def test_a_target_that_turned_private_is_not_called(one_db: Database, now: datetime) -> None:
    Target.objects.create(url="https://127.0.0.1/", added=now)
    decided(now)
    assert deliver_next(now, random.Random(1))
    assert "not public" in Delivery.objects.get().error


def test_two_senders_do_not_take_one_message_at_once(private: None, now: datetime) -> None:
    with listening() as platform:
        for _ in range(3):
            add_target(platform.url, "", "person:X", now)
        decided(now)
        taken: list[bool] = []

        def work() -> None:
            taken.extend(deliver_next(now, random.Random(1)) for _ in range(2))
            connections.close_all()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(platform.got) == 3
    assert sum(taken) == 3


def test_a_closed_target_hears_nothing_more(private: None, now: datetime) -> None:
    with listening() as platform:
        target = add_target(platform.url, "", "person:X", now)
        close_target(target.pk, "person:X", now)
        decided(now)
        assert not deliver_next(now, random.Random(1))
    assert platform.got == []


def test_pauses_double_up_to_an_hour() -> None:
    rng = random.Random(1)
    pauses = [pause(n, rng) for n in range(1, 20)]
    assert pauses[0] <= timedelta(seconds=6)
    assert all(one <= timedelta(minutes=72) for one in pauses)
    assert pauses[-1] >= timedelta(minutes=48)


def test_the_signature_is_that_of_the_standard() -> None:
    digest = hmac.new(b"secret", b"msg.1.{}", hashlib.sha256).digest()
    assert signature("secret", "msg", 1, "{}") == "v1," + base64.b64encode(digest).decode()
