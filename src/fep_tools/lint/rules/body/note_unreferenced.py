import re

from ....proposals.body import Problem
from .._api import Finding, Findings, Proposal, quote, rule, Severity
from .._lines import body_lines
from ._helpers import iter_problems

_NAMED = re.compile(r"\s*\.\.\s+\[(?P<label>#[^\]\s]+)\]")


@rule("B040", severity=Severity.WARNING)
def note_unreferenced(proposal: Proposal) -> Findings:
    """Nothing refers to a footnote or a citation.

    Readers who reach the note do not know what it is about. Often the reference lacks its
    underscore, or has it inside the brackets. Write ``[1]_`` where the note belongs, or remove
    the note.

    Bad::

        Types help readers. [1_]

        .. [1] Measured in 2025.

    Good::

        Types help readers. [1]_

        .. [1] Measured in 2025.
    """
    for problem in iter_problems(proposal, "unreferenced"):
        label = _label(proposal, problem)
        message = f"nothing refers to the {problem.message} {quote(f'[{label}]')}"
        yield Finding(problem.location.span, message, _help(proposal, label))


def _label(proposal: Proposal, problem: Problem) -> str:
    # The location is that of ".. [1] text". Of ".. [#ada] text", which is shown as "1", references
    # have the name; of ".. [#] text", "[1]_" is one.
    match = _NAMED.match(proposal.lines[problem.location.line - 1])
    return match["label"] if match else problem.name


def _help(proposal: Proposal, label: str) -> str:
    if proposal.is_markdown:
        return f"write [^{label}] where it belongs, or remove it"
    # "[1_]", and "[1]" in a sentence; but neither "[1]_" nor the note itself, ".. [1] text".
    misspelt = re.compile(rf"\[{re.escape(label)}(?:_\]|\](?!_))", re.IGNORECASE)
    for number, line in body_lines(proposal):
        match = misspelt.search(line)
        if match and not line[: match.start()].rstrip().endswith(".."):
            return f"write [{label}]_ instead of {match[0]} on line {number}"
    return f"write [{label}]_ where it belongs, or remove it"
