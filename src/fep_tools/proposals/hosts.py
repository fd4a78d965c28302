"""Hosts of URLs: those that no browser can open, and that programs which read URLs fail at."""

from __future__ import annotations

import re

_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#\\]*)", re.IGNORECASE)
_MAX_LENGTH = 255
"""Characters of a host (RFC 1035, section 2.3.4)."""

_ADDRESS = re.compile(r"\[([0-9a-f:.]+)\](?::[0-9]*)?", re.IGNORECASE)


def is_impossible_host(url: str) -> bool:
    """Return whether a URL names a host that cannot exist: ``http://[::1/``, ``http://é..org/``.

    Brackets are only around an address (RFC 3986, section 3.2.2), and each part of a name can be
    written in ASCII (RFC 3490). That the parts of a name in ASCII are not empty is not looked at:
    in a sentence about URLs, ``http://...`` is an example.
    """
    match = _AUTHORITY.match(url)
    authority = match[1] if match else ""
    has_brackets = "[" in authority or "]" in authority
    if authority.isascii() and not has_brackets:
        return False
    from ipaddress import IPv6Address
    from urllib.parse import urlsplit

    try:
        if has_brackets:
            address = _ADDRESS.fullmatch(authority)
            return address is None or not IPv6Address(address[1])
        host = authority.rpartition("@")[2].partition(":")[0]
        if len(host) > _MAX_LENGTH:
            return True
        # The first one finds what becomes another separator, such as U+2100, which is "a/c".
        urlsplit(f"http://{authority}")
        host.encode("idna")
    except ValueError:
        return True
    return False
