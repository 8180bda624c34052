"""Making a checkpoint: sign the chain's end, and write it to a file outside the database."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from detector.desk.config import DeskConfig
from detector.desk.ledger.models import Checkpoint, Event
from detector.desk.ledger.signing import CHECKPOINTS, Signed, sign


def make_checkpoint(now: datetime) -> Signed | None:
    """A checkpoint over the last event; None where nothing happened since the last one."""
    config: DeskConfig = settings.CONFIG
    with transaction.atomic():
        last = Event.objects.order_by("-seq").first()
        before = Checkpoint.objects.order_by("-seq").first()
        if last is None or (before is not None and before.seq == last.seq):
            return None
        signed = sign(config, last.seq, last.digest, now.astimezone(UTC).isoformat())
        Checkpoint.objects.create(seq=last.seq, digest=last.digest, at=now, line=signed.line)
    with (config.home / CHECKPOINTS).open("a", encoding="utf-8") as file:
        file.write(signed.line + "\n")
        file.flush()
        os.fsync(file.fileno())
    return signed
