"""What is read to open a checkout: its own files, safely, and the process that it follows."""

from __future__ import annotations

import os
from pathlib import Path

from .._files import read_file, Refusal
from .._text import closest_match
from ..errors import FepError, ProcessError, RepositoryError

BUILTIN_DIRECTORY = Path(__file__).parent / "builtin"
"""The processes that are shipped, as ``NAME.toml``."""


def text(root: Path, path: str, error: type[FepError]) -> str | None:
    """What a file of the checkout says, ``None`` without one; raises *error* for anything odd."""
    if not os.path.lexists(root / path):
        return None
    if not (root / path).parent.resolve().is_relative_to(root.resolve()):
        raise error(f"{path}: is outside of {root}")
    data = read_file(root, path)
    if isinstance(data, Refusal):
        raise error(f"{path}: {data.message}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise error(f"{path}: cannot be read: it is not UTF-8") from None


def process(root: Path, asked: str | None, configured: str) -> tuple[str, str]:
    """The name and the text of the process that is *asked* for, or else *configured*."""
    if asked is not None and (shipped := BUILTIN_DIRECTORY / f"{asked}.toml").is_file():
        return f"{asked}.toml", shipped.read_text("utf-8")
    if asked is None and (own := text(root, configured, ProcessError)) is not None:
        return str(root / configured), own
    path = Path(asked) if asked is not None else root / configured
    shipped_names = sorted(p.stem for p in BUILTIN_DIRECTORY.glob("*.toml"))
    if asked is not None and not path.exists() and (meant := closest_match(asked, shipped_names)):
        raise RepositoryError(f"there is no process {asked}; did you mean {meant}?")
    if asked is None and not path.is_file():
        raise RepositoryError(
            f"{root}: no {configured}; name a process with --process FILE or --process NAME "
            f"({', '.join(shipped_names)})"
        )
    try:
        return str(path), path.read_text("utf-8")
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise ProcessError(f"{path}: cannot be read: {str(reason).lower()}") from None
