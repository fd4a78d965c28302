"""JUnit XML: a test suite per file, and a failed test case per finding.

There is no standard. This is what the schemas of Jenkins (``junit-10.xsd`` of its xUnit
plug-in) and of Maven Surefire have in common. Columns occur in the text only, in code points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from xml.sax.saxutils import escape, quoteattr

from ..._text import safe
from ...diagnostics import CheckResult, Diagnostic
from . import concise
from .context import ReportContext


def render(result: CheckResult, context: ReportContext) -> str:
    """Return the report as XML. Without findings it has one test case that passed."""
    diagnostics = result.relevant
    tests = max(1, len(diagnostics))
    root = _open_tag(
        "testsuites", name="fep check", tests=tests, failures=len(diagnostics), errors=0
    )
    suites = list(_suites(diagnostics, context)) or list(_passed_suite())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', root, *suites, "</testsuites>"]
    return "\n".join(lines) + "\n"


def _passed_suite() -> Iterator[str]:
    yield _open_tag("testsuite", name="fep check", tests=1, failures=0, errors=0)
    yield _open_tag("testcase", classname="fep", name="every rule") + "</testcase>"
    yield "</testsuite>"


def _suites(diagnostics: Sequence[Diagnostic], context: ReportContext) -> Iterator[str]:
    for path, group in groupby(diagnostics, key=attrgetter("path")):
        cases = list(group)
        name = context.path(path)
        yield _open_tag("testsuite", name=name, tests=len(cases), failures=len(cases), errors=0)
        yield from (_case(diagnostic, name) for diagnostic in cases)
        yield "</testsuite>"


def _case(diagnostic: Diagnostic, path: str) -> str:
    name = f"{diagnostic.code} {diagnostic.name}, line {diagnostic.span.line}"
    case = _open_tag("testcase", classname=path, name=name)
    failure = _open_tag("failure", type=str(diagnostic.severity), message=diagnostic.message)
    return f"{case}{failure}{escape(concise.line(diagnostic))}</failure></testcase>"


def _open_tag(tag: str, **attributes: str | int) -> str:
    # XML 1.0 cannot express most control characters, not even as references, so safe() shows
    # them as visible escapes.
    written = (f" {name}={quoteattr(safe(str(value), None))}" for name, value in attributes.items())
    return f"<{tag}{''.join(written)}>"
