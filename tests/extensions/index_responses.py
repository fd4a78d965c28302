"""Responses of a package index, made up in the form that Warehouse describes; no host is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from fep_tools.extensions.index import Response

URL = "https://index.example/simple"
WHEEL = b"the content of a wheel"


def file(name: str, day: str, **more: Any) -> dict[str, Any]:
    """Return a file as the document of a project has it."""
    return {
        "filename": name,
        "url": f"https://files.example/{name}",
        "digests": {"md5": "0" * 32, "sha256": sha256(WHEEL).hexdigest()},
        "size": len(WHEEL),
        "upload_time_iso_8601": f"{day}T14:53:19.123456Z",
        "requires_python": ">=3.7",
        "yanked": False,
        "yanked_reason": None,
        **more,
    }


def document(**info: Any) -> dict[str, Any]:
    """Return the document of a project with three releases; *info* replaces keys in ``info``."""
    return {
        "info": {
            "name": "Flask-Login",
            "version": "0.6.3",
            "requires_dist": ["Flask >=1.0.4", "Werkzeug >=1.0.1"],
            "requires_python": ">=3.7",
            "classifiers": ["Framework :: Flask", "Programming Language :: Python :: 3.12"],
            "home_page": "https://github.com/maxcountryman/flask-login",
            "project_urls": {"Documentation": "https://flask-login.readthedocs.io/"},
            **info,
        },
        "last_serial": 1,
        "releases": {
            "0.6.3": [file("Flask_Login-0.6.3-py3-none-any.whl", "2023-10-30")],
            "0.6.2": [
                file("Flask_Login-0.6.2-py3-none-any.whl", "2022-07-26"),
                file("Flask-Login-0.6.2.tar.gz", "2022-07-25"),
            ],
            "0.7.0.dev0": [file("Flask_Login-0.7.0.dev0-py3-none-any.whl", "2024-01-01")],
        },
        "vulnerabilities": [],
    }


class Server:
    """A fetch that answers from a table, and counts the requests."""

    def __init__(self, responses: Mapping[str, Response]) -> None:
        self.responses = dict(responses)
        self.requests: list[tuple[str, dict[str, str]]] = []

    def __call__(self, url: str, headers: Mapping[str, str], limit: int) -> Response:
        self.requests.append((url, dict(headers)))
        response = self.responses.get(url, Response(404, {}, b""))
        etag = response.headers.get("etag")
        if etag and headers.get("If-None-Match") == etag:
            return Response(304, {}, b"")
        return response


def response(value: Any, etag: str = '"1"') -> Response:
    """Return a response with JSON."""
    return Response(200, {"etag": etag} if etag else {}, json.dumps(value).encode())


def stale(value: Any, etag: str = '"1"') -> Response:
    """Return a response with JSON that the index wants to be asked about each time."""
    return Response(200, {"etag": etag, "cache-control": "no-cache"}, json.dumps(value).encode())
