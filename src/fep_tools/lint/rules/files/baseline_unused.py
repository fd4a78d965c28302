from collections.abc import Iterator

from ...._text import plural
from ....diagnostics import Finding, Severity, Span
from ....proposals.model import Corpus
from ...rule import rule
from ...suppressions import RunContext


@rule("C016", severity=Severity.WARNING)
def baseline_unused(corpus: Corpus, outcome: RunContext) -> Iterator[Finding]:
    """The file of known findings knows some that are gone.

    They were mended, or what they were in has changed. ``fep baseline prune`` takes them out,
    so that the file gets shorter until it is not needed.

    Bad::

        # .fep-baseline.json
        {
          "schema_version": 1,
          "findings": [
            {"path": "proposals/fep-0005.rst", "code": "H103", "fingerprint": "0123456789abcdef"}
          ]
        }

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

    Good::

        # .fep-baseline.json
        {
          "schema_version": 1,
          "findings": []
        }

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    if outcome.stale_entries:
        first = min(entry.line for entry in outcome.stale_entries)
        what = plural(len(outcome.stale_entries), "known finding")
        gone = "is gone" if len(outcome.stale_entries) == 1 else "are gone"
        message = f"{what} {gone}; run `fep baseline prune`"
        yield Finding(Span(first), message, path=outcome.baseline)
