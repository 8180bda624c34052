"""How one comes in: nobody signs up; an admin adds people, or the company's sign-on vouches for them."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No sign-up by password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class CompanyDoor(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the same
    """Who is known to the company's sign-on may come in; as a reviewer, until an admin says more."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Where single sign-on is set at all."""
        return bool(settings.CONFIG.oidc[0])
