"""What went wrong, said to people: by the sort of error, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from detector.desk.errors import BadTarget, ClaimLost, DeskError, NotAllowed


def complaint(error: DeskError) -> str:
    """The sentence for an error of the desk."""
    if isinstance(error, ClaimLost):
        return _("The case is not yours: another reviewer has it, or your lease has run out.")
    if isinstance(error, NotAllowed):
        return _("You may not do this. Closing an account needs a second person, a senior.")
    if isinstance(error, BadTarget):
        return _("This address cannot be called: %(why)s") % {"why": str(error)}
    return _("This cannot be done now: something has happened to the case, or a reason is missing.")
