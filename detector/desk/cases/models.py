"""Cases, claims, reviews: the tables of the queue. Triggers see to it that no change passes the ledger by."""

from __future__ import annotations

import json
import uuid
from typing import cast

from django.conf import settings
from django.db import models

from detector.contract import AssessmentRecord
from detector.desk.cases.words import Action, Lane, State


def new_id() -> str:
    """An id that tells nothing and is guessed by nobody: 32 hexadecimal digits."""
    return uuid.uuid4().hex


class Case(models.Model):
    """One assessment that a person should see.

    client, account_id: whose account it is. due_at: place in the queue; explore: place at random.
    record: the line of the output contract, byte for byte; "" once its time was up.
    last_event: the ledger's event that made it what it is now.
    closing_by: who proposed to close the account. twin: of a second opinion, the case decided first;
    barred: who may not have it.
    """

    id = models.CharField(max_length=32, primary_key=True, default=new_id)
    client = models.CharField(max_length=64, default="")
    account_id = models.CharField(max_length=512)
    name = models.TextField()
    outcome = models.CharField(max_length=8)
    clause = models.CharField(max_length=8, default="")
    body_id = models.CharField(max_length=120, default="")
    body_name = models.TextField(default="")
    avatar = models.CharField(max_length=80, default="")
    lane = models.CharField(max_length=10, choices=[(str(x), str(x)) for x in Lane])
    state = models.CharField(max_length=10, choices=[(str(x), str(x)) for x in State])
    final = models.CharField(max_length=10, default="")
    risk = models.FloatField(null=True)
    harm = models.FloatField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    explore = models.IntegerField()
    record = models.TextField()
    record_digest = models.CharField(max_length=64)
    last_event = models.BigIntegerField()
    closing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    twin = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="second")
    barred = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Found by place in the queue, at random, by body, by account."""

        indexes = (
            models.Index(fields=("state", "lane", "due_at", "id")),
            models.Index(fields=("state", "lane", "explore")),
            models.Index(fields=("state", "body_id")),
            models.Index(fields=("client", "account_id")),
        )

    def __str__(self) -> str:
        return f"case {self.id}"

    @property
    def assessment(self) -> AssessmentRecord:
        """The record, read."""
        return cast(AssessmentRecord, json.loads(self.record))


class Claim(models.Model):
    """A lease: one case, one reviewer, until a time. One row a case, by constraint."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"claim of {self.case_id}"


class Turn(models.Model):
    """How many turns a pattern of lanes has had."""

    pattern = models.CharField(max_length=10, primary_key=True)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.pattern} {self.number}"


class Review(models.Model):
    """What a person did; never changed, never removed. before: the case's standing until then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    action = models.CharField(max_length=10, choices=[(str(x), str(x)) for x in Action])
    reason = models.CharField(max_length=40)
    note = models.TextField(default="")
    at = models.DateTimeField()
    event = models.BigIntegerField(unique=True)
    bulk = models.CharField(max_length=32, default="", db_index=True)
    before = models.JSONField()
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta:
        """Found by who and when."""

        indexes = (models.Index(fields=("reviewer", "at")),)

    def __str__(self) -> str:
        return f"{self.action} of {self.case_id}"
