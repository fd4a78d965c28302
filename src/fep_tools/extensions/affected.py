"""The extensions that use what a proposal removes, as ``fep extensions affected`` writes them.

``fep-0019.extensions.json`` changes only when an answer changes. The file is untrusted: it is read
within limits, and it counts only for the names and the extensions of today.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from .._files import FileContent
from .._records import JsonRecord, RecordFile
from ..process.attachments import AFFECTED_SUFFIX
from ..proposals.model import Proposal
from .names import WALKER_VERSION
from .symbols import declared_changes, release_key

PROJECT = "Flask"
"""The distribution whose releases decide which releases of extensions existed before a change."""


class UseRecord(JsonRecord):
    """A place that uses a name."""

    symbol: str = Field(max_length=300)
    path: str = Field(max_length=1000)
    line: int = Field(ge=1)
    column: int = Field(ge=1)
    certainty: Literal["certain", "likely", "guarded"]


class UnreadRecord(JsonRecord):
    """Something that was not read, and why."""

    path: str = Field(max_length=1000)
    reason: str = Field(max_length=1000)


class ExtensionRecord(JsonRecord):
    """A release of an extension, and what was found in one of its files."""

    version: str = Field(max_length=100)
    file: str = Field(max_length=300)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    uses: tuple[UseRecord, ...] = Field((), max_length=10_000)
    unread: tuple[UnreadRecord, ...] = Field((), max_length=10_000)

    @property
    def is_affected(self) -> bool:
        """True if it uses a name without being prepared for its absence."""
        return any(use.certainty != "guarded" for use in self.uses)


class AffectedFile(RecordFile):
    """The results of one proposal.

    :param before: the release of the project that made the change, if it was out; the releases of
        extensions are the last ones before it. Without it, they are the newest of their day.
    :param absent: extensions that had no release by then.
    :param failures: why others were not scanned.
    """

    max_size = 1024 * 1024  # 100 uses take a tenth of that
    command = "fep extensions affected"

    schema_version: Literal[1] = 1
    walker: int
    before: str | None = Field(None, max_length=60)
    symbols: tuple[str, ...] = Field(max_length=1000)
    extensions: dict[str, ExtensionRecord] = Field({})
    absent: tuple[str, ...] = ()
    failures: dict[str, str] = Field({})


def affected_path(proposal: str) -> str:
    """Return the path of the results of the proposal at path *proposal*."""
    return posixpath.splitext(proposal)[0] + AFFECTED_SUFFIX


def declared_symbols(proposal: Proposal) -> tuple[str, ...]:
    """Return the names that a proposal removes, deprecates or changes, sorted."""
    return tuple(sorted({change.symbol for change in declared_changes(proposal)}))


def first_release(proposal: Proposal) -> str | None:
    """Return the first release in which something of the proposal breaks or warns."""
    releases = [c.since for c in declared_changes(proposal) if c.since]
    removals = [c.release for c in declared_changes(proposal) if c.release]
    return min(removals or releases, key=release_key, default=None)


def find_results(files: Mapping[str, FileContent], proposal: str) -> AffectedFile | str | None:
    """Return the results of the proposal at path *proposal*.

    :param files: the attachments of the corpus.
    :return: the results, the reason if they cannot be used, or ``None`` if there are none.
    """
    data = files.get(affected_path(proposal))
    return None if data is None else AffectedFile.read(data)


def explain_stale(results: AffectedFile, proposal: Proposal) -> str:
    """Return why results are outdated, to be read after "the results"; ``""`` if they are not."""
    symbols = declared_symbols(proposal)
    if results.number != proposal.number:
        return f"are those of proposal {results.number}"
    if results.symbols != symbols:
        changed = sorted(set(results.symbols) ^ set(symbols))
        return f"are about other names than the proposal ({', '.join(changed[:3])})"
    if results.walker != WALKER_VERSION:
        return "come from another version of fep-tools"
    return ""
