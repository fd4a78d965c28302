from ...suppressions import RunContext
from .._api import Corpus, Finding, Findings, plural, rule, Severity, Span


@rule("C016", severity=Severity.WARNING)
def baseline_unused(corpus: Corpus, run: RunContext) -> Findings:
    """Baseline contains findings that no longer occur.

    They were fixed, or the lines that contained them have changed. Run ``fep baseline prune``
    to remove them, until the file is empty and no longer needed.

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
    if run.stale_entries:
        first = min(entry.line for entry in run.stale_entries)
        count = plural(len(run.stale_entries), "finding")
        verb = "occurs" if len(run.stale_entries) == 1 else "occur"
        message = f"{count} in the baseline no longer {verb}; run: fep baseline prune"
        yield Finding(Span(first), message, path=run.baseline)
