"""What rules about files share: which names are the same somewhere, and what to call a file."""

from __future__ import annotations

import re
import unicodedata

from ....process.model import Process


def folded(path: str) -> str:
    """*path* as file systems compare it that know no case, or one form of each letter."""
    return unicodedata.normalize("NFC", path).casefold()


def suggested(path: str, number: int, process: Process) -> str:
    """The path that a file of that *number* should have, near to the one that it has."""
    folder, _, name = path.rpartition("/")
    words = re.findall(r"[a-z]+[a-z0-9]*", name.rpartition(".")[0].lower())
    status = folder.rpartition("/")[2] or process.initial_status.name.lower()
    return process.files.path(number, status=status, slug="-".join(words) or "untitled")
