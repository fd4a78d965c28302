"""How each criterion is decided: met, not met, or unknown and why.

What is not known is never taken for fine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from packaging.requirements import InvalidRequirement, Requirement

from .._text import join_words, plural, safe
from .model import CheckName, Criterion, normalize
from .project import Metadata, Project

MAX_REQUIREMENT = 1000
"""Characters of a requirement that is parsed; the time that a longer one takes has no limit."""


class State(StrEnum):
    """Whether a criterion is met."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Decision:
    """The state of a criterion, and what it was decided by."""

    state: State
    reason: str


@dataclass(frozen=True)
class ExtensionFacts:
    """What is known about one extension.

    :param project: what the index states; ``None`` if it could not be read.
    :param problem: why it could not be read.
    :param flask: the version of the newest Flask; ``""`` if it is not known.
    :param trial: the last test with that Flask, as state and reason; ``None`` if there is none.
    """

    project: Project | None
    problem: str = ""
    flask: str = ""
    trial: Decision | None = None

    @property
    def metadata(self) -> Metadata | None:
        """The declarations of the newest release, if they are known."""
        if self.project is None or self.project.newest is None:
            return None
        metadata = self.project.metadata
        is_newest = metadata and metadata.version == self.project.newest.version
        return metadata if is_newest else None


def decide(criterion: Criterion, facts: ExtensionFacts) -> Decision:
    """Return whether an extension meets *criterion*."""
    if facts.project is None:
        return _unknown(facts.problem)
    return _CHECKS[criterion.check](criterion, facts.project, facts)


def python_versions(metadata: Metadata) -> str:
    """Return the versions of Python that a release declares, such as ``>=3.7`` or ``3.7, 3.8``."""
    if metadata.requires_python:
        return metadata.requires_python
    prefix = "Programming Language :: Python :: "
    found = (c.removeprefix(prefix) for c in metadata.classifiers if c.startswith(prefix))
    return ", ".join(version for version in found if version[:1].isdigit() and " " not in version)


def flask_requirements(metadata: Metadata) -> list[str] | None:
    """Return the specifiers of Flask that a release requires, ``""`` for any version.

    :return: ``None`` if its requirements are not known or cannot be read.
    """
    if metadata.requires is None:
        return None
    try:
        return [str(requirement.specifier) for requirement in _flask(metadata.requires)]
    except InvalidRequirement:
        return None


def _flask(requires: tuple[str, ...]) -> Iterator[Requirement]:
    """Yield the requirements of Flask that do not belong to an extra."""
    for text in requires:
        requirement = _parse_requirement(text)
        is_extra = requirement.marker is not None and "extra" in str(requirement.marker)
        if normalize(requirement.name) == "flask" and not is_extra:
            yield requirement


def _parse_requirement(text: str) -> Requirement:
    """Return a requirement; raise :class:`InvalidRequirement` if it is none, or is too long."""
    if len(text) > MAX_REQUIREMENT:
        raise InvalidRequirement("is too long")
    try:
        return Requirement(text)
    except RecursionError:
        raise InvalidRequirement("is nested too deeply") from None


# The checks ---------------------------------------------------------------------------------------


def _met(reason: str) -> Decision:
    return Decision(State.MET, reason)


def _not_met(reason: str) -> Decision:
    return Decision(State.NOT_MET, reason)


def _unknown(reason: str) -> Decision:
    return Decision(State.UNKNOWN, reason)


def _released(_criterion: Criterion, project: Project, _facts: ExtensionFacts) -> Decision:
    if newest := project.newest:
        if not project.is_complete:
            return _unknown("whether the release was withdrawn was not stated")
        day = f", {newest.uploaded:%Y-%m-%d}" if newest.uploaded else ""
        return _met(f"{newest.version}{day}")
    if any(release.is_yanked for release in project.releases):
        return _not_met("all final releases were withdrawn")
    return _not_met("there is no final release with files")


def _python_declared(_criterion: Criterion, project: Project, facts: ExtensionFacts) -> Decision:
    if facts.metadata is None:
        return _no_metadata(project)
    if declared := python_versions(facts.metadata):
        return _met(safe(declared))
    return _not_met("it declares no versions of Python")


def _flask_declared(_criterion: Criterion, project: Project, facts: ExtensionFacts) -> Decision:
    if facts.metadata is None:
        return _no_metadata(project)
    found = flask_requirements(facts.metadata)
    if found is None:
        return _unknown(_requirements_problem(facts.metadata))
    if not found:
        return _not_met("it does not require Flask")
    if not any(found):
        return _not_met("it requires Flask, of any version")
    return _met(f"Flask {safe(' and '.join(filter(None, found)))}")


def _flask_accepted(_criterion: Criterion, project: Project, facts: ExtensionFacts) -> Decision:
    if facts.metadata is None:
        return _no_metadata(project)
    if not facts.flask:
        return _unknown("the newest version of Flask is not known")
    found = flask_requirements(facts.metadata)
    if found is None:
        return _unknown(_requirements_problem(facts.metadata))
    if not found:
        return _unknown("it does not require Flask, so that its requirements do not say")
    for requirement in _flask(facts.metadata.requires or ()):
        if requirement.marker:
            return _unknown(f"it depends on the environment: {safe(str(requirement))}")
        if not requirement.specifier.contains(facts.flask):
            return _not_met(f"it requires Flask {safe(str(requirement.specifier))}")
    return _met(f"its requirements allow Flask {facts.flask}")


def _works(_criterion: Criterion, _project: Project, facts: ExtensionFacts) -> Decision:
    return facts.trial or _unknown("it was not tested")


def _vulnerabilities(_criterion: Criterion, project: Project, _facts: ExtensionFacts) -> Decision:
    if project.vulnerabilities is None:
        return _unknown("vulnerabilities were not stated")
    if project.newest is None:
        return _unknown("there is no release to look at")
    if project.metadata is None or project.metadata.version != project.newest.version:
        return _unknown("vulnerabilities were stated for another release")
    if project.vulnerabilities:
        return _not_met(safe(join_words((v.id for v in project.vulnerabilities), "and")))
    return _met("the package index states none")


def _owners(criterion: Criterion, project: Project, _facts: ExtensionFacts) -> Decision:
    """Decide about owners: the index can show too few of them, but not who can merge."""
    if project.owners is None:
        return _unknown("owners were not stated")
    number = plural(len(project.owners), "owner")
    if len(project.owners) < criterion.minimum:
        return _not_met(f"{number} on the package index")
    return _unknown(f"{number} on the package index; who can merge is not public")


def _no_metadata(project: Project) -> Decision:
    if project.newest is None:
        return _unknown("there is no release to look at")
    return _unknown(f"what {project.newest.version} declares was not stated")


def _requirements_problem(metadata: Metadata) -> str:
    if metadata.requires is None:
        return "it has no wheel, and the requirements of an sdist are only known when it is built"
    return "its requirements are not valid (PEP 508)"


_CHECKS: dict[CheckName, Callable[[Criterion, Project, ExtensionFacts], Decision]] = {
    "released": _released,
    "python-declared": _python_declared,
    "flask-declared": _flask_declared,
    "flask-accepted": _flask_accepted,
    "works": _works,
    "vulnerabilities": _vulnerabilities,
    "owners": _owners,
}
