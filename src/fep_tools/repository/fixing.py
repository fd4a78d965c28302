"""Fix the files of a repository: the new texts, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..diagnostics import CheckOptions, CheckResult
from .change import check_against
from .checking import check

if TYPE_CHECKING:
    from .._files import FileContent
    from .contents import RepositoryContents

    Sources = Mapping[str, FileContent]


def fixed_texts(
    contents: RepositoryContents,
    options: CheckOptions,
    overrides: Sources | None = None,
    base: str | None = None,
) -> dict[str, str]:
    """Return the texts that :meth:`Repository.fixed_texts` describes.

    Files that a sparse checkout leaves out stay as they are.
    """
    from ..lint.fixes import fix_repeatedly

    originals = {p: data for p, data in (overrides or {}).items() if isinstance(data, bytes)}

    def check_texts(fixed: Mapping[str, str]) -> CheckResult:
        changed = {path: text.encode() for path, text in fixed.items()}
        texts = {**originals, **changed}
        if base is not None:
            return check_against(contents, options, base, texts)
        return check(contents, options, texts)

    def read_text(path: str) -> str:
        return originals[path].decode() if path in originals else contents.text(path)

    fixed = fix_repeatedly(check_texts, read_text)
    return {path: text for path, text in fixed.items() if path not in contents.tree.skipped}
