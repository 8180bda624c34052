"""Where messages go, and the messages."""

from __future__ import annotations

import secrets

from django.db import models


def new_secret() -> str:
    """A secret that signs messages: 32 bytes."""
    return "whsec_" + secrets.token_urlsafe(32)


class Target(models.Model):
    """An address of the platform. client: whose decisions it hears of, "" = all."""

    url = models.URLField(max_length=500)
    client = models.CharField(max_length=64, default="", blank=True)
    secret = models.CharField(max_length=80, default=new_secret)
    active = models.BooleanField(default=True)
    added = models.DateTimeField()

    def __str__(self) -> str:
        return f"target {self.pk}"


class Delivery(models.Model):
    """One message to one target. next_at: when it is tried (again); None = sent, or dead."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT)
    event = models.BigIntegerField()
    message_id = models.CharField(max_length=40)
    body = models.TextField()
    created = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="")

    class Meta:
        """One message an event and target."""

        constraints = (
            models.UniqueConstraint(fields=("target", "event"), name="one_delivery_an_event"),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def dead(self) -> bool:
        """Given up: a person must look, and may send it again."""
        return self.next_at is None and self.sent_at is None
