"""Scan the distributions that a file of requirements pins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...extensions.scan import ScanResult

_UPGRADED = frozenset(("flask", "werkzeug"))
"""What the upgrade replaces."""


def scan_pins(
    file: Path, symbols: list[str], jobs: int
) -> tuple[dict[str, str], ScanResult, list[str]]:
    """Return no sources, the uses in the pinned distributions, and what was not read.

    Paths of uses begin with name and version: ``flask-login 0.6.2/flask_login/utils.py``.

    :raises FepError: if the file pins nothing.
    """
    from ..._cache import Cache
    from ...errors import FepError
    from ...extensions.executors import Processes
    from ...extensions.scan import ScanResult
    from ...extensions.selection import select_files, Selection
    from ...extensions.survey import survey
    from ...notes.frameworks import pinned_versions
    from .extensions import _scans

    pins = pinned_versions(file.read_text("utf-8", "replace"))
    if not pins:
        raise FepError(f"{file}: pins no version; write requirements like Flask-Login==0.6.3")
    cache = Cache(None)
    source = _scans.open_source(cache)
    selection = Selection()
    with _scans.progress():
        for name, version in pins.items():
            if name not in _UPGRADED:
                one = select_files(source, [name], version=version)
                selection.chosen.update(one.chosen)
                selection.failures.update(one.failures)
        found = survey(source, selection, tuple(symbols), Processes(jobs), cache)
    problems = [f"{file.as_posix()}: {problem}" for problem in found.failures.values()]
    uses, files = [], 0
    for name, result in found.results.items():
        label = f"{name} {selection.chosen[name].version}"
        files += result.files
        uses += [use._replace(path=f"{label}/{use.path}") for use in result.uses]
        problems += [f"{label}: {u.path or 'archive'}: not read: {u.reason}" for u in result.unread]
    return {}, ScanResult(files=files, uses=tuple(uses)), problems
