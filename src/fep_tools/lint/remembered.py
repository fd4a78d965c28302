"""Findings of former runs, for proposals that have not changed since.

Most rules look at one proposal. What they find depends on its file, on the process, and on what
they ask about the rest of the repository, such as whether there is a proposal 7. It is remembered
with these questions and their answers, and holds as long as the answers are the same.

Everything here is pure: :mod:`fep_tools.repository` keeps what is remembered in the cache.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TYPE_CHECKING

from .._text import digest, parse_json
from ..diagnostics import Finding
from ..notes.store import NoteStore
from ..process.model import Process
from ..proposals.body import Body
from ..proposals.model import Corpus, Proposal
from .ignore_comments import ignore_comments
from .registry import RuleSet
from .rule import Rule

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MAX_KEPT = 1000
"""How many findings of one rule in one proposal are remembered; a hostile text has more."""

_ASKING = frozenset((Corpus, NoteStore))
_REMEMBERED = _ASKING | {Proposal, Process, RuleSet}

# What a rule can ask about, besides one proposal, whose number is the question.
_PROPOSALS, _FILES, _ANYTHING = "proposals", "files", "anything"

_QUESTIONS = {
    "attachments": (_FILES,),
    "images": (_FILES,),
    "memo": (_FILES,),
    "numbers_by_digits": (_PROPOSALS,),
    "numbers_by_label": (_PROPOSALS,),
    "numbers_by_name": (_PROPOSALS,),
}
"""What a rule asks that uses an attribute of a corpus."""


def is_remembered(rule: Rule) -> bool:
    """Return whether findings of a rule are remembered: not if they depend on the day."""
    return rule.subject is Proposal and _REMEMBERED.issuperset(rule.parameters)


def _asks(rule: Rule) -> bool:
    """Return whether a rule can ask about more than its proposal."""
    return not _ASKING.isdisjoint(rule.parameters)


class Remembered(NamedTuple):
    """What is remembered of a proposal.

    :param body: What other proposals see of its body, if that was parsed.
    :param findings: What the rules found, by their codes.
    :param answers: What they asked about the rest of the repository, and the answers.
    """

    body: Body | None
    findings: Mapping[str, tuple[Finding, ...]]
    answers: Mapping[str, str]

    def dump(self) -> str:
        """Return this as JSON, for :meth:`load`."""
        body = None if self.body is None else self.body.facts()
        return json.dumps((body, self.findings, self.answers), separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Self:
        """Return what :meth:`dump` wrote.

        :raises ValueError: *text* is anything else.
        """
        return cls(*_adapter().validate_python(parse_json(text)))


@cache
def _adapter() -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # not at the top: without a cache, nothing is loaded

    return TypeAdapter(tuple[Body | None, dict[str, tuple[Finding, ...]], dict[str, str]])


class Memory:
    """What is remembered when a run begins, and what is to be remembered when it ends.

    :param corpus: The proposals, without their bodies.
    :param keys: A key of everything that a proposal depends on, by path. Default: nothing is to
        be remembered.
    :param known: What is remembered, by path.
    :ivar learned: What is to be remembered from now on, by key.
    """

    def __init__(
        self,
        corpus: Corpus,
        keys: Mapping[str, bytes] = MappingProxyType({}),
        known: Mapping[str, Remembered] = MappingProxyType({}),
    ) -> None:
        self._corpus, self._keys, self._known = corpus, keys, known
        self._answer = cache(self._find_answer)
        self._outdated = {
            path
            for path, remembered in known.items()
            if any(self._answer(each) != answer for each, answer in remembered.answers.items())
        }
        self._found: dict[str, dict[str, tuple[Finding, ...]]] = {}
        self._asked: dict[str, set[str]] = {}
        self._outlines: dict[str, Proposal] = {}
        self.learned: dict[bytes, Remembered] = {}

    def _find_answer(self, question: str) -> str:
        """Return a text that differs if the answer to a question of a rule does."""
        if question.isdecimal():
            other = self._corpus.get(int(question))
            return "" if other is None else self._keys[other.path].hex()
        facts: object = [self._keys[proposal.path] for proposal in self._corpus]
        if question == _FILES:
            facts = [*self._corpus.attachments.items()], [*self._corpus.images.items()]
        return digest(repr(facts).encode("utf-8", "surrogatepass"), 16).hex()

    @property
    def bodies(self) -> dict[str, Body | None]:
        """The bodies that no rule has to see again, as others see them, by path."""
        return {path: self._known[path].body for path in self._known.keys() - self._outdated}

    # During a run -------------------------------------------------------------------------------

    def candidates(self, rule: Rule, proposals: Iterable[Proposal]) -> Iterable[Proposal]:
        """Return those of *proposals* in which a rule may find something."""
        if not self._known or not is_remembered(rule):
            return proposals
        known, outdated = self._known, self._outdated if _asks(rule) else ()
        return (
            proposal
            for proposal in proposals
            if (path := proposal.path) not in known
            or path in outdated
            or rule.code in known[path].findings
        )

    def finder(self, rule: Rule, others: Sequence[Any]) -> Callable[[Any], Iterable[Finding]]:
        """Return a function that returns what a rule finds in its argument, or found before.

        :param others: The other arguments of the rule.
        """
        if not is_remembered(rule) or not (self._keys or _asks(rule)):
            return lambda subject: rule.check(subject, *others)
        known, outdated = self._known, self._outdated if _asks(rule) else ()

        def find(proposal: Proposal) -> Iterable[Finding]:
            if proposal.path in known and proposal.path not in outdated:
                return known[proposal.path].findings[rule.code]
            return self._find(rule, proposal, others)

        return find

    def _find(self, rule: Rule, proposal: Proposal, others: Sequence[Any]) -> Iterator[Finding]:
        """Yield what a rule finds, and note it together with what the rule asks."""
        asked = self._asked.setdefault(proposal.path, set())
        if NoteStore in rule.parameters:
            asked.add(_FILES)
        arguments = [
            _CorpusView(other, proposal, asked, self) if isinstance(other, Corpus) else other
            for other in others
        ]
        found: list[Finding] = []
        for finding in rule.check(proposal, *arguments):
            if len(found) <= MAX_KEPT:
                found.append(finding)
            yield finding
        if len(found) > MAX_KEPT:
            asked.add(_ANYTHING)
        elif found:
            self._found.setdefault(proposal.path, {})[rule.code] = tuple(found)

    def outline(self, proposal: Proposal) -> Proposal:
        """Return a proposal of this run with what others see of its body."""
        if proposal.body is None:
            return proposal
        if proposal.path not in self._outlines:
            body = proposal.body.outline(with_headings=proposal.titled_by_heading)
            self._outlines[proposal.path] = replace(proposal, body=body)
        return self._outlines[proposal.path]

    def learn(self, rules: Iterable[Rule], checked: Iterable[Proposal]) -> None:
        """Note in :attr:`learned` what is to be remembered at the end of a run.

        :param rules: The rules of this run.
        :param checked: The proposals that they have checked.
        """
        asking = {rule.code for rule in rules if _asks(rule)}
        for proposal in checked:
            path = proposal.path
            asked, known = self._asked.get(path, set()), self._known.get(path)
            is_new = known is None or path in self._outdated
            if is_new and path in self._keys and _ANYTHING not in asked and _is_plain(proposal):
                findings = known.findings if known else {}
                own = {code: each for code, each in findings.items() if code not in asking}
                self.learned[self._keys[path]] = Remembered(
                    self.outline(proposal).body,
                    {**own, **self._found.get(path, {})},
                    {question: self._answer(question) for question in asked},
                )


def _is_plain(proposal: Proposal) -> bool:
    """Return whether no more is needed than what is remembered.

    The comments in a body suppress rules, and a text that could not be parsed may be parsed
    the next time.
    """
    has_comments = any(True for _comment in ignore_comments(proposal))
    return proposal.refusal is None and not proposal.obstacle and not has_comments


class _CorpusView:
    """A corpus as a rule sees it that checks one proposal; notes what the rule asks."""

    def __init__(self, corpus: Corpus, proposal: Proposal, asked: set[str], memory: Memory) -> None:
        self._corpus, self._proposal, self._asked = corpus, proposal, asked
        self._outline = memory.outline

    def __getattr__(self, name: str) -> Any:
        self._asked.update(_QUESTIONS.get(name, (_ANYTHING,)))
        return getattr(self._corpus, name)

    def __iter__(self) -> Iterator[Proposal]:
        self._asked.add(_PROPOSALS)
        return map(self._outline, self._corpus)

    @cached_property
    def by_number(self) -> dict[int, Proposal]:
        """The proposals by number."""
        self._asked.add(_PROPOSALS)
        return {number: self._outline(each) for number, each in self._corpus.by_number.items()}

    def get(self, number: int) -> Proposal | None:
        """Return the proposal with that number."""
        self._asked.add(str(number))
        other = self._corpus.get(number)
        if other is None or other.path == self._proposal.path:
            return other and self._proposal
        return self._outline(other)
