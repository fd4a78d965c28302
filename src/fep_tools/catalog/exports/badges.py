"""The badges of all proposals."""

from __future__ import annotations

from ...process.model import Process
from ..charts.badge import badge
from ..model import Catalog
from ..urls import badge_url


def files(catalog: Catalog, process: Process) -> dict[str, bytes]:
    """Return the badge of each proposal by its path."""
    return {
        badge_url(entry.number): f"{badge(entry, process)}\n".encode()
        for entry in catalog.proposals
    }
