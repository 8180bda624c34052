"""Cases as a Django application."""

from django.apps import AppConfig


class Cases(AppConfig):
    """Tables `cases_*`."""

    name = "detector.desk.cases"
    label = "cases"
