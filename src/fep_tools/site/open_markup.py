"""What may be on pages that anybody can propose, and that are no proposals.

They have most of docutils and Sphinx, by name. What is refused, or fails, is shown as it was
written, with a warning. See docs/security.rst, *sec-site*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from docutils.frontend import Values
from docutils.parsers.rst import Directive, DirectiveError, directives, roles
from docutils.parsers.rst.directives.misc import Date
from docutils.parsers.rst.states import SubstitutionDef
from sphinx.domains.std import GenericObject
from sphinx.util import logging

from .._clock import today
from ..proposals.rst import lookup
from ..proposals.rst.allowlist import (
    DIRECTIVES,
    GRAMMAR,
    is_refused_option,
    LABEL_ROLES,
    MAX_COLUMNS,
    ROLES,
)
from ..proposals.rst.back_end import RoleFunction, RoleResult
from ..proposals.rst.classes import own_class
from ..proposals.rst.guards import AnyDirective, bounded
from ..proposals.rst.includes import INCLUDES
from .allowlist import no_insertions, refused_box, refused_role
from .equations import EquationRole, MathDirective
from .page_includes import PageIncludes

logger = logging.getLogger(__name__)

_CORE = re.compile(
    r"(?:docutils|fep_tools|typing|sphinx\.(?:directives|domains|roles|util"
    r"|ext\.(?:extlinks|intersphinx)))\b"
)
"""Modules whose directives and roles anybody may use; with ``typing.Generic``, a base of some."""

# Not C and C++: Sphinx's parser of their names goes back and tries again. "a<a<a<a<a<a<b" takes
# minutes, when the page is written; so may the role "any", which asks all domains.
_OBJECT = re.compile("(?:py|js|rst):[a-z:]+")

_DIRECTIVES = DIRECTIVES | frozenset(
    ("acks", "attribute", "centered", "classmethod", "cmdoption", "codeauthor", "confval",
     "cssclass", "currentmodule", "data", "date", "decorator", "default-role", "describe",
     "envvar", "exception", "function", "glossary", "highlight", "hlist", "index", "line-block",
     "meta", "method", "module", "moduleauthor", "object", "only", "option", "productionlist",
     "program", "property", "role", "rst-class", "sectionauthor", "staticmethod",
     "tabularcolumns", "target-notes", "title", "toctree", "version-added",
     "version-changed", "version-deprecated", "version-removed")
)  # fmt: skip
"""The directives of docutils and Sphinx on pages that anybody can propose."""

_ROLES = ROLES | LABEL_ROLES | frozenset(
    ("abbreviation", "acronym", "attr", "class", "command", "confval", "const", "cve", "cwe",
     "data", "deco", "dfn", "doc", "download", "envvar", "exc", "func", "guilabel", "index",
     "keyword", "mailheader", "makevar", "manpage", "menuselection", "meth", "mimetype", "mod",
     "newsgroup", "numref", "obj", "option", "pep", "pep-reference", "program", "regexp", "rfc",
     "rfc-reference", "std:doc", "std:numref", "std:option", "std:term", "std:token", "term",
     "token", "type")
)  # fmt: skip
"""Their roles."""


@contextmanager
def core_only(settings: Values, includes: PageIncludes) -> Iterator[None]:
    """Let a page that anybody can propose use what cannot run or read anything, inside this block.

    That is what fep-tools defines, and what is listed of docutils and Sphinx. Directives and roles
    of extensions may import a module (``automodule``), evaluate an expression (``ifconfig``) or
    start a program.

    :param includes: The files that the page may include.
    """
    before = find_directive, find_role = directives.directive, roles.role
    defaults = [*filter(None, ("title-reference", settings.env.config.default_role))]

    def find_core_directive(name: str, language: Any, document: Any) -> Any:
        if name.lower() in INCLUDES:
            code = find_core_directive("code-block", language, document)[0]
            return _checked(includes.directive(name.lower(), code, _refuse_on_page)), []
        found, messages = find_directive(name, language, document)
        if found is None:
            return None, messages
        if name.lower() == "math":  # Sphinx writes labels into LaTeX as they are
            found = MathDirective
        if found is Date:
            found = _Day
        return (_checked(found) if _is_open(name, found, _DIRECTIVES) else _Refused), messages

    def find_core_role(name: str, language: Any, line: int, reporter: Any) -> Any:
        if name.lower() == "eq":
            return EquationRole(), []
        found, messages = find_role(name, language, line, reporter)
        if found is None:
            return None, messages

        def is_found(default: str) -> bool:
            return find_role(default, language, line, reporter)[0] is found

        # Without a name it is docutils' own, what conf.py names, or "default-role" on the page.
        names = [name] if name else filter(is_found, defaults)
        is_own = not name and found.__module__ == __name__  # which was judged there
        is_open = is_own or any(_is_open(each, found, _ROLES) for each in names)
        return (_careful(found) if is_open else _refused_page_role), messages

    lookup.replace_functions(find_core_directive, find_core_role)
    try:
        with no_insertions(settings):
            yield
    finally:
        lookup.replace_functions(*before)


def _is_open(name: str, found: Any, names: frozenset[str]) -> bool:
    """Return whether anybody may use a directive or role."""
    name = name.lower()
    is_named = name in names or _OBJECT.fullmatch(name) is not None
    return _is_core(found) and (is_named or _is_configured(name, found))


def _is_configured(name: str, found: Any) -> bool:
    """Return whether a name is from conf.py, the process or the page.

    Such as those of ``extlinks`` and ``add_object_type()``, and ``.. role:: red``.
    """
    if isinstance(found, type):  # of which Sphinx makes others for the directives of domains
        modules = [one.__module__ for one in found.__mro__]
        is_ours = any(module.startswith(("fep_tools.", "sphinx.ext.")) for module in modules)
        return is_ours or issubclass(found, GenericObject)
    is_of_domain = found.__module__ == "sphinx.domains" and not name.startswith(("c:", "cpp:"))
    is_ours = found.__module__.startswith(("fep_tools.", "sphinx.ext."))
    return is_of_domain or is_ours or isinstance(found, roles.CustomRole)


def _is_core(found: Any) -> bool:
    """Return whether a directive or role is from a module in :data:`_CORE`, with all its bases."""
    classes = found.__mro__[:-1] if isinstance(found, type) else [found]
    return all(_CORE.match(one.__module__) for one in classes)


def _checked(base: type[Directive]) -> type[Directive]:
    """Return *base*, refusing options that read a file, and showing what it fails on."""

    base = bounded(base)

    class Checked(base):  # type: ignore[misc, valid-type]
        def run(self) -> list[nodes.Node]:
            if any(is_refused_option(name, value) for name, value in self.options.items()):
                return _refuse_on_page(self, "has an option that reads a file, or has no bounds")
            if self.name.lower() == GRAMMAR and _longest_name(self.arguments) > MAX_COLUMNS:
                message = f"has a name of more than {MAX_COLUMNS} characters"
                return _refuse_on_page(self, message)
            if name := own_class(self):
                return _refuse_on_page(self, f"has {name!r}, a class of the site itself")
            result: list[nodes.Node]
            try:
                result = super().run()
            except (DirectiveError, MemoryError, RecursionError):  # which others report
                raise
            except Exception:  # ".. hlist::" with ":columns: 0"
                return _refuse_on_page(self, "fails on what is written")
            return result

    return Checked


def _careful(role: Any) -> RoleFunction:
    """Return a role that shows what it fails on, such as ``:guilabel:`File &```."""

    def careful(
        name: str, source: str, text: str, line: int, *arguments: Any, **options: Any
    ) -> Any:
        try:
            return role(name, source, text, line, *arguments, **options)
        except (MemoryError, RecursionError):  # which the limits of pages report
            raise
        except Exception:
            location = f"{arguments[0].document.current_source}:{line}"
            _warn_on_page("role", name, location, "fails on what is written")
            return refused_role(name, source, text)

    for attribute in ("options", "content"):  # which docutils looks for
        if hasattr(role, attribute):
            setattr(careful, attribute, getattr(role, attribute))
    return careful


def _longest_name(rules: list[str]) -> int:
    """Return the length of the longest name of a grammar; each line becomes as wide."""
    lines = "\n".join(rules).splitlines()
    return max((len(line.partition(":")[0].strip()) for line in lines), default=0)


class _Refused(AnyDirective):
    def run(self) -> list[nodes.Node]:
        """Show in a box what was written."""
        return _refuse_on_page(self)


class _Day(Date):
    """``.. |now| date:: %H:%M``, for the day of the build: two on one day are the same."""

    def run(self) -> list[nodes.Node]:
        """Return the text."""
        if not isinstance(self.state, SubstitutionDef):
            return list(super().run())  # the message that it must be in one
        return [nodes.Text(today().strftime("\n".join(self.content) or "%Y-%m-%d"))]


_NOT_CORE = (
    "may read files, run code or take long, and is only for pages that 'handbook' in [files] of "
    "the process names"
)


def _refuse_on_page(directive: Directive, problem: str = _NOT_CORE) -> list[nodes.Node]:
    source, line = directive.state_machine.get_source_and_line(directive.lineno)
    _warn_on_page("directive", directive.name, f"{source}:{line}", problem)
    return refused_box(directive, directive.name)


def _refused_page_role(name: str, source: str, text: str, line: int, inliner: Any) -> RoleResult:
    _warn_on_page("role", name, f"{inliner.document.current_source}:{line}")
    return refused_role(name, source, text)


def _warn_on_page(what: str, name: str, location: str, problem: str = _NOT_CORE) -> None:
    named = f"{what} {name!r}" if name else f"default {what}"
    logger.warning("the %s %s", named, problem, type="fep", subtype="page", location=location)
