"""The courier, a process of its own: sends what the outbox holds, signs a checkpoint every hour."""

from __future__ import annotations

import logging
import os
import random
import signal
import threading
from datetime import datetime, timedelta

import django

_IDLE = 1.0  # seconds between two looks into an empty outbox
_CHECKPOINT = timedelta(hours=1)


def main() -> None:
    """Work until told to stop, or until the server is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detector.desk.settings")
    django.setup()
    from django.utils import timezone

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    parent, rng, signed = os.getppid(), random.Random(), timezone.now()
    while not stopping.is_set() and os.getppid() == parent:
        signed = _round(timezone.now(), signed, rng)
        stopping.wait(_IDLE)


def _round(now: datetime, signed: datetime, rng: random.Random) -> datetime:
    """Send all that is due, clean up, sign where it is time; when it was last signed."""
    from django.db import DatabaseError, close_old_connections
    from django.utils import timezone

    from detector.desk.api.models import Answer
    from detector.desk.api.screening import KEPT
    from detector.desk.ledger.checkpoint import make_checkpoint
    from detector.desk.outbox.deliver import deliver_next

    try:
        while deliver_next(timezone.now(), rng):
            pass
        if now - signed >= _CHECKPOINT:
            make_checkpoint(now)
            Answer.objects.filter(at__lte=now - KEPT).delete()
            return now
    except DatabaseError as error:  # gone for a while: what is due stays due
        logging.getLogger("detector.desk.courier").warning("database", exc_info=error)
        close_old_connections()
    return signed


if __name__ == "__main__":
    main()
