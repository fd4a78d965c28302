import re
from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....proposals.model import Proposal
from ...rule import rule

_MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7}) [^\r\n]*", re.MULTILINE)


@rule("C013")
def merge_marker(proposal: Proposal) -> Iterator[Finding]:
    """A merge was left unfinished.

    Git writes both versions of a passage into the file, between lines that begin with seven
    characters. Somebody has to choose.

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
    if match := _MARKER.search(proposal.text):
        number = proposal.text.count("\n", 0, match.start()) + 1
        message = "a merge was left unfinished here; choose one version, and remove the marks"
        yield Finding(Span(number, 1, number, len(match[0]) + 1), message)
