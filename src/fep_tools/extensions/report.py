"""Make a snapshot: ask a source about each watched extension, and decide the criteria."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, Protocol

from .._progress import report as report_progress
from .._text import safe
from .criteria import decide, Decision, Facts, flask_requirements, python_versions
from .index import IndexUnavailable
from .model import Criterion, Extension, ExtensionList, normalize
from .project import Project
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
    trials: Mapping[str, Decision] | None = None,
) -> Snapshot:
    """Return the state of the watched extensions.

    A project that cannot be read has a problem, and unknown criteria.

    :param source: what knows the projects.
    :param today: the day of the snapshot.
    :param kind: what *source* is.
    :param trials: the last test with the newest Flask, by normalized name.
    """
    flask = _newest_version(source, "flask")
    states = []
    for done, extension in enumerate(listed.extensions):
        report_progress("reading {share} of {total} projects", done, len(listed.extensions))
        facts = _facts(extension, source, flask, trials or {})
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
    extension: Extension, source: ProjectSource, flask: str, trials: Mapping[str, Decision]
) -> Facts:
    trial = trials.get(extension.key)
    try:
        return Facts(source.project(extension.name), "", flask, trial)
    except IndexUnavailable as problem:
        # The name of the project is in the report already.
        reason = str(problem).removeprefix(f"{normalize(extension.name)}: ")
        return Facts(None, safe(reason), flask, trial)


def _state(
    extension: Extension, criteria: tuple[Criterion, ...], facts: Facts, today: date
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
