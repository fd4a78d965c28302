"""The number of a proposal in the process file and in ``[tool.fep]``."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from .mentions import NumberChange

# "number = 3" of an exemption, "to = 3" of a redirect.
_KEYS = r"(?P<key>\b(?:number|to)\s*=\s*)(?P<number>{})(?![\w.])"
_TABLE = re.compile(r"^[ \t]*\[\[?[^\]\n]+\]\]?", re.MULTILINE)
_INLINE = re.compile(r"\{[^{}]*\}")  # { number = 3, code = "H103", reason = "..." }
_NUMBERED = re.compile(r"\[\[\s*(?:exempt|redirect)\s*\]\]")
_INLINE_NUMBERED = re.compile(r"\b(?:code|from)\s*=")
_SETTINGS = re.compile(r"\[\s*tool\s*\.\s*fep\b")


def rewrite_process(text: str, change: NumberChange) -> str:
    """Return the process file with the new number in exemptions, redirects and texts."""
    pattern = re.compile(_KEYS.format(change.old))

    def renumber(part: str) -> str:
        return pattern.sub(lambda match: f"{match['key']}{change.new}", part)

    def rewrite(part: str) -> str:
        if _NUMBERED.match(part.lstrip()):
            part = renumber(part)
        else:
            part = _INLINE.sub(
                lambda m: renumber(m[0]) if _INLINE_NUMBERED.search(m[0]) else m[0], part
            )
        return change.rewrite(part)

    return _by_table(text, rewrite)


def rewrite_settings(text: str, change: NumberChange) -> str:
    """Return ``pyproject.toml`` with the new number in the paths of ``[tool.fep]``."""

    def rewrite(part: str) -> str:
        return change.rewrite(part) if _SETTINGS.match(part.lstrip()) else part

    return _by_table(text, rewrite)


def _by_table(text: str, rewrite: Callable[[str], str]) -> str:
    """Return *text* with every table, from its header to the next one, rewritten."""
    starts = [0, *(match.start() for match in _TABLE.finditer(text)), len(text)]
    return "".join(rewrite(text[a:b]) for a, b in pairwise(starts))
