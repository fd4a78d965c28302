"""The built-in processes, and the words that only this repository's own community uses."""

from __future__ import annotations

import re
from pathlib import Path

PROCESSES = Path(__file__).parent / "conformance" / "processes"
"""The process files of communities that are not built in."""

BUILTIN = sorted((Path(__file__).parents[1] / "src/fep_tools/process/builtin").glob("*.toml"))
"""The process file of every built-in community."""

_FOREIGN = re.compile(r"\bFEPs?\b|:fep:`|\bfep-[0-9]|\bFlask|\bflask|pallets", re.ASCII)


def foreign_words(text: str) -> list[str]:
    """Return the words in *text* that other communities do not use.

    The command ``fep``, and names such as ``[tool.fep]``, are those of the tool.
    """
    return _FOREIGN.findall(text)
