"""List at most so many findings of a rule in a file, and one that stands for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .._text import digest
from ..diagnostics import Diagnostic

MAX_FINDINGS = 1000
"""How many findings of one rule in one file are listed; one more says how many others there are.

The text of a proposal is untrusted, and 1 MiB can have a finding every few characters.
"""


def listed(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings of a rule; of a file with too many, a summary of those left out."""
    counts: Counter[str] = Counter()
    omitted: dict[str, _Omitted] = {}
    for diagnostic in diagnostics:
        counts[diagnostic.path] += 1
        if counts[diagnostic.path] <= MAX_FINDINGS:
            yield diagnostic
        else:
            omitted.setdefault(diagnostic.path, _Omitted(diagnostic)).add(diagnostic)
    for rest in omitted.values():
        yield rest.summarize()


class _Omitted:
    """The findings of one rule in one file that are not listed."""

    def __init__(self, first: Diagnostic) -> None:
        self._first = first
        self._count = 0
        self._digest = first.path.encode("utf-8", "surrogatepass")

    def add(self, diagnostic: Diagnostic) -> None:
        """Count a finding."""
        self._count += 1
        line = diagnostic.excerpt[0] if diagnostic.excerpt else ""
        text = f"{line}\0{diagnostic.message}".encode("utf-8", "surrogatepass")
        self._digest = digest(self._digest + text, 8)

    def summarize(self) -> Diagnostic:
        """Return one diagnostic for all of them.

        Its fingerprint differs if any of them differs, so that none hides behind the others when
        the result is compared with that of a base, or with a baseline.
        """
        first = self._first
        message = (
            f"{MAX_FINDINGS} findings of {first.code} are listed for this file, and there are "
            f"{self._count} more from here on; fix the listed ones to see them"
        )
        return first._replace(
            message=message, help="", edits=(), related=(), fingerprint=self._digest.hex()
        )


def is_summary(diagnostic: Diagnostic) -> bool:
    """Return whether a diagnostic stands for all findings of its rule that are not listed."""
    return diagnostic.message.startswith(f"{MAX_FINDINGS} findings of {diagnostic.code} ")
