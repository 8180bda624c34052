"""Every address of the desk."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
