"""The ``@rule`` decorator, and the families that rules belong to.

The decorator turns a function into a :class:`Rule`. The name of the function is the name of
the rule. The annotation of the first parameter says what the rule checks, and the annotations
of the other parameters say what else the engine passes to it. The docstring is the page of
the rule, its help on the command line, and its test.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import dedent
from typing import get_type_hints, Literal

from .._numbers import NUMBER
from ..diagnostics import Finding, Severity
from ..errors import FepError

CheckFunction = Callable[..., Iterator[Finding]]

MarkdownUse = Literal["off", "checked", "fixed"]
"""What a rule does in Markdown: nothing, since it is about the syntax of reStructuredText; only
its check; or its check and its fix."""


@dataclass(frozen=True)
class Family:
    """Rules whose codes begin with the same letter.

    :param body: Whether the rules need parsed bodies.
    :param lenient: Whether an error in a settled proposal is reported as a warning, because
        the text of a settled proposal is a record and is not rewritten.
    :param inline: Whether a comment in a proposal can suppress the rules.
    :param affects_page: Whether what the rules find is wrong on the page as well, unless the rule
        itself says something else.
    """

    letter: str
    name: str
    summary: str
    body: bool = False
    lenient: bool = True
    inline: bool = True
    affects_page: bool = False


FAMILIES = {
    family.letter: family
    for family in (
        Family("H", "Headers", "The header block at the top of a proposal.", affects_page=True),
        Family("S", "Status", "The status of a proposal and its history.", inline=False),
        Family("L", "Relations", "References between proposals, checked in both directions."),
        Family("C", "Files", "Files, names and numbers in the whole repository.", inline=False),
        Family(
            "T",
            "Transitions",
            "Changes of proposals, compared with the base of a branch.",
            lenient=False,
            inline=False,
        ),
        Family(
            "B",
            "Body",
            "The text of a proposal, as docutils parses it.",
            body=True,
            affects_page=True,
        ),
        Family("N", "Notes", "Cross-framework notes and the results of their snippets.", body=True),
    )
}
"""Every family by letter, in the order in which pages list them."""

# The docstring of a rule has five parts, in this order:
#
#     Summary in one line.
#
#     One or more paragraphs that say why.
#
#     Bad::
#
#         FEP: 7
#
#     Good::
#
#         FEP: 8
_DOCSTRING = re.compile(
    r"(?P<summary>\S[^\n]*)\n\n(?P<why>.+?)\n\nBad::\n\n(?P<bad>.+?)\n\nGood::\n\n(?P<good>.+)",
    re.DOTALL,
)

# A proposal in an example that begins with another header ("Status: Draft") or, of a rule about
# bodies, with text has a number and a title above it, unless it has one of them itself. The number
# is that of its path ("# proposals/fep-0005.rst"), or 7.
_TITLES = {5: "Views", 7: "Typed views", 12: "Typed requests"}
_COMPLETE = re.compile(rf"^(?:Title: |:?[A-Z]+: *{NUMBER}$)", re.MULTILINE)
_FILE = re.compile(r"(?P<path># \S*fep-(?P<number>\d+)\S*\.rst\n)?(?P<text>(?!# ).+)", re.DOTALL)
_HEADER = re.compile(r"[A-Z][\w-]*: ")


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its documentation and its check.

    :param blocking: Whether a finding keeps other rules from judging the proposal. Such a finding
        in a file that a change has edited counts as introduced: nothing is known about the rest
        of the change.
    :param why: The reasons for the rule, in reStructuredText.
    :param bad: An example in which the rule finds something.
    :param good: The same example without a finding; for a fixable rule, the fixed *bad*.
    :param check: Yields the findings. Its arguments are of the types in *parameters*.
    :param parameters: The types of the arguments, as the engine has to pass them.
    :param affects_page: Whether a page shows something else than the author meant. The build
        reports the findings of these rules as well, so that it and the check agree.
    :param markdown: What the rule does in a proposal in Markdown.
    """

    code: str
    name: str
    severity: Severity
    fixable: bool
    blocking: bool
    summary: str
    why: str
    bad: str
    good: str
    check: CheckFunction
    parameters: tuple[type, ...]
    affects_page: bool = False
    markdown: MarkdownUse = "fixed"

    @property
    def subject(self) -> type:
        """The type of what the rule checks: that of its first parameter."""
        return self.parameters[0]

    @property
    def plain_summary(self) -> str:
        """The summary without markup, for plain text."""
        return _without_literals(self.summary)

    @property
    def plain_why(self) -> str:
        """The reasons without markup, for plain text."""
        return _without_literals(self.why)

    @property
    def family(self) -> Family:
        """The family that the letter of the code names."""
        return FAMILIES[self.code[0]]

    @property
    def inline(self) -> bool:
        """True if a comment in a proposal can suppress the rule.

        A blocking rule is not: the author would suppress all rules that it blocks.
        """
        return self.family.inline and not self.blocking

    def matches(self, selector: str) -> bool:
        """Return whether a selector includes this rule.

        :param selector: A code (``H103``), the beginning of codes (``H1``, ``H``), a name
            (``header-date``), or ``ALL``.
        """
        return self.specificity(selector) >= 0

    def specificity(self, selector: str) -> int:
        """Return how closely a selector describes this rule; -1 if it does not include it.

        A code or a name is closer than the beginning of a code, and that is closer than ``ALL``.
        """
        if selector == "ALL":
            return 0
        if self.name == selector.lower():
            return len(self.code)
        return len(selector) if self.code.startswith(selector) else -1


