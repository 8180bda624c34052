"""Clients of the API, and answers kept for repeated requests."""

from __future__ import annotations

from django.db import models


class Client(models.Model):
    """A system of the platform. Keys are kept as SHA-256: they are random, 256 bits.

    old_key, old_until: the key before the last rotation, good for a while longer.
    rate: accounts a second, burst: accounts at once.
    """

    name = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=64, unique=True)
    old_key = models.CharField(max_length=64, null=True, unique=True)
    old_until = models.DateTimeField(null=True)
    scopes = models.CharField(max_length=80, default="screen")
    rate = models.IntegerField(default=1000)
    burst = models.IntegerField(default=5000)
    active = models.BooleanField(default=True)
    added = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """What was answered to an idempotency key, for a day."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    key = models.CharField(max_length=128)
    request = models.CharField(max_length=64)
    body = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        """One answer a key."""

        constraints = (models.UniqueConstraint(fields=("client", "key"), name="one_answer_a_key"),)

    def __str__(self) -> str:
        return f"answer {self.pk}"
