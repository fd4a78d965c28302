"""Make a snapshot: ask a source about each watched extension, and decide the criteria."""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol

from .._progress import report as report_progress
from .._text import safe
from .criteria import decide, Decision, ExtensionFacts, flask_requirements, python_versions, State
from .index import IndexUnavailable
from .model import Criterion, Extension, ExtensionList, normalize
from .project import Project
from .results import Outcome, TestRecord, TestReport
from .snapshot import CriterionResult, CriterionTitle, ExtensionState, Snapshot, VulnerabilityRecord


class ProjectSource(Protocol):
    """Knows projects: :class:`.index.Index`, or :class:`.local.DistributionDirectory`."""

    def project(self, name: str) -> Project:
        """Return what is known about a project.

        :raises IndexUnavailable: if nothing is.
        """


def make_snapshot(
    listed: ExtensionList,
    source: ProjectSource,
    today: date,
    kind: Literal["index", "files"] = "index",
    tests: TestReport | None = None,
) -> Snapshot:
    """Return the state of the watched extensions.

    A project that cannot be read has a problem, and unknown criteria.

    :param source: what knows the projects.
    :param today: the day of the snapshot.
    :param kind: what *source* is.
    :param tests: the last results of tests; they count if they are about the newest Flask.
    """
    flask = _newest_version(source, "flask")
    records = {}
    if tests and tests.target.flask == flask:
        records = {normalize(record.name): record for record in tests.tests}
    states = []
    for done, extension in enumerate(listed.extensions):
        report_progress("reading {share} of {total} projects", done, len(listed.extensions))
        facts = _facts(extension, source, flask, records.get(extension.key))
        states.append(_state(extension, listed.criteria, facts, today))
    return Snapshot(
        date=today,
        source=kind,
        flask=flask or None,
        criteria=tuple(CriterionTitle(key=c.key, title=c.title) for c in listed.criteria),
        extensions=tuple(states),
    )


def _newest_version(source: ProjectSource, name: str) -> str:
    try:
        newest = source.project(name).newest
    except IndexUnavailable:
        return ""
    return newest.version if newest else ""


def _facts(
    extension: Extension, source: ProjectSource, flask: str, record: TestRecord | None
) -> ExtensionFacts:
    try:
        project = source.project(extension.name)
    except IndexUnavailable as problem:
        # The name of the project is in the report already.
        reason = str(problem).removeprefix(f"{normalize(extension.name)}: ")
        return ExtensionFacts(None, safe(reason), flask)
    return ExtensionFacts(project, "", flask, _trial(record, project) if record else None)


def _trial(record: TestRecord, project: Project) -> Decision:
    """Return whether the newest release works, by the result of a test."""
    if project.newest is None or record.version != project.newest.version:
        return Decision(State.UNKNOWN, f"{record.version or 'no version'} was tested")
    text = f"{record.outcome}: {record.reason}" if record.reason else str(record.outcome)
    return Decision(_STATES.get(record.outcome, State.UNKNOWN), safe(text, None))


_STATES = {
    Outcome.WORKS: State.MET,
    Outcome.WARNS: State.MET,
    Outcome.BREAKS: State.NOT_MET,
}
"""The meaning of the outcomes that decide the criterion.

An extension that cannot be installed may only need something without a wheel.
"""


def _state(
    extension: Extension, criteria: tuple[Criterion, ...], facts: ExtensionFacts, today: date
) -> ExtensionState:
    results = []
    for criterion in criteria:
        decision = decide(criterion, facts)
        results.append(
            CriterionResult(key=criterion.key, state=decision.state, reason=decision.reason)
        )
    project, metadata = facts.project, facts.metadata
    newest = project.newest if project else None
    released = newest.uploaded.date() if newest and newest.uploaded else None
    requirements = flask_requirements(metadata) if metadata else None
    return ExtensionState(
        name=extension.name,
        repository=extension.repository or None,
        version=newest.version if newest else None,
        released=released,
        age=(today - released).days if released else None,
        python=python_versions(metadata) or None if metadata else None,
        flask=(" and ".join(filter(None, requirements)) or "any") if requirements else None,
        withdrawn=_withdrawn(project),
        vulnerabilities=_vulnerabilities(project),
        owners=len(project.owners) if project and project.owners is not None else None,
        problem=facts.problem or None,
        criteria=tuple(results),
    )


def _withdrawn(project: Project | None) -> tuple[str, ...] | None:
    if project is None or not project.is_complete:
        return None
    return tuple(release.version for release in project.releases if release.is_yanked)


def _vulnerabilities(project: Project | None) -> tuple[VulnerabilityRecord, ...] | None:
    if project is None or project.vulnerabilities is None:
        return None
    return tuple(
        VulnerabilityRecord(id=v.id, aliases=v.aliases, fixed_in=v.fixed_in)
        for v in project.vulnerabilities
    )
