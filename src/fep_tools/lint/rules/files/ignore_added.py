from collections import Counter

from ...ignore_comments import inline_ignores, InlineIgnore
from ...registry import RuleSet
from .._api import Finding, Findings, join_words, Process, ProposalChange, rule, Severity


@rule("C022")
def ignore_added(change: ProposalChange, process: Process, known: RuleSet) -> Findings:
    """Comment that ignores errors was added to a settled proposal.

    The text of a settled proposal is a record. Errors that were in it before are warnings, so
    they need no comment. With a new comment, the author of a change would decide alone that its
    errors are accepted. Fix the errors, or ask an editor for an ``[[exempt]]`` entry. A rule whose
    level is "error" in the settings counts, whatever its own level is.

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

        .. fep: ignore[H103] The thread names no day.

        Abstract
        ========

        Views may be typed.

    Good::

        # base
        FEP: 7
        Status: Final

        Abstract
        ========

        Views may be typed.

        # head
        FEP: 7
        Status: Final

        .. fep: ignore[B020] The URL is what this is about.

        Abstract
        ========

        Views may be typed.
    """
    before, after = change.before, change.after
    status = process.status(after.status) if after else None
    if before is None or after is None or status is None or not status.settled:
        return
    counts = Counter(_codes(ignore) for ignore in inline_ignores(before))
    for ignore in inline_ignores(after):
        codes = _codes(ignore)
        counts[codes] -= 1
        ignored = ((code, known.find(code)) for code in codes)
        errors = [code for code, rule_ in ignored if rule_ and rule_.severity is Severity.ERROR]
        if counts[codes] < 0 and errors:
            message = (
                f"a comment that ignores {join_words(errors, 'and')} was added to a {status.name} "
                f"{process.acronym}; fix what they report, or ask an editor for an [[exempt]] entry"
            )
            yield Finding(ignore.span, message)


def _codes(ignore: InlineIgnore) -> tuple[str, ...]:
    return tuple(sorted(ignore.codes))
