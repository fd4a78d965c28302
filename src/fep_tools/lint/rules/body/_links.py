"""What rules about links share: which role an address stands for, and what a link names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ....process.model import Process
from ....proposals.body import Link

_REST = re.compile(r"0*([0-9]{1,5})(?:\.(?:html?|txt|rst))?/?(?:#([\w.~-]+))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a role can say: its name, a number, and a place within."""

    role: str
    number: int
    fragment: str = ""

    def written(self, text: str = "") -> str:
        """The role as it stands in a proposal, with *text* to show where that is given."""
        target = f"{self.number}#{self.fragment}" if self.fragment else str(self.number)
        return f":{self.role}:`{text} <{target}>`" if text else f":{self.role}:`{target}`"


def referred(address: str, process: Process) -> Reference | None:
    """What *address* leads to, if the process has a role for it."""
    bare = _bare(address)
    for role, prefixes in _prefixes(process):
        for prefix in map(_bare, prefixes):
            match = _REST.fullmatch(bare, len(prefix)) if bare.startswith(prefix) else None
            if match:
                return Reference(role, int(match[1]), match[2] or "")
    return None


def _bare(address: str) -> str:
    """*address* without its scheme, and with its host in lower case."""
    host, slash, path = address.partition(":")[2].removeprefix("//").partition("/")
    return host.lower() + slash + path


def _prefixes(process: Process) -> list[tuple[str, tuple[str, ...]]]:
    own = process.url.partition("{0")[0] if "{0" in process.url else ""
    addresses = (*((own,) if own else ()), *process.url_prefixes)
    roles = [(role.name, role.url_prefixes) for role in process.roles]
    return [(process.acronym.lower(), addresses), *roles]


def label(role: str, process: Process) -> str:
    """The word that names what *role* links, before its number: ``PEP`` or ``RFC``."""
    if role == process.acronym.lower():
        return process.acronym
    texts = (known.text for known in process.roles if known.name == role)
    word = next(texts, "").partition("{0}")[0].strip()
    return word if word.isalpha() else ""


def named(text: str, word: str) -> list[int]:
    """The numbers that *text* names behind *word*, as in ``PEP 8 and PEP 20``."""
    found = re.findall(rf"\b{re.escape(word)}[ -]?([0-9]{{1,5}})\b", text, re.I) if word else ()
    return [int(number) for number in found]


def number(link: Link) -> int | None:
    """The number that a link by role has for its target."""
    return int(link.target) if re.fullmatch("[0-9]{1,5}", link.target) else None
