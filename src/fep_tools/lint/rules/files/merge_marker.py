import re

from .._api import Finding, Findings, Proposal, rule
from .._lines import line_span

# "<<<<<<< main", ">>>>>>> types" and, with diff3, "||||||| merged". The line of "=======" in
# between is not looked for, since it may be the underline of a title.
_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7}) ")


@rule("C013")
def merge_marker(proposal: Proposal) -> Findings:
    """Merge conflict is not resolved.

    When git cannot merge a passage, it writes both versions into the file, between lines of
    seven ``<``, ``=`` or ``>``. Keep one version, and remove these lines.

    Bad::

        FEP: 7
        <<<<<<< main
        Title: Typed views
        =======
        Title: Views with types
        >>>>>>> types

    Good::

        FEP: 7
        Title: Views with types
    """
    if proposal.refusal is not None:
        return
    for number, line in enumerate(proposal.lines, start=1):
        if _MARKER.match(line):
            message = "a merge conflict is not resolved; keep one version and remove the markers"
            yield Finding(line_span(proposal, number), message)
