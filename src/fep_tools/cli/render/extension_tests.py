"""Render the results of ``fep extensions test``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..._text import safe
from ...extensions.results import Outcome, TargetRecord, TestRecord, TestReport

_FAILURES = (Outcome.BREAKS, Outcome.TIMED_OUT)


def exit_status(report: TestReport) -> int:
    """Return 1 if something is broken, 2 if something could not be tried, else 0.

    If two versions of Flask were compared, only what the newer one is blamed for is broken.
    """
    if report.against and any(record.blamed for record in report.tests):
        return 1
    if not report.against and any(record.outcome in _FAILURES for record in report.tests):
        return 1
    return 2 if any(record.outcome is Outcome.NOT_TRIED for record in report.tests) else 0


def text(report: TestReport) -> str:
    """Return a line for each extension, below it the reason, and a summary."""
    title = f"{_target(report.target)}, Python {report.python}"
    if report.against:
        title += f"; compared with {_target(report.against)}"
    labels = [f"{record.name} {record.version or ''}".rstrip() for record in report.tests]
    width = max(map(len, labels), default=0)
    lines = [title]
    for label, record in zip(labels, report.tests, strict=True):
        lines.append(f"  {safe(label, None):{width}}  {_outcome(record, report)}")
        lines += (f"      {safe(detail, None)}" for detail in _details(record))
    lines.append(_summary(report))
    return "".join(f"{line}\n" for line in lines)


def _target(target: TargetRecord) -> str:
    return f"Flask {safe(target.flask)} with the releases up to {target.date}"


def _outcome(record: TestRecord, report: TestReport) -> str:
    words = [record.outcome.value]
    if record.outcome in (Outcome.WORKS, Outcome.WARNS) and not record.application:
        words.append("(imported only)")
    if record.flaky:
        words.append("(flaky: not in every run)")
    if report.against and record.before:
        flask = safe(report.against.flask)
        if record.blamed:
            words.append(f"(new: with {flask} it {record.before})")
        elif record.blamed is None:
            words.append(f"(nothing to compare with: with {flask} it {record.before})")
        elif record.outcome is not Outcome.WORKS:
            words.append(f"(as before: with {flask} it {record.before})")
    return " ".join(words)


def _details(record: TestRecord) -> Iterator[str]:
    """Yield the reason, the deprecations, and the packages that changed."""
    if record.reason:
        yield record.reason + (f"  ({record.at})" if record.at else "")
    for warning in record.warnings:
        yield f"{warning.text}  ({warning.at})"
    if record.changed:
        yield f"changed: {', '.join(record.changed)}"


def _summary(report: TestReport) -> str:
    counts = Counter(record.outcome for record in report.tests)
    parts = [f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]]
    if report.against:
        blamed = sum(1 for record in report.tests if record.blamed)
        unknown = sum(1 for record in report.tests if record.blamed is None)
        parts.append(f"{blamed} broken or deprecated by what is newer, {unknown} unknown")
    return f"{len(report.tests)} tested: {', '.join(parts)}"
