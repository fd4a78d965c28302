"""What breaks in a program when Flask is upgraded from one version to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .._text import quote
from ..diagnostics import Diagnostic, Severity, Span
from .scan import ScanResult
from .symbols import release_key, SymbolChange
from .uses import Certainty, Use

UpgradeEffect = Literal["removed", "changed", "deprecated"]
"""What an upgrade does to a name."""

_SEVERITIES = {
    "removed": Severity.ERROR,
    "changed": Severity.WARNING,
    "deprecated": Severity.WARNING,
}


class DeclaredChange(BaseModel):
    """A name and what happens to it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    symbol: str = Field(
        max_length=300, description="Dotted name, such as package.module.Class.method."
    )
    kind: Literal["removes", "deprecates", "changes"]
    number: int = Field(description="Number of the proposal.")
    title: str | None = Field(None, description="Title of the proposal.")
    url: str | None = Field(None, description="URL of the proposal's page.")
    deprecated: str | None = Field(None, description="Release that deprecated the name.")
    release: str | None = Field(None, description="Release that removed or changed the name.")

    def to_change(self) -> SymbolChange:
        """Return the change without the facts about the proposal."""
        return SymbolChange(self.symbol, self.kind, self.number, self.deprecated, self.release)


class ChangesFile(BaseModel):
    """All names that accepted and released proposals deprecate, remove or change."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: Literal[1] = 1
    process: str = Field(description="Acronym of the proposals.")
    changes: tuple[DeclaredChange, ...] = Field((), max_length=100_000)

    @classmethod
    def parse(cls, data: bytes) -> ChangesFile:
        """Parse the content of ``api/changes.json``.

        :raises ValueError: with a predicate, if it is something else.
        """
        try:
            return cls.model_validate_json(data)
        except ValidationError as invalid:
            error = invalid.errors(include_url=False, include_input=False)[0]
            part = quote(".".join(map(str, error["loc"]))) if error["loc"] else ""
            where = f", see {part}" if part else ""
            raise ValueError(f"does not have the format of changes.json{where}") from None


def relevant_changes(
    changes: Iterable[SymbolChange], before: str, after: str
) -> dict[SymbolChange, UpgradeEffect]:
    """Return the changes that an upgrade meets, and what it does to each name.

    What was removed by *before* is of no interest: the program does not use it any more.

    :param before: the version that the program works with.
    :param after: the version that it is to work with.
    """
    first, last = release_key(before), release_key(after)

    def is_between(release: str | None) -> bool:
        return release is not None and first < release_key(release) <= last

    states: dict[SymbolChange, UpgradeEffect] = {}
    for change in changes:
        if change.kind == "removes" and is_between(change.release):
            states[change] = "removed"
        elif change.kind == "changes" and is_between(change.release):
            states[change] = "changed"
        elif is_between(change.deprecated):
            states[change] = "deprecated"
    order = [*_SEVERITIES]
    return dict(
        sorted(
            states.items(),
            key=lambda item: (order.index(item[1]), release_key(item[0].since or ""), item[0]),
        )
    )


def describe(change: SymbolChange, state: UpgradeEffect) -> str:
    """Return what happened, to be read after the name: ``was removed in 2.3``."""
    warned = f"deprecated since {change.deprecated}" if change.deprecated else ""
    if state == "removed":
        return f"was removed in {change.release}" + (f" ({warned})" if warned else "")
    if state == "changed":
        return f"behaves differently since {change.release}"
    ends = f", and removed in {change.release}" if change.release else ""
    return f"is {warned}{ends}"


def find_breaks(
    result: ScanResult,
    states: Mapping[SymbolChange, UpgradeEffect],
    acronym: str,
    helps: Mapping[int, str],
    sources: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each use of a name that an upgrade deprecates, removes or changes.

    :param acronym: the acronym of the proposals.
    :param helps: what to read, by the number of a proposal.
    :param sources: the texts of the files, for the excerpts in reports.
    """
    by_symbol = {change.symbol: (change, state) for change, state in reversed([*states.items()])}
    lines = {path: sources.get(path, "").splitlines() for path in {u.path for u in result.uses}}
    for use in result.uses:
        change, state = by_symbol[use.symbol]
        yield _diagnostic(use, change, state, acronym, helps, lines[use.path])


def _diagnostic(
    use: Use, change: SymbolChange, state: UpgradeEffect, acronym: str, helps: Mapping[int, str],
    lines: list[str],
) -> Diagnostic:  # fmt: skip
    name = use.symbol.rpartition(".")[2]
    message = f"{use.symbol} {describe(change, state)}"
    severity = _SEVERITIES[state]
    if use.certainty is Certainty.GUARDED:
        severity = Severity.STYLE
        message += "; the code is prepared for that"
    elif use.certainty is Certainty.LIKELY:
        message += "; by its name, the object is Flask's"
    return Diagnostic(
        path=use.path,
        span=Span(use.line, use.column, use.line, use.column + len(name)),
        code=f"{acronym}{change.number}",
        name=state,
        severity=severity,
        message=message,
        help=helps.get(change.number, ""),
        excerpt=tuple(lines[use.line - 1 : use.line]),
    )
