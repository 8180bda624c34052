"""Which addresses a webhook may call: public ones only, looked up once and then held to.

The address is resolved, every answer is checked, and the connection goes to the very address that
was checked: a name that resolves differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from detector.desk.errors import BadTarget

_SCHEMES = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Place:
    """A checked address: connect to `ip`, speak to `host`."""

    https: bool
    host: str
    port: int
    ip: str
    path: str


def place_of(url: str, private: bool) -> Place:
    """The place of a URL. Raises BadTarget; private: addresses that are not public are allowed."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadTarget(f"no address: {error}") from error
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise BadTarget("write https://HOST/PATH")
    if parts.scheme == "http" and not private:
        raise BadTarget("only https:// is called")
    if parts.username or parts.password:
        raise BadTarget("the address holds a user name or password")
    if any(ord(character) <= 32 or ord(character) == 127 for character in url):
        raise BadTarget("the address holds blanks or control characters")
    port = port or _SCHEMES[parts.scheme]
    addresses = _resolve(parts.hostname, port)
    bad = [ip for ip in addresses if not _public(ip)]
    if bad and not private:
        raise BadTarget(f"{parts.hostname} leads to {bad[0]}, which is not public")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme == "https", parts.hostname, port, addresses[0], path)


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadTarget(f"{host}: no address is known") from error
    return [str(one[4][0]) for one in found]


def _public(text: str) -> bool:
    """Whether an address is a public one; what is wrapped in IPv6 is unwrapped before."""
    ip = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64, RFC 6052
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _public(str(inner))
    return ip.is_global and not ip.is_multicast
