"""The outbox as a Django application."""

from django.apps import AppConfig


class Outbox(AppConfig):
    """Tables `outbox_*`."""

    name = "detector.desk.outbox"
    label = "outbox"
