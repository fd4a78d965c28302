"""The names that a community adds to plain reStructuredText, as the parser gets them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, Self

Markup = Literal["rst", "markdown"]
"""How a body is written."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a community adds to plain reStructuredText.

    :param reference: The role that links a proposal: ``fep``.
    :param roles: Roles that link elsewhere: ``rfc``.
    :param literals: Patterns of roles whose text is shown as it is written: ``py:*``.
    :param banners: Directives that say how to take the page.
    :param opaque: Directives that mean something to the community's own site only.
    :param objects: Roles that are looked up in the inventories of other projects: ``py:func``.
    :param default_role: The role of text in single backquotes without one, if there is one.
    :param images: Directories with images, besides those of proposals.
    :param linked_sections: Sections in which each paragraph may need a link.
    :param includes: Whether texts may include files.
    :param markup: How the body is written.
    :param shown_text: Whether the text that readers see is one of the facts.
    """

    reference: str
    roles: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    default_role: str = ""
    images: tuple[str, ...] = ()
    linked_sections: tuple[str, ...] = ()
    includes: bool = False
    markup: Markup = "rst"
    shown_text: bool = False

    def is_literal(self, role: str) -> bool:
        """Return whether text in *role* is shown as it is written."""
        return any(fnmatchcase(role, pattern) for pattern in self.literals)

    def to_json(self) -> str:
        """Return these names as JSON, for :meth:`from_json`."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the names that :meth:`to_json` wrote."""
        names: dict[str, Any] = json.loads(text)
        for name, value in names.items():
            if isinstance(value, list):
                names[name] = tuple(value)
        return cls(**names)
