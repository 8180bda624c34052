"""People as a Django application."""

from django.apps import AppConfig


class People(AppConfig):
    """Tables `people_*`."""

    name = "detector.desk.people"
    label = "people"
