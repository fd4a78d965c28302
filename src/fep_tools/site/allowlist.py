"""What a proposal may say, while it is built: the same list by which it is checked (SEC-A3).

Docutils looks directives and roles up through two functions; for the time of one body they
are ours. Whatever is not on the list is shown as it was written, in a box that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from sphinx.util.typing import RoleFunction

from ..process.model import Process
from ..proposals.model import build_vocabulary
from ..proposals.rst.allowlist import DIRECTIVES, ROLES
from .banners import banner
from .refusals import CONTENTS, Foreign, guarded, refused_role, RefusedDirective
from .roles import LiteralRole, roles_of

# Docutils' own, from before Sphinx puts its domains in front of them.
_find_directive = directives.directive
_find_role = roles.role


@contextmanager
def allowed_only(process: Process, document: nodes.document) -> Iterator[None]:
    """While this lasts, *document* can say what *process* allows, and read or run nothing."""
    allowed = _Allowed(process)

    def find_directive(name: str, language: Any, _document: Any) -> Any:
        original = _find_directive(name.lower(), language, document)[0]
        return allowed.directive(name.lower(), original), []

    def find_role(name: str, language: Any, line: int, reporter: Any) -> Any:
        original = _find_role(name.lower(), language, line, reporter)[0]
        return allowed.role(name.lower(), original), []

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


class _Allowed:
    """What stands for each name: docutils' own where it is on the list, and ours where not."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.words = build_vocabulary(process)
        self.linking = roles_of(process)

    def directive(self, name: str, original: Any) -> type[Directive]:
        if name in self.words.banners:
            return banner(self.process, name)
        if name in self.words.opaque or name == CONTENTS:
            return Foreign
        if name in DIRECTIVES and original is not None:
            return guarded(original)
        return RefusedDirective

    def role(self, name: str, original: Any) -> RoleFunction:
        if name in self.linking:
            return self.linking[name]
        if self.words.is_literal(name):
            return LiteralRole()
        known = name in ROLES or not name
        found: RoleFunction = original if known and original is not None else refused_role
        return found
