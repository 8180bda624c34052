"""Sending one message: signed as Standard Webhooks has it, to a checked address, without redirects.

Headers `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,BASE64(HMAC-SHA256(id.timestamp.body))`
(standardwebhooks.com, specification 1.0).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import socket
import ssl

from detector.desk.outbox.guard import Place, place_of

TIMEOUT = 10.0  # seconds to connect, and between two bytes


def signature(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """The value of `webhook-signature`."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def send(url: str, secret: str, message_id: str, body: str, timestamp: int, private: bool) -> str:
    """Post the message; "" where it was taken (2xx), else what went wrong."""
    place = place_of(url, private)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "detector-desk",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }
    connection = _Pinned(place)
    try:
        connection.request("POST", place.path, body.encode(), headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}"
    finally:
        connection.close()
    return "" if 200 <= status < 300 else f"answered {status}"


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, under the name that was asked for."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.host, place.port, timeout=TIMEOUT)
        self._place = place

    def connect(self) -> None:
        """Open it."""
        raw = socket.create_connection((self._place.ip, self._place.port), TIMEOUT)
        if not self._place.https:
            self.sock = raw
            return
        self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self._place.host)
