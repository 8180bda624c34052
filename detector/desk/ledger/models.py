"""The table of events, which triggers keep from being changed, and the checkpoints signed over it."""

from __future__ import annotations

from django.db import models

from detector.desk.ledger.chain import Link


class Event(models.Model):
    """One event. `body` is what is hashed; kind, subject and actor repeat it, to be searched."""

    seq = models.BigIntegerField(primary_key=True)
    prev = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        """Found by what it is about."""

        indexes = (
            models.Index(fields=("subject", "seq")),
            models.Index(fields=("kind", "seq")),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    @property
    def link(self) -> Link:
        """The event as the chain sees it."""
        return Link(self.seq, self.prev, self.digest, self.body)


class Checkpoint(models.Model):
    """A signature over the chain's end at one moment; kept outside the database, too."""

    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    line = models.TextField()

    def __str__(self) -> str:
        return f"checkpoint at {self.seq}"
