"""Helpers of rules about links: the role that can replace a URL, and the number a link names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...._numbers import NUMBER
from ....process.model import Process
from ....proposals.body import Link
from ....proposals.model import Corpus, Proposal
from ._helpers import get_body

# What may follow the prefix of a URL: "0484/", "484.html", "0008/#indentation".
_URL_REST = re.compile(r"0*([0-9]{1,5})(?:\.(?:html?|txt|rst))?/?(?:#([\w.~-]+))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """The target of a role: its name, a number and a section, as in ``:pep:`8#imports```."""

    role: str
    number: int
    fragment: str = ""

    def format(self, text: str = "") -> str:
        """Return the role as it is written, with *text* as the link text if it is not empty."""
        target = f"{self.number}#{self.fragment}" if self.fragment else str(self.number)
        return f":{self.role}:`{text} <{target}>`" if text else f":{self.role}:`{target}`"


def reference_for_url(url: str, process: Process) -> Reference | None:
    """Return the reference to the same target as *url*, if the process has a role for it."""
    bare = _without_scheme(url)
    for role, prefixes in _url_prefixes(process):
        for prefix in map(_without_scheme, prefixes):
            match = _URL_REST.fullmatch(bare, len(prefix)) if bare.startswith(prefix) else None
            if match:
                return Reference(role, int(match[1]), match[2] or "")
    return None


def _without_scheme(url: str) -> str:
    """Return *url* with its host in lower case: ``python.org/PEP`` for ``http://Python.org/PEP``."""
    host, slash, path = url.partition(":")[2].removeprefix("//").partition("/")
    return host.lower() + slash + path


def _url_prefixes(process: Process) -> list[tuple[str, tuple[str, ...]]]:
    """Return the roles, each with the beginnings of URLs up to the number."""
    roles = [(role.name, role.url_prefixes) for role in process.roles]
    own = [(process.acronym.lower(), process.own_url_prefixes)] if process.reference_role else []
    return [*own, *roles]


def role_label(role: str, process: Process) -> str:
    """Return the word that a role shows before its number: ``PEP`` or ``RFC``."""
    if role == process.acronym.lower():
        return process.acronym
    texts = (other.text for other in process.roles if other.name == role)
    word = next(texts, "").partition("{0}")[0].strip()
    return word if word.isalpha() else ""


def find_numbers(text: str, word: str) -> list[int]:
    """Return the numbers after *word*: 8 and 20 in ``PEP 8 and PEP-0020``."""
    numbers = re.findall(rf"\b{re.escape(word)}[ -]?({NUMBER})\b", text, re.I) if word else ()
    return [int(number) for number in numbers]


def linked_proposals(
    proposal: Proposal, process: Process, corpus: Corpus
) -> Iterator[tuple[Link, Proposal]]:
    """Yield the links by role to proposals that exist, each with its target."""
    for link in get_body(proposal).links:
        number = target_number(link) if link.role == process.acronym.lower() else None
        other = None if number is None else corpus.get(number)
        if other is not None:
            yield link, other


def target_number(link: Link) -> int | None:
    """Return the number that a link by role has as its target, if it is a number."""
    return int(link.target) if re.fullmatch(NUMBER, link.target) else None
