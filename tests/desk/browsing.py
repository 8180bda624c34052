"""A browser without a screen: Django's own test client, logged in, and what pages say."""

from __future__ import annotations

import html
import re

from django.test import Client

from detector.desk.people.models import User


def logged_in(person: User) -> Client:
    """A client with the person's session."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(body: bytes) -> str:
    """What a page says, without markup."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", body.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bare)))