def rule(
    code: str,
    *,
    severity: Severity = Severity.ERROR,
    fixable: bool = False,
    blocking: bool = False,
    affects_page: bool | None = None,
    markdown: MarkdownUse | None = None,
) -> Callable[[CheckFunction], Rule]:
    """Turn a function into a rule.

    :param code: The letter of a family and three digits.
    :param severity: The level of the findings.
    :param fixable: Whether the findings have edits.
    :param blocking: Whether a finding keeps other rules from judging the proposal.
    :param affects_page: Whether a page shows something else than the author meant. Default: as
        the family says. A rule about a convention, such as the order of sections, sets ``False``.
    :param markdown: What the rule does in a proposal in Markdown. Default: rules about the text
        have no fixes there, since they would write reStructuredText.
    :raises FepError: Python runs without docstrings.
    :raises TypeError: The docstring lacks a part, or the code the letter of a family.
    """

    def decorate(check: CheckFunction) -> Rule:
        if code[:1] not in FAMILIES:
            raise TypeError(
                f"{check.__name__}: the code {code} does not begin with the letter of a family"
            )
        doc = _DOCSTRING.fullmatch(inspect.getdoc(check) or "")
        if sys.flags.optimize > 1:
            raise FepError(
                "Python runs with -OO, which removes the texts of all rules; "
                "run it without this option, and unset PYTHONOPTIMIZE"
            )
        if doc is None:
            raise TypeError(
                f"{check.__name__}: the docstring needs a summary, reasons, Bad:: and Good::"
            )
        hints = get_type_hints(check)
        hints.pop("return", None)
        family = FAMILIES[code[0]]
        return Rule(
            code=code,
            name=check.__name__.replace("_", "-"),
            severity=severity,
            fixable=fixable,
            blocking=blocking,
            summary=doc["summary"],
            why=doc["why"],
            bad=_example(doc["bad"], family),
            good=_example(doc["good"], family),
            check=check,
            parameters=tuple(hints.values()),
            affects_page=family.affects_page if affects_page is None else affects_page,
            markdown=markdown or ("checked" if family.body else "fixed"),
        )

    return decorate


def _without_literals(text: str) -> str:
    """Return *text* with ``code`` written as code, as a terminal does not render markup."""
    return re.sub(r"``(.+?)``", r"\1", text, flags=re.DOTALL)


def _example(text: str, family: Family) -> str:
    r"""Return an example as files would hold it, with ``\u202e`` replaced by the character.

    An invisible character in a docstring would be invisible in the editor as well.
    """
    files = re.split(r"(?m)^(?=# \S+$)", dedent(text) + "\n")
    text = "".join(_with_headers(file, family) for file in files)
    return re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), text)


def _with_headers(file: str, family: Family) -> str:
    match = _FILE.fullmatch(file)
    if match is None or _COMPLETE.search(match["text"]):
        return file
    starts_with_header = _HEADER.match(match["text"])
    if not starts_with_header and not family.body:
        return file
    number = int(match["number"] or 7)
    headers = f"FEP: {number}\nTitle: {_TITLES.get(number, f'Proposal {number}')}\n"
    gap = "" if starts_with_header else "\n"
    return f"{match['path'] or ''}{headers}{gap}{match['text']}"
