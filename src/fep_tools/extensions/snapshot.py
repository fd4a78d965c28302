"""The state of the watched extensions on a day: a file in JSON, and what changed between two.

A snapshot has numbers of people and no names: :fep:`5` asks for facts about projects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator, ValidationError

from .._records import refuse_duplicates
from .._text import dump_json, parse_json, safe
from ..errors import FepError
from .criteria import State

SNAPSHOT_DIRECTORY = "fep/extensions/"
"""Where a repository keeps its snapshots, as ``fep/extensions/2026-11-30.json``."""


def newest_file(root: Path, suffix: str = ".json") -> str | None:
    """Return the path of the newest file that is named after a day, if there is one.

    :param suffix: the end of its name: ``.json`` for snapshots, ``.tests.json`` for results.
    """
    names = (path.name for path in root.joinpath(SNAPSHOT_DIRECTORY).glob(f"*{suffix}"))
    newest = max((name for name in names if _is_day(name.removesuffix(suffix))), default=None)
    return SNAPSHOT_DIRECTORY + newest if newest else None


def _is_day(name: str) -> bool:
    """Return whether a name is a day, which ``9999-99-99`` is not."""
    try:
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name) is not None and bool(
            date.fromisoformat(name)
        )
    except ValueError:
        return False


MAX_TITLE = 200
"""How many characters the title of a criterion may have."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CriterionTitle(_Record):
    """A criterion that was decided for each extension."""

    # A page repeats these for each extension.
    key: str = Field(max_length=MAX_TITLE, description="Its short name.")
    title: str = Field(max_length=MAX_TITLE, description="What must be true, in words.")


class CriterionResult(_Record):
    """Whether an extension meets a criterion."""

    key: str = Field(description="The short name of the criterion.")
    state: State = Field(description="Whether it is met; unknown if that could not be decided.")
    reason: str = Field(description="What it was decided by, or why it is unknown.")


class VulnerabilityRecord(_Record):
    """A public vulnerability of the newest release."""

    id: str = Field(description="Its identifier, such as PYSEC-2023-1.")
    aliases: tuple[str, ...] = Field((), description="Other identifiers, such as those of CVE.")
    fixed_in: tuple[str, ...] = Field((), description="The versions that fix it.")


class ExtensionState(_Record):
    """What is known about one extension."""

    name: str = Field(description="The name of the distribution.")
    repository: str | None = Field(
        None, pattern=r"^https://\S+$", description="The URL of its repository, if verified."
    )
    version: str | None = Field(
        None, description="The newest final release that was not withdrawn."
    )
    released: date | None = Field(None, description="The day on which that was uploaded.")
    age: int | None = Field(None, description="Its age in days when the snapshot was made.")
    python: str | None = Field(None, description="The versions of Python that it declares.")
    flask: str | None = Field(
        None, description="The versions of Flask that it requires; any for all."
    )
    withdrawn: tuple[str, ...] | None = Field(
        None, description="Releases that were withdrawn (yanked); null if that is not known."
    )
    vulnerabilities: tuple[VulnerabilityRecord, ...] | None = Field(
        None, description="Those of the newest release; null if none were stated for any project."
    )
    owners: int | None = Field(None, description="Number of owners, if the index states them.")
    problem: str | None = Field(None, description="Why nothing could be read, if nothing could.")
    criteria: tuple[CriterionResult, ...] = Field((), description="The criteria, in their order.")

    @cached_property
    def by_key(self) -> dict[str, CriterionResult]:
        """The criteria by short name."""
        return {result.key: result for result in self.criteria}


class Snapshot(_Record):
    """The state of the watched extensions on a day."""

    schema_version: Literal[1] = Field(1, description="The version of this format.")
    date: date
    source: Literal["index", "files"] = Field(
        description="Where the facts are from: the package index, or distributions in files."
    )
    flask: str | None = Field(None, description="The newest release of Flask.")
    criteria: tuple[CriterionTitle, ...] = Field((), description="The criteria, in their order.")
    extensions: tuple[ExtensionState, ...] = Field(description="The extensions, in their order.")

    @model_validator(mode="after")
    def _require_criteria(self) -> Self:
        """Check that each criterion was decided for each extension."""
        keys = [criterion.key for criterion in self.criteria]
        for extension in self.extensions:
            if [result.key for result in extension.criteria] != keys:
                raise ValueError(f"{extension.name} does not have the criteria of the report")
        return self

    @classmethod
    def parse(cls, text: str, name: str) -> Self:
        """Parse a snapshot.

        :param name: the path that errors start with.
        :raises FepError: if it is not one.
        """
        try:
            snapshot = cls.model_validate_json(text)
            json.loads(text, object_pairs_hook=refuse_duplicates)
            return snapshot
        except ValidationError as invalid:
            error = invalid.errors()[0]
            place = ".".join(map(str, error["loc"]))
            detail = f"{place}: {error['msg']}" if place else error["msg"]
        except ValueError as problem:
            detail = str(problem)
        raise FepError(
            f"{safe(name)}: is not a report of fep extensions report --format json: {safe(detail)}"
        )

    def to_json(self) -> str:
        """Return the snapshot as a file."""
        return dump_json(parse_json(self.model_dump_json()))

    @cached_property
    def by_name(self) -> dict[str, ExtensionState]:
        """The extensions by name."""
        return {extension.name: extension for extension in self.extensions}


class Change(_Record):
    """A difference between two snapshots."""

    extension: str = Field(description="The name of the distribution.")
    text: str = Field(description="What changed.")


class Comparison(_Record):
    """What changed from one snapshot to a later one."""

    schema_version: Literal[1] = Field(1, description="The version of this format.")
    before: date = Field(description="The day of the first snapshot.")
    after: date = Field(description="The day of the second snapshot.")
    changes: tuple[Change, ...] = Field(description="The changes, extension by extension.")

    def to_json(self) -> str:
        """Return the comparison as a file."""
        return dump_json(parse_json(self.model_dump_json()))


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """Return what changed from one snapshot to a later one."""
    changes = []
    for name in dict.fromkeys((*before.by_name, *after.by_name)):
        old, new = before.by_name.get(name), after.by_name.get(name)
        if old is None:
            changes.append(Change(extension=name, text="is watched now"))
        elif new is None:
            changes.append(Change(extension=name, text="is not watched any more"))
        else:
            changes += [Change(extension=name, text=text) for text in _changes(old, new)]
    return Comparison(before=before.date, after=after.date, changes=tuple(changes))


def _changes(old: ExtensionState, new: ExtensionState) -> Iterator[str]:
    if old.version != new.version:
        day = f" ({new.released})" if new.released else ""
        yield f"newest release: {old.version or 'unknown'} -> {new.version or 'unknown'}{day}"
    for key, result in new.by_key.items():
        previous = old.by_key.get(key)
        if previous is None:
            yield f"{key}: {result.state} ({result.reason}); it was not decided before"
        elif previous.state is not result.state:
            yield f"{key}: {previous.state} -> {result.state} ({result.reason})"
    known = {vulnerability.id for vulnerability in old.vulnerabilities or ()}
    for vulnerability in new.vulnerabilities or ():
        if vulnerability.id not in known:
            yield f"new public vulnerability: {vulnerability.id}"
    for version in new.withdrawn or ():
        if version not in (old.withdrawn or ()):
            yield f"withdrawn: {version}"
