"""Names of headers, statuses and sections that communities have in common, and what they mean.

The headers are those of PEP 1, DEP 1, NEP 0, GLEP 1, REP 1, EIP 1 and their templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...process.schema import Role

ROLES: dict[str, Role] = {
    "title": "title",
    "feature-name": "title",
    "author": "authors",
    "authors": "authors",
    "editor": "scribe",
    "scribe": "scribe",
    "upstream-author": "upstream_authors",
    "upstream-authors": "upstream_authors",
    "sponsor": "sponsor",
    "shepherd": "sponsor",
    "champion": "sponsor",
    "pep-delegate": "delegate",
    "bdfl-delegate": "delegate",
    "delegate": "delegate",
    "discussions-to": "discussion",
    "discussion": "discussion",
    "status": "status",
    "state": "status",
    "type": "type",
    "category": "topics",
    "topic": "topics",
    "requires": "requires",
    "created": "created",
    "date": "created",
    "date-started": "created",
    "date-created": "created",
    "creation-date": "created",
    "start-date": "created",
    "python-version": "version",
    "replaces": "replaces",
    "obsoletes": "replaces",
    "supersedes": "replaces",
    "replaced-by": "superseded_by",
    "superseded-by": "superseded_by",
    "obsoleted-by": "superseded_by",
    "post-history": "posts",
    "resolution": "resolution",
    "withdrawal-reason": "reason",
    "implementation": "upstream",
    "last-call-deadline": "review_until",
    "review-period-end": "review_until",
}
"""The role of a header by its name in lower case, its words joined by hyphens."""


@dataclass(frozen=True)
class StatusMeaning:
    """What a status means in most communities.

    :param rank: how far along it is, 0 if it is not on the way
    :param flags: the keys of its table that are true
    """

    summary: str
    rank: int = 0
    flags: tuple[str, ...] = ()


UNKNOWN_STATUS = StatusMeaning("(Its meaning is not known; describe it here.)", 1)

INITIAL_STATUS = StatusMeaning("New; not decided yet.", 1)

_MEANINGS = {
    "draft drafts exploratory idea incomplete wip development": StatusMeaning("Being written.", 1),
    "proposed pending planning new open": StatusMeaning("Proposed; not decided yet.", 1),
    "review voting discussion": StatusMeaning("Complete, and being discussed.", 2),
    "accepted approved adopted passed implementable": StatusMeaning(
        "Accepted; not done yet.", 3, ("decision",)
    ),
    "provisional": StatusMeaning("Accepted for a trial.", 3, ("decision",)),
    "active living": StatusMeaning("In effect.", 4, ("decision",)),
    "final finished implemented completed complete done": StatusMeaning(
        "Done.", 4, ("decision", "settled")
    ),
    "activated enacted deployed": StatusMeaning("In use.", 5, ("decision", "settled")),
    "deferred postponed stagnant dormant paused moribund": StatusMeaning(
        "Not being worked on.", 0, ("settled",)
    ),
    "rejected declined": StatusMeaning("Not adopted.", 0, ("decision", "settled", "closed")),
    "withdrawn abandoned": StatusMeaning("Given up by its authors.", 0, ("settled", "closed")),
    "superseded replaced obsolete obsoleted moved": StatusMeaning(
        "Replaced by another one.", 0, ("settled", "closed")
    ),
}

STATUSES = {word: meaning for words, meaning in _MEANINGS.items() for word in words.split()}
"""The meanings of statuses, by their names in lower case."""

DERIVED = {"Proposed": "", "Accepted": "date-accepted", "Implemented": "implemented"}
"""The headers that say how far a proposal without a header for its status has come."""

TYPES = frozenset({"standards track", "informational", "process"})
"""Types that communities have in common, in lower case, even if they have only one of each."""

TEXT_ROLES = {
    "pep": {"url": "https://peps.python.org/pep-{0:04}/", "text": "PEP {0}"},
    "rfc": {"url": "https://datatracker.ietf.org/doc/html/rfc{0}.html", "text": "RFC {0}"},
}
"""The roles of docutils that link to another site, as tables of a process file."""


_DOMAINS = {
    "py": "attr class const data exc func meth mod obj",
    "c": "data enum func macro member struct type",
    "cpp": "any class enum func member type",
    "js": "attr class data func meth mod",
}
SPHINX_ROLES = frozenset(
    {
        *_DOMAINS["py"].split(),
        "command", "doc", "download", "envvar", "file", "index", "menuselection", "numref",
        "option", "program", "term",
        *(f"{domain}:{name}" for domain, names in _DOMAINS.items() for name in names.split()),
    }
)  # fmt: skip
"""Roles of Sphinx, whose text is shown as code."""

SPHINX_DIRECTIVES = frozenset(
    {
        "c:function", "c:macro", "c:member", "c:struct", "c:type", "currentmodule", "glossary",
        "highlight", "literalinclude", "module", "only", "py:class", "py:function", "py:method",
        "py:module", "raw", "sectionauthor", "tabularcolumns",
    }
)  # fmt: skip
"""Directives that a community's own site has, and that are skipped."""


def header_key(name: str) -> str:
    """Return the name of a header in the form of :data:`ROLES`; NEAR has ``SupersededBy``."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "-", name)
    return name.lower().replace(" ", "-").replace("_", "-")
