from .._api import Finding, Findings, Process, ProposalChange, quote, rule, Severity
from ._worddiff import find_changed_words


@rule("T010", severity=Severity.WARNING)
def settled_text(change: ProposalChange, process: Process) -> Findings:
    """Text of a settled proposal was changed.

    The text records what was decided. Write a new proposal for a change in substance, or
    update the documentation. Fixes to spelling, URLs and markup are fine.

    Bad::

        # base
        FEP: 7
        Status: Final

        Abstract
        ========

        Views may be typed.

        # head
        FEP: 7
        Status: Final

        Abstract
        ========

        Views must never be typed.

    Good::

        # base
        FEP: 7
        Status: Final

        Abstract
        ========

        Veiws may be *typed*.

        # head
        FEP: 7
        Status: Final

        Abstract
        ========

        Views may be `typed <https://example.org>`_.
    """
    before, after = change.before, change.after
    if before is None or after is None or before.status != after.status:
        return
    status = process.status(after.status)
    if status is None or not status.settled:
        return
    # One finding is enough: the first difference shows what kind of change it is.
    for old, new, span in find_changed_words(before.body_text, after.body_text):
        message = (
            f"{_describe(old, new)}, but in the text of a {status.name} {process.acronym}, only "
            f"spelling, URLs and markup may be fixed; undo it or write a new {process.acronym}"
        )
        yield Finding(span, message)
        return


def _describe(old: str, new: str) -> str:
    if not old:
        return f"{quote(new)} was added"
    return f"{quote(old)} was changed to {quote(new)}" if new else f"{quote(old)} was removed"
