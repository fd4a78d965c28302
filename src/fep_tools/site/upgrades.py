"""The pairs of versions that have a page about the upgrade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..catalog.model import Catalog
from ..extensions.symbols import decided_changes, release_key, SymbolChange
from ..extensions.upgrade import relevant_changes, UpgradeEffect
from ..process.model import Process
from ..proposals.model import Proposal

Pair = tuple[str, str]
"""The versions before and after an upgrade."""


def upgrades(
    proposals: Iterable[Proposal], catalog: Catalog, process: Process
) -> Mapping[Pair, Mapping[SymbolChange, UpgradeEffect]]:
    """Return what each upgrade meets, without those that meet nothing."""
    changes = decided_changes(proposals, process)
    pairs = version_pairs(catalog, process) if changes else []
    found = {pair: relevant_changes(changes, *pair) for pair in pairs}
    return {pair: states for pair, states in found.items() if states}


def version_pairs(catalog: Catalog, process: Process) -> list[Pair]:
    """Return pairs of versions: from each to the newest released one, and from that to later ones.

    The versions are those of the proposals that are done or accepted.
    """
    done: set[str] = set()
    planned: set[str] = set()
    for entry in catalog.proposals:
        status = process.resolve_status(entry.status or "")
        stage = status.stage if status else None
        if stage in ("done", "agreed"):
            versions = (v for v in (*entry.versions, *entry.removed) if release_key(v))
            (done if stage == "done" else planned).update(versions)
    ordered = sorted(done, key=release_key)
    if not ordered:
        return []
    newest = ordered[-1]
    later = [v for v in planned - done if release_key(v) > release_key(newest)]
    after = [(newest, version) for version in sorted(later, key=release_key)]
    return [*((version, newest) for version in ordered[:-1]), *after]


def page_name(pair: Pair) -> str:
    """Return the name of the page about a pair of versions: ``upgrade/2.2..3.1``."""
    return f"upgrade/{pair[0]}..{pair[1]}"
