"""Links of Markdown texts to the files of other proposals."""

from __future__ import annotations

from dataclasses import replace
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from ..process.model import Process
from .body import Body, Link
from .rst.allowlist import url_scheme


def target_path(url: str, path: str) -> str:
    """Return the path of the file that a relative URL leads to; empty if it leads to none.

    :param path: The path of the file with the link.
    """
    target = url.partition("#")[0].partition("?")[0]
    if not target or url_scheme(url) or target.startswith(("/", "\\")):
        return ""
    found = normpath(join(dirname(path), unquote(target)))
    return "" if found.startswith("../") else found


def with_references(body: Body, path: str, process: Process) -> Body:
    """Return *body* in which links to files of proposals are references to these proposals.

    In Markdown, ``[EIP-20](./eip-20.md#abstract)`` is what a role is in reStructuredText, and the
    same rules judge it.
    """
    role = process.acronym.lower()
    return replace(body, links=tuple(_reference(link, path, role, process) for link in body.links))


def _reference(link: Link, path: str, role: str, process: Process) -> Link:
    found = "" if link.role else target_path(link.target, path)
    parts = process.files.match(found) if found else None
    if not parts:
        return link
    fragment = link.target.partition("#")[2]
    return link._replace(role=role, target=parts["number"], fragment=fragment)
