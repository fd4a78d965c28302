"""The extensions that use what a proposal removes, as ``fep extensions affected`` writes them.

``fep-0019.extensions.json`` changes only when an answer changes. The file is untrusted: it is read
within limits, and it counts only for the names and the extensions of today.
"""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .._files import Refusal
from .._text import quote
from ..process.attachments import AFFECTED_SUFFIX
from ..proposals.model import Proposal
from .names import WALKER_VERSION
from .symbols import declared_changes, release_key

MAX_FILE_SIZE = 1024 * 1024
"""Bytes of a file of results. One with 100 uses has a tenth of that."""

PROJECT = "Flask"
"""The distribution whose releases decide which releases of extensions existed before a change."""


class _Record(BaseModel):
    """A part of the file. Unknown keys and other types are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class UseRecord(_Record):
    """A place that uses a name."""

    symbol: str = Field(max_length=300)
    path: str = Field(max_length=1000)
    line: int = Field(ge=1)
    column: int = Field(ge=1)
    certainty: Literal["certain", "likely", "guarded"]


class UnreadRecord(_Record):
    """Something that was not read, and why."""

    path: str = Field(max_length=1000)
    reason: str = Field(max_length=1000)


class ExtensionRecord(_Record):
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


class AffectedFile(_Record):
    """The results of one proposal.

    :param before: the release of the project that made the change, if it was out; the releases of
        extensions are the last ones before it. Without it, they are the newest of their day.
    :param absent: extensions that had no release by then.
    :param failures: why others were not scanned.
    """

    schema_version: Literal[1] = 1
    number: int
    walker: int
    before: str | None = Field(None, max_length=60)
    symbols: tuple[str, ...] = Field(max_length=1000)
    extensions: dict[str, ExtensionRecord] = {}
    absent: tuple[str, ...] = ()
    failures: dict[str, str] = {}

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Parse the content of a file.

        :raises ValueError: with a predicate such as ``is not JSON``, if it cannot be used.
        """
        if len(data) > MAX_FILE_SIZE:
            raise ValueError(f"is larger than {MAX_FILE_SIZE // 1024} KiB")
        try:
            results = cls.model_validate_json(data)
        except ValidationError as invalid:
            error = invalid.errors(include_url=False, include_input=False)[0]
            if error["type"] == "json_invalid":
                raise ValueError("is not JSON") from None
            part = quote(".".join(map(str, error["loc"])))
            message = "does not have the format of `fep extensions affected`"
            raise ValueError(f"{message}, see {part}" if error["loc"] else message) from None
        json.loads(data, object_pairs_hook=_refuse_duplicates)
        return results

    def dump(self) -> bytes:
        """Return the content of a file in canonical form."""
        text = json.dumps(self.model_dump(mode="json"), indent=2, sort_keys=True)
        return f"{text}\n".encode("ascii")


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> None:
    for name, count in Counter(name for name, _value in pairs).items():
        if count > 1:
            raise ValueError(f"has {quote(name)} twice in one object")


def affected_path(proposal: str) -> str:
    """Return the path of the results of the proposal at path *proposal*."""
    return posixpath.splitext(proposal)[0] + AFFECTED_SUFFIX


def renumber(data: bytes, number: int) -> bytes:
    """Return the file *data* with another proposal number; unchanged if it cannot be parsed."""
    try:
        return AffectedFile.parse(data).model_copy(update={"number": number}).dump()
    except ValueError:
        return data


def declared_symbols(proposal: Proposal) -> tuple[str, ...]:
    """Return the names that a proposal removes, deprecates or changes, sorted."""
    return tuple(sorted({change.symbol for change in declared_changes(proposal)}))


def first_release(proposal: Proposal) -> str | None:
    """Return the first release in which something of the proposal breaks or warns."""
    releases = [c.since for c in declared_changes(proposal) if c.since]
    removals = [c.release for c in declared_changes(proposal) if c.release]
    return min(removals or releases, key=release_key, default=None)


def find_results(files: Mapping[str, bytes | Refusal], proposal: str) -> AffectedFile | str | None:
    """Return the results of the proposal at path *proposal*.

    :param files: the attachments of the corpus.
    :return: the results, the reason if they cannot be used, or ``None`` if there are none.
    """
    data = files.get(affected_path(proposal))
    return None if data is None else _parse(data)


def _parse(data: bytes | Refusal) -> AffectedFile | str:
    if isinstance(data, Refusal):
        return data.message
    try:
        return AffectedFile.parse(data)
    except ValueError as problem:
        return str(problem)


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
