"""What checking and building report of the same files, to compare the two."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from fep_tools.diagnostics import CheckOptions
from fep_tools.lint import testing
from fep_tools.proposals.rst.messages import explain_messages
from fep_tools.repository import Repository
from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions

# Messages about several places, of which docutils gives any.
_ABOUT_SEVERAL = ("Too many autonumbered", "Anonymous hyperlink mismatch", "Indirect hyperlink")


class Report(NamedTuple):
    """One message. The line is 0 if it is unknown."""

    path: str
    line: int
    text: str


CODES = (
    "B001", "B002", "B003", "B004", "B009", "B021", "B023", "B040", "B041", "B042", "B043", "B079",
)  # fmt: skip
"""The rules about what the build warns of, or leaves out."""

# proposals/tip-0002.rst:11: WARNING: there is no label 'nowhere' in this proposal [fep.link]
_WARNING = re.compile(r"(?P<path>[^:\n]+):(?P<line>\d*):* (?:WARNING|ERROR|CRITICAL): (?P<text>.*)")


TOLERANCE = 8
"""How many lines apart the two may report the same: Sphinx often has the line of the paragraph."""

ANY_DISTANCE = TOLERANCE + 1


def compare(root: Path, output: Path, codes: tuple[str, ...] = CODES) -> list[str]:
    """Check and build a repository, and return what only one of the two reports."""
    checked, built = _check(root, codes), _build(root, output, codes)
    assert checked
    assert built
    files = {report.path for report in checked}
    for distance in (*range(TOLERANCE + 1), ANY_DISTANCE):
        for report in checked[:]:
            match = next((other for other in built if _are_near(report, other, distance)), None)
            if match:
                checked.remove(report)
                built.remove(match)
    # What has no line may also be the same as another message of its file.
    built = [report for report in built if report.line or report.path not in files]
    return [
        f"{path}:{line}: only {name}: {text}"
        for name, reports in (("check", checked), ("build", built))
        for path, line, text in sorted(reports)
    ]


def _are_near(one: Report, other: Report, distance: int) -> bool:
    is_near = abs(one.line - other.line) <= distance if other.line else distance == ANY_DISTANCE
    return one.path == other.path and is_near


def _check(root: Path, codes: tuple[str, ...]) -> list[Report]:
    options = CheckOptions(testing.TODAY, select=codes)
    found = Repository.open(root).check(options).diagnostics
    reports = (Report(d.path, d.span.line, f"{d.code} {d.message}".casefold()) for d in found)
    return list(dict.fromkeys(reports))


def _build(root: Path, output: Path, codes: tuple[str, ...]) -> list[Report]:
    stream = StringIO()
    build(BuildOptions(root=root, output=output, jobs=2), stream, lambda _doing: None)
    reports: dict[str, list[Report]] = {}
    for match in map(_WARNING.fullmatch, stream.getvalue().split("\n")):
        code = re.match(r"B[0-9]{3}(?= )", match["text"]) if match else None
        if match and not (code and code[0] not in codes):  # a message may have a second line
            text = match["text"].removesuffix(" [docutils]")
            line = 0 if text.startswith(_ABOUT_SEVERAL) else int(match["line"] or 0)
            reports.setdefault(match["path"], []).append(Report(match["path"], line, text))
    # Docutils has several messages for one cause, which checking explains once.
    causes = {
        (of_file[index].path, of_file[index].line, explanation.message.casefold()): of_file[index]
        for of_file in reports.values()
        for index, explanation in explain_messages([report.text for report in of_file])
    }
    return list(causes.values())
