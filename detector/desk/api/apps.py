"""The API as a Django application."""

from django.apps import AppConfig


class Api(AppConfig):
    """Tables `api_*`."""

    name = "detector.desk.api"
    label = "api"
