"""Filters that put codes into words and make strangers' text harmless to look at."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from detector.desk.pages import wording
from detector.desk.pages.pieces import Piece, pieces

register = template.Library()


@register.filter
def lane(code: str) -> str | Promise:
    """A lane."""
    return wording.LANES.get(code, code)


@register.filter
def state(code: str) -> str | Promise:
    """A state."""
    return wording.STATES.get(code, code)


@register.filter
def action(code: str) -> str | Promise:
    """An action."""
    return wording.ACTIONS.get(code, code)


@register.filter
def reason(code: str) -> str | Promise:
    """A reviewer's reason."""
    return wording.REASONS.get(code, code)


@register.filter
def role(code: str) -> str | Promise:
    """A role."""
    return wording.ROLES.get(code, code)


@register.filter
def act(code: str) -> str | Promise:
    """What a role permits."""
    return wording.ACTS.get(code, code)


@register.filter
def column(code: str) -> str | Promise:
    """A column of the input."""
    return wording.COLUMNS.get(code, code)


@register.filter
def value(code: str) -> str | Promise:
    """A value of the input, where it is one of a closed set."""
    return wording.VALUES.get(code, code)


@register.filter
def event_kind(code: str) -> str | Promise:
    """A kind of event."""
    return wording.EVENTS.get(code, code)


@register.filter
def fate(code: str) -> str | Promise:
    """What becomes of a clause."""
    return wording.FATES.get(code, code)


@register.filter
def outcome(code: str) -> str:
    """An outcome."""
    return wording.outcome_word(code)


@register.filter
def field(code: str) -> str:
    """A field of the account."""
    return wording.field_word(code)


@register.filter
def kind(code: str) -> str:
    """A sort of body."""
    return wording.kind_word(code)


@register.filter
def said(sentence: str) -> str:
    """A sentence of the law layer, in the language of the page."""
    return wording.said(sentence)


@register.filter
def safely(text: object) -> list[Piece]:
    """A stranger's text in pieces."""
    return pieces(str(text))


@register.filter
def age(moment: datetime) -> str:
    """How long ago, shortly: 12 min, 3 h, 5 d."""
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds >= 2 * 86400:
        return _("%(n)d d") % {"n": seconds // 86400}
    if seconds >= 3600:
        return _("%(n)d h") % {"n": seconds // 3600}
    return _("%(n)d min") % {"n": seconds // 60}
