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

MAX_PAIRS = 100
"""How many upgrades to the newest version have a page, and how many from it. Each page links to all
others, and a few proposals may name thousands of versions."""


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

    Of each kind there are at most :data:`MAX_PAIRS`, those that are nearest to that version.
    """
    done, later = known_versions(catalog, process)
    before = [(version, done[-1]) for version in done[:-1][-MAX_PAIRS:]]
    return [*before, *((done[-1], version) for version in later[:MAX_PAIRS])]


def known_versions(catalog: Catalog, process: Process) -> tuple[list[str], list[str]]:
    """Return the versions of proposals that are done, and later ones of accepted proposals."""
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
        return [], []
    newest = release_key(ordered[-1])
    return ordered, sorted((v for v in planned if release_key(v) > newest), key=release_key)


def page_name(pair: Pair) -> str:
    """Return the name of the page about a pair of versions: ``upgrade/2.2..3.1``."""
    return f"upgrade/{pair[0]}..{pair[1]}"
