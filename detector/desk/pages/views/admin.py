"""For administrators: people, clients of the API, webhooks; every act is an event of the ledger."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from detector.desk.api.keys import SCOPES, add_client, close_client, rotate_key
from detector.desk.api.models import Client
from detector.desk.errors import DeskError
from detector.desk.outbox.deliver import resend
from detector.desk.outbox.models import Delivery, Target
from detector.desk.outbox.targets import add_target, close_target
from detector.desk.pages.complaints import complaint
from detector.desk.people.adding import add_person, change_person
from detector.desk.people.gate import permitted, person_of
from detector.desk.people.models import User
from detector.desk.people.roles import May, Role


@require_GET
@permitted(May.MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with role and pseudonym."""
    context = {"people": User.objects.order_by("username"), "roles": list(Role)}
    return render(request, "desk/people.html", context)


@require_POST
@permitted(May.MANAGE)
def person_add(request: HttpRequest) -> HttpResponse:
    """A new person, with a password to be changed; it is shown once."""
    name, role = request.POST.get("name", "").strip()[:150], request.POST.get("role", "")
    if not name or role not in set(Role):
        messages.error(request, _("A name and a role are needed."))
        return redirect("people")
    password = secrets.token_urlsafe(12)
    try:
        add_person(name, password, Role(role), person_of(request).actor, timezone.now())
    except DeskError:
        messages.error(request, _("There is somebody of this name."))
        return redirect("people")
    messages.success(
        request, _("First password of %(name)s, shown once: %(password)s")
        % {"name": name, "password": password},
    )  # fmt: skip
    return redirect("people")


@require_POST
@permitted(May.MANAGE)
def person_change(request: HttpRequest, pseudonym: str) -> HttpResponse:
    """Another role, or no access any more."""
    person, role = get_object_or_404(User, pseudonym=pseudonym), request.POST.get("role", "")
    if role in set(Role):
        active = request.POST.get("active") == "1"
        try:
            change_person(person, Role(role), active, person_of(request).actor, timezone.now())
        except DeskError:
            messages.error(request, _("The last administrator cannot be taken away."))
    return redirect("people")


@require_GET
@permitted(May.MANAGE)
def clients(request: HttpRequest) -> HttpResponse:
    """The systems that call the API."""
    context = {"clients": Client.objects.order_by("name"), "scopes": SCOPES}
    return render(request, "desk/clients.html", context)


@require_POST
@permitted(May.MANAGE)
def client_add(request: HttpRequest) -> HttpResponse:
    """A new client; its key is shown once."""
    scopes = [scope for scope in SCOPES if scope in request.POST.getlist("scope")]
    try:
        key = add_client(
            request.POST.get("name", "").strip(), scopes, person_of(request).actor, timezone.now()
        )
    except DeskError:
        messages.error(request, _("A new name of up to 64 characters and a scope are needed."))
        return redirect("clients")
    messages.success(request, _("The key, shown once: %(key)s") % {"key": key})
    return redirect("clients")


@require_POST
@permitted(May.MANAGE)
def client_rotate(request: HttpRequest, client_id: int) -> HttpResponse:
    """A new key; the old one is good for a day."""
    client = get_object_or_404(Client, pk=client_id)
    key = rotate_key(client.pk, person_of(request).actor, timezone.now())
    messages.success(request, _("The key, shown once: %(key)s") % {"key": key})
    return redirect("clients")


@require_POST
@permitted(May.MANAGE)
def client_close(request: HttpRequest, client_id: int) -> HttpResponse:
    """No access any more, at once."""
    client = get_object_or_404(Client, pk=client_id)
    close_client(client.pk, person_of(request).actor, timezone.now())
    return redirect("clients")


@require_GET
@permitted(May.MANAGE)
def webhooks(request: HttpRequest) -> HttpResponse:
    """Targets, and messages that did not arrive."""
    pending = Delivery.objects.select_related("target").exclude(attempts=0).filter(sent_at=None)
    context = {
        "targets": Target.objects.order_by("id"),
        "troubled": pending.order_by("-id")[:100],
        "waiting": Delivery.objects.filter(sent_at=None).exclude(next_at=None).count(),
        "dead": Delivery.objects.filter(sent_at=None, next_at=None).count(),
    }
    return render(request, "desk/webhooks.html", context)


@require_POST
@permitted(May.MANAGE)
def webhook_add(request: HttpRequest) -> HttpResponse:
    """A new target; its secret is shown once."""
    url, client = request.POST.get("url", "").strip()[:500], request.POST.get("client", "")[:64]
    try:
        target = add_target(url, client.strip(), person_of(request).actor, timezone.now())
    except DeskError as error:
        messages.error(request, complaint(error))
        return redirect("webhooks")
    messages.success(request, _("The secret, shown once: %(key)s") % {"key": target.secret})
    return redirect("webhooks")


@require_POST
@permitted(May.MANAGE)
def webhook_close(request: HttpRequest, target_id: int) -> HttpResponse:
    """No more messages to a target."""
    close_target(
        get_object_or_404(Target, pk=target_id).pk, person_of(request).actor, timezone.now()
    )
    return redirect("webhooks")


@require_POST
@permitted(May.MANAGE)
def delivery_resend(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Give a dead message another day."""
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    resend(delivery.pk, person_of(request).actor, timezone.now())
    return redirect("webhooks")
