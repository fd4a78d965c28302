"""A verdict as JUnit's XML: a suite for each file, and a case for each finding.

There is no standard; this is what the schemas of Jenkins and of Maven's Surefire have in
common. Columns are told in words only, in code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic
from . import concise
from .context import counted_in, ReportContext


def render(verdict: CheckResult, about: ReportContext) -> str:
    """*verdict* as XML, with a line end; where nothing was found, one case that passed."""
    found = counted_in(verdict)
    tests = max(1, len(found))
    head = _open("testsuites", name="fep check", tests=tests, failures=len(found), errors=0)
    body = list(_suites(found, about)) or list(_passed())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</testsuites>"]
    return "\n".join(lines) + "\n"


def _passed() -> Iterator[str]:
    yield _open("testsuite", name="fep check", tests=1, failures=0, errors=0)
    yield _open("testcase", classname="fep", name="every rule") + "</testcase>"
    yield "</testsuite>"


def _suites(found: list[Diagnostic], about: ReportContext) -> Iterator[str]:
    for path, group in groupby(found, key=lambda told: told.path):
        cases = list(group)
        name = about.path(path)
        yield _open("testsuite", name=name, tests=len(cases), failures=len(cases), errors=0)
        yield from (_case(told, name) for told in cases)
        yield "</testsuite>"


def _case(told: Diagnostic, path: str) -> str:
    name = f"{told.code} {told.name}, line {told.span.line}"
    case = _open("testcase", classname=path, name=name)
    failure = _open("failure", type=str(told.severity), message=told.message)
    return f"{case}{failure}{escape(concise.line(told))}</failure></testcase>"


def _open(tag: str, **attributes: str | int) -> str:
    written = (f" {name}={_quoted(str(value))}" for name, value in attributes.items())
    return f"<{tag}{''.join(written)}>"


def _quoted(text: str) -> str:
    """*text* as an attribute; XML has no way to write most of what does not print."""
    return quoteattr(safe(text, None))
