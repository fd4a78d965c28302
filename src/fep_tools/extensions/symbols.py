"""The names of the program that proposals deprecate, remove or change, and the releases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args, Literal, NamedTuple

from ..process.model import Process
from ..proposals.model import Proposal

ChangeKind = Literal["removes", "deprecates", "changes"]
"""The role of the header that declares a name. The worst comes first."""

CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


class SymbolChange(NamedTuple):
    """What happens to a name.

    :param number: the proposal that declares it.
    :param deprecated: the release that deprecated it; ``None`` if that is not declared.
    :param release: the release that removed or changed it; ``None`` if that is not declared, or
        if it is only deprecated.
    """

    symbol: str
    kind: ChangeKind
    number: int
    deprecated: str | None
    release: str | None

    @property
    def since(self) -> str | None:
        """The release in which a program notices it."""
        return self.deprecated if self.kind == "deprecates" else self.release


def declared_changes(proposal: Proposal) -> tuple[SymbolChange, ...]:
    """Return what the headers of a proposal declare, in the order of the headers.

    ``Removes: flask.Flask.env (2.3)`` has its own release. Without one, it is that of the header
    with the role ``removed``, and then of the one with the role ``version``.
    """
    version, removed, deprecated = (
        _first(proposal, role) for role in ("version", "removed", "deprecated")
    )
    changes = []
    for kind in CHANGE_KINDS:
        for entry in _entries(proposal, kind):
            symbol, _separator, own = entry.rstrip(")").partition(" (")
            if kind == "removes":
                release, warned = own or removed or version, deprecated
            elif kind == "changes":
                release, warned = own or version, None
            else:
                release, warned = None, own or deprecated or version
            changes.append(SymbolChange(symbol, kind, proposal.number or 0, warned, release))
    return tuple(changes)


def decided_changes(proposals: Iterable[Proposal], process: Process) -> tuple[SymbolChange, ...]:
    """Return what the proposals that are accepted or released declare, by name."""
    changes: list[SymbolChange] = []
    for proposal in proposals:
        if proposal.number is not None and _is_decided(proposal, process):
            changes += declared_changes(proposal)
    return tuple(sorted(changes))


def _is_decided(proposal: Proposal, process: Process) -> bool:
    """Return whether a proposal is accepted or released, or was until another replaced it."""
    status = process.resolve_status(proposal.status or "")
    if status is None:
        return False
    return status.stage in ("agreed", "done") or bool(proposal.values.get("superseded_by"))


def _entries(proposal: Proposal, role: str) -> tuple[str, ...]:
    value = proposal.values.get(role) or ()
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _first(proposal: Proposal, role: str) -> str | None:
    return next(iter(_entries(proposal, role)), None)


def release_key(version: str) -> tuple[int, ...]:
    """Return a key that sorts versions, in which 3.1 and 3.1.0 are equal."""
    parts = [int(part) for part in version.split(".") if part.isdecimal()]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
