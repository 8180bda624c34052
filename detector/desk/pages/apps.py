"""The pages as a Django application: templates, static files, tags."""

from django.apps import AppConfig


class Pages(AppConfig):
    """No tables."""

    name = "detector.desk.pages"
    label = "pages"
