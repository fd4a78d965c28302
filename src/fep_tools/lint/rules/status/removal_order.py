import re

from .._api import Finding, Findings, Process, Proposal, Related, rule
from .._relations import related_header

_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*")


@rule("S012")
def removal_order(proposal: Proposal, process: Process) -> Findings:
    """Removal is not later than the release.

    A change is released first and removed in a later release. A proposal to remove something
    names the release that did so as the release of its change, and nothing was removed again.

    Bad::

        Flask-Version: 2.3
        Removed-In: 2.3

    Good::

        Flask-Version: 2.3
    """
    field = proposal.field("removed")
    released, removed = (_versions(proposal, role) for role in ("version", "removed"))
    if field and released and removed and min(removed) <= min(released):
        header, other = (process.header_name(role) for role in ("removed", "version"))
        message = (
            f"'{header}' is {field.value}, which is not after '{other}'; "
            f"remove '{header}' if the proposal is about a removal"
        )
        related: tuple[Related, ...] = (related_header(proposal, "version", "the release"),)
        yield Finding(field.span(), message, related=related)


def _versions(proposal: Proposal, role: str) -> list[tuple[int, ...]]:
    """Return the versions in a header; of one that has other words, none."""
    value = proposal.values.get(role)
    entries = value if isinstance(value, tuple) else (value,)
    if not all(_VERSION.fullmatch(str(entry)) for entry in entries):
        return []
    return [tuple(map(int, str(entry).split("."))) for entry in entries]
