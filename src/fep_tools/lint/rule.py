"""What a rule is.

The decorator gives a function its code. Its name is the function's, what it judges is the
annotation of its first parameter, and whatever else it asks for is named by the annotations
of the others. The docstring is its page, its help on the command line and its tests.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

from ..diagnostics import Finding, Severity

CheckFunction = Callable[..., Iterator[Finding]]


@dataclass(frozen=True)
class Family:
    """Rules of a kind, told by the letter of their codes.

    *body*: whether they need bodies. *lenient*: whether what they find in a settled proposal
    is a warning, since its text is history. *inline*: whether a comment in a proposal can
    silence it there.
    """

    letter: str
    name: str
    summary: str
    body: bool = False
    lenient: bool = True
    inline: bool = True


FAMILIES = {
    family.letter: family
    for family in (
        Family("H", "Headers", "The block at the top of a proposal, line by line."),
        Family("S", "Status", "A proposal's status, and what it says of its past.", inline=False),
        Family("L", "Relations", "What proposals say of each other, seen from both ends."),
        Family("C", "Corpus", "Files, names and numbers, over the whole repository.", inline=False),
        Family(
            "T",
            "Transitions",
            "What a change does, compared with before.",
            lenient=False,
            inline=False,
        ),
        Family("B", "Body", "The text, as docutils reads it.", body=True),
        Family("N", "Notes", "What is said of other frameworks, and whether it holds.", body=True),
    )
}
"""Every family, by letter, in the order in which pages list them."""

_DOC = re.compile(
    r"(?P<summary>\S.*)\n\n(?P<why>.+?)\n\nBad::\n\n(?P<bad>.+?)\n\nGood::\n\n(?P<good>.+)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Rule:
    """A rule and everything that is known of it. *bad* and *good* are examples, as text."""

    code: str
    name: str
    severity: Severity
    fixable: bool
    summary: str
    why: str
    bad: str
    good: str
    check: CheckFunction
    parameters: tuple[type, ...]

    @property
    def subject(self) -> type:
        """What it judges: the type of its first parameter."""
        return self.parameters[0]

    @property
    def family(self) -> Family:
        """The family that its code's letter names."""
        return FAMILIES[self.code[0]]


def rule(
    code: str, *, severity: Severity = Severity.ERROR, fixable: bool = False
) -> Callable[[CheckFunction], Rule]:
    """Make a function a rule; raises :class:`TypeError` if its docstring lacks a part."""

    def decorate(check: CheckFunction) -> Rule:
        doc = _DOC.fullmatch(inspect.getdoc(check) or "")
        if doc is None:
            raise TypeError(f"{check.__name__}: want a summary, a why, Bad:: and Good::")
        hints = get_type_hints(check)
        hints.pop("return", None)
        return Rule(
            code=code,
            name=check.__name__.replace("_", "-"),
            severity=severity,
            fixable=fixable,
            summary=doc["summary"],
            why=doc["why"],
            bad=_example(doc["bad"]),
            good=_example(doc["good"]),
            check=check,
            parameters=tuple(hints.values()),
        )

    return decorate


def _example(text: str) -> str:
    r"""An example as a file holds it; ``\u202e`` and its like stand for the character."""
    text = inspect.cleandoc(text) + "\n"
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by code."""
    from . import rules

    modules = (
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")
        if not module.ispkg
    )
    found = (value for m in modules for value in vars(m).values() if isinstance(value, Rule))
    return tuple(sorted(found, key=lambda rule: rule.code))


def find_rule(name: str) -> Rule | None:
    """The rule of that code or name."""
    matching = (r for r in all_rules() if name.upper() == r.code or name.lower() == r.name)
    return next(matching, None)


def matches_selector(rule: Rule, name: str) -> bool:
    """Whether *name*, ``H103``, ``H1``, ``header-date`` or ``ALL``, stands for *rule*."""
    return name == "ALL" or rule.code.startswith(name) or rule.name == name.lower()
