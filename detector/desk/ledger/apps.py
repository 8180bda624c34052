"""The ledger as a Django application."""

from django.apps import AppConfig


class Ledger(AppConfig):
    """Tables `ledger_*`."""

    name = "detector.desk.ledger"
    label = "ledger"
