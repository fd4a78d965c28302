"""The time from a keystroke to the findings, in a real ``fep lsp`` over its pipes."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from tests.lsp.client import Editor

KEYSTROKES = 60
"""How many are measured, after as many that are not."""


def measure_keystrokes(root: Path, path: str) -> float:
    """Return the 95th percentile in seconds, the server's own waiting included.

    :param path: A proposal with a paragraph, into which letters are typed one after the other.
    """
    editor = Editor(root, "--root", str(root), "--process", "pep")
    try:
        editor.begin()
        text = (root / path).read_text("utf-8")
        editor.open(path, text)
        before, after = text[: len(text) // 2], text[len(text) // 2 :]
        durations = []
        for count in range(1, 2 * KEYSTROKES + 1):
            start = time.perf_counter()
            editor.change(path, f"{before}{'x' * count}{after}")
            durations.append(time.perf_counter() - start)
        return statistics.quantiles(durations[KEYSTROKES:], n=20)[-1]
    finally:
        editor.close()
