"""What a proposal may say, while it is built: the same list by which it is checked (SEC-A3).

Docutils looks directives and roles up through two functions; for the time of one body they
are ours. Whatever is not on the list is shown as it was written, in a box that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.parsers.rst import directives
from docutils.parsers.rst import roles
from sphinx.util.typing import RoleFunction

from ..allowed import DIRECTIVES
from ..allowed import ROLES
from ..process import Process
from ..proposal import vocabulary
from .banners import banner
from .roles import LiteralRole
from .roles import roles_of
from .unlisted import Foreign
from .unlisted import guarded
from .unlisted import LocalContents
from .unlisted import Refused
from .unlisted import refused_role

# Docutils' own, from before Sphinx puts its domains in front of them.
_find_directive = directives.directive
_find_role = roles.role


@contextmanager
def restricted(process: Process, document: nodes.document) -> Iterator[None]:
    """While this lasts, *document* can say what *process* allows, and read or run nothing."""
    linking = roles_of(process)

    def find_directive(name: str, language: Any, _document: Any) -> Any:
        original = _find_directive(name.lower(), language, document)[0]
        return _directive(name.lower(), process, original), []

    def find_role(name: str, language: Any, line: int, reporter: Any) -> Any:
        original = _find_role(name.lower(), language, line, reporter)[0]
        return _role(name.lower(), process, linking, original), []

    with (
        _changed(document.settings, file_insertion_enabled=False, raw_enabled=False),
        _changed(directives, directive=find_directive),
        _changed(roles, role=find_role),
    ):
        yield


@contextmanager
def _changed(thing: Any, **values: Any) -> Iterator[None]:
    before = {name: getattr(thing, name) for name in values}
    vars(thing).update(values)
    try:
        yield
    finally:
        vars(thing).update(before)


def _directive(name: str, process: Process, original: type[Directive] | None) -> type[Directive]:
    words = vocabulary(process)
    if name in words.banners:
        return banner(process, name)
    if name in words.opaque:
        return Foreign
    if name == "contents":
        return LocalContents
    if name in DIRECTIVES and original is not None:
        return guarded(original)
    return Refused


def _role(
    name: str,
    process: Process,
    linking: Mapping[str, RoleFunction],
    original: Any,
) -> RoleFunction:
    if name in linking:
        return linking[name]
    if vocabulary(process).is_literal(name):
        return LiteralRole()
    known = name in ROLES or not name
    found: RoleFunction = original if known and original is not None else refused_role
    return found
