"""The gate before every page: logged in, and permitted by role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from detector.desk.people.models import User
from detector.desk.people.roles import May

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person_of(request: HttpRequest) -> User:
    """Who is logged in. Raises PermissionDenied where nobody is."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def permitted(act: May) -> Callable[[Page[P]], Page[P]]:
    """Lets those through whose role permits the act; 403 for others, the login page for strangers.

    The act stands on the page (`page.act`), so that tests can hold every route against the table.
    """

    def decorate(page: Page[P]) -> Page[P]:
        @login_required
        @wraps(page)
        def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not person_of(request).may(act):
                raise PermissionDenied
            if settings.CONFIG.require_mfa and not is_mfa_enabled(request.user):
                return redirect("mfa_index")
            return page(request, *args, **kwargs)

        gated.act = act  # type: ignore[attr-defined]  # read by the test of the roles table
        return gated

    return decorate
