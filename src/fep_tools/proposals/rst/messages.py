"""What docutils complains of, as somebody who writes a proposal wants to hear it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..._text import quote, safe
from ..body import ProblemKind
from .message_catalog import MARKS, MESSAGES


class Explanation(NamedTuple):
    """A message in plain words, and what to do."""

    message: str
    help: str = ""
    trouble: ProblemKind = "markup"


_WORDS = tuple((re.compile(pattern), message, help_) for pattern, message, help_ in MESSAGES)
_DOUBLE = "Duplicate target name, cannot be used as a unique reference:"
_START = re.compile(
    r"Inline (?P<kind>.+) start-string without end-string|"
    r"Title (?P<line>under|over)line too short"
)


def explain_messages(messages: Sequence[str]) -> Iterator[tuple[int, Explanation]]:
    """Each of *messages* that is not the echo of another, by its place, in plain words."""
    told = set(messages)
    last = ""
    for at, message in enumerate(messages):
        if not _is_echo(message, last, told):
            yield at, explain(message)
        last = message


def explain(message: str) -> Explanation:
    """What docutils says as *message*, in plain words; as it is, where there are none."""
    text = " ".join(message.split()).rstrip(".")
    if match := _START.fullmatch(text):
        return _unclosed(match["kind"]) if match["kind"] else _short(match["line"])
    for pattern, words, help_ in _WORDS:
        if match := pattern.fullmatch(text):
            return Explanation(_filled(words, match), _filled(help_, match))
    return Explanation(f"docutils says: {text}")


def _filled(words: str, match: re.Match[str]) -> str:
    groups = [safe(group) for group in match.groups() if group is not None]
    first = groups[0] if groups else ""
    return words.format(*groups, lower=first[:1].lower() + first[1:], quoted=quote(first))


def _unclosed(kind: str) -> Explanation:
    mark, name = MARKS.get(kind, ("", kind))
    help_ = f"close it with {mark[::-1]}, or write \\{mark} for the characters themselves"
    return Explanation(f"{quote(mark)} begins {name} that does not end", help_)


def _short(side: str) -> Explanation:
    message = f"the line {side} the title is shorter than the title"
    return Explanation(message, "make it as long as the title", "underline")


def _is_echo(message: str, last: str, told: Collection[str]) -> bool:
    """Whether *message* only repeats what the *last* one says, or another of those *told*."""
    if message.startswith("Block quote ends without a blank line"):
        return last.startswith("Unexpected indentation")
    if message.startswith("Substitution definition"):
        return last.startswith("Error in")
    if name := re.search(r'refers to target "(.+)", which is a duplicate', message):
        return f'{_DOUBLE} "{name[1]}".' in told
    if message.startswith(_DOUBLE):
        return message.replace(_DOUBLE, "Duplicate explicit target name:") in told
    return False
