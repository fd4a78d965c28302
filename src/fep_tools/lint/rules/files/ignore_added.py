import re
from collections import Counter

from ...registry import RuleSet
from .._api import Finding, Findings, join_words, Process, ProposalChange, rule, Severity, Span

# ".. fep: ignore[H103, link-bare] The thread names no day."; the codes may be on two lines.
_COMMENT = re.compile(r"fep:\s?ignore\[(?P<codes>[\w,\s-]*)\]")


@rule("C022")
def ignore_added(change: ProposalChange, process: Process, known: RuleSet) -> Findings:
    """Comment that ignores errors was added to a settled proposal.

    The text of a settled proposal is a record. Errors that were in it before are warnings, so
    they need no comment. With a new comment, the author of a change would decide alone that its
    errors are accepted. Fix the errors, or ask an editor for an ``[[exempt]]`` entry.

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
    counts = Counter(_codes(match) for match in _COMMENT.finditer(before.text))
    for match in _COMMENT.finditer(after.text):
        codes = _codes(match)
        counts[codes] -= 1
        ignored = ((code, known.find(code)) for code in codes)
        errors = [code for code, rule_ in ignored if rule_ and rule_.severity is Severity.ERROR]
        if counts[codes] < 0 and errors:
            line = after.text.count("\n", 0, match.start()) + 1
            column = match.start() - after.text.rfind("\n", 0, match.start())
            message = (
                f"a comment that ignores {join_words(errors, 'and')} was added to a {status.name} "
                f"{process.acronym}; fix what they report, or ask an editor for an [[exempt]] entry"
            )
            yield Finding(Span(line, column, line, column + len(match[0].split("\n")[0])), message)


def _codes(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(sorted(code for code in re.split(r"[,\s]+", match["codes"]) if code))
