import re

from ....proposals.body import Problem
from .._api import Finding, Findings, Proposal, quote, rule, Severity
from .._lines import body_lines
from ._helpers import iter_problems

_NAMED = re.compile(r"\s*\.\.\s+\[(?P<label>#[^\]\s]+)\]")
_BRACKETS = re.compile(r"\[(?P<label>[^\[\]\s]+)\](?P<underscore>_?)")


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
    problems = list(iter_problems(proposal, "unreferenced"))
    misspelt = _find_misspelt(proposal) if problems and not proposal.is_markdown else {}
    for problem in problems:
        label = _label(proposal, problem)
        message = f"nothing refers to the {problem.message} {quote(f'[{label}]')}"
        caret = "^" * proposal.is_markdown
        help_ = f"write [{caret}{label}]{'' if caret else '_'} where it belongs, or remove it"
        if found := misspelt.get(label.casefold()):
            help_ = f"write [{label}]_ instead of {found}"
        yield Finding(problem.location.span, message, help_)


def _label(proposal: Proposal, problem: Problem) -> str:
    # The location is that of ".. [1] text". Of ".. [#ada] text", which is shown as "1", references
    # have the name; of ".. [#] text", "[1]_" is one.
    match = _NAMED.match(proposal.lines[problem.location.line - 1])
    return match["label"] if match else problem.name


def _find_misspelt(proposal: Proposal) -> dict[str, str]:
    """Return what may be a reference without its underscore, and where, by label.

    All in one pass, since there may be thousands of notes.
    """
    found: dict[str, str] = {}
    for number, line in body_lines(proposal):
        for match in _BRACKETS.finditer(line):
            label = match["label"]
            if line[: match.start()].rstrip().endswith(".."):
                continue  # the note itself, ".. [1] text"
            # "[1_]", and "[1]" in a sentence, but not "[1]_"
            labels = [label[:-1]] if label.endswith("_") else []
            labels += [] if match["underscore"] else [label]
            for one in labels:
                found.setdefault(one.casefold(), f"[{label}] on line {number}")
    return found
