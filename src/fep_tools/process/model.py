"""A community's process, as data.

``process.toml`` is the only place that names a status, a type, a transition, a header or a
section; the rest of the tool finds them by their role. :mod:`~fep_tools.process.loader` reads one
and makes sure that every name in it is defined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, cast, Self, TYPE_CHECKING, TypeVar

from pydantic import PrivateAttr

from .._numbers import MAX_NUMBER, NUMBER, PLACEHOLDER
from .._text import slugify
from .attachments import is_about_extensions, is_attachment, is_of_roles
from .schema import Header, IndexGroup, ProcessFile, Reserved, Role, Section, Status, Transition
from .values import Names

if TYPE_CHECKING:
    from .people import People

Value = TypeVar("Value")


class Process(ProcessFile):
    """The process by which one community writes and decides proposals."""

    _source: tuple[str, str] = PrivateAttr(("process.toml", ""))
    _people: People | None = PrivateAttr(None)

    def with_source(self, name: str, text: str) -> Self:
        """Record the name and the text of the file that it was read from."""
        self._source = (name, text)
        return self

    def with_default_role(self, role: str) -> Self:
        """Return this process with another role of text in single backquotes."""
        return self.model_copy(update={"default_role": role})

    def with_people(self, people: People) -> Self:
        """Return this process with the people who have a role in it."""
        process = self.model_copy(update={"editors": people.names("editor")})
        process._people = people
        return process

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return this process with other values, without what was computed from the former."""
        process = super().model_copy(update=update, deep=deep)
        for name in vars(process).keys() - type(self).model_fields.keys():
            del vars(process)[name]
        return process

    @property
    def people(self) -> People | None:
        """The people who have a role, if the community has a file of them."""
        return self._people

    @property
    def source(self) -> tuple[str, str]:
        """The name and the text of the file that it was read from."""
        return self._source

    @cached_property
    def _memo(self) -> dict[Callable[[Self], Any], Any]:
        return {}

    def memo(self, compute: Callable[[Self], Value]) -> Value:
        """Return ``compute(process)``, computed once per process.

        For values that other packages derive from a process.
        """
        if compute not in self._memo:
            self._memo[compute] = compute(self)
        return cast("Value", self._memo[compute])

    # Headers -------------------------------------------------------------------------------

    @cached_property
    def _by_role(self) -> dict[str, Header]:
        return {header.role: header for header in self.headers if header.role}

    @cached_property
    def _by_name(self) -> dict[str, Header]:
        return {header.name: header for header in self.headers}

    @cached_property
    def by_key(self) -> dict[str, Header]:
        """The headers by the key of their values."""
        return {header.key: header for header in self.headers}

    @cached_property
    def header_order(self) -> dict[str, int]:
        """The position of every header, by name."""
        return {header.name: position for position, header in enumerate(self.headers)}

    def header(self, name: str) -> Header | None:
        """Return the header of that exact name."""
        return self._by_name.get(name)

    def header_for(self, role: Role) -> Header | None:
        """Return the header with that role; ``None`` if the community has none."""
        return self._by_role.get(role)

    def header_name(self, role: Role) -> str:
        """Return the community's name of the header with that role."""
        header = self.header_for(role)
        return header.name if header else role

    # Statuses and transitions --------------------------------------------------------------

    @cached_property
    def _statuses(self) -> dict[str, Status]:
        return {status.name: status for status in self.statuses}

    def status(self, name: str | None) -> Status | None:
        """Return the status of that exact name."""
        return self._statuses.get(name) if name is not None else None

    @cached_property
    def _spellings(self) -> dict[str, Status]:
        names = {status.name.casefold(): status for status in self.statuses}
        former = {old.casefold(): status for status in self.statuses for old in status.formerly}
        return {**names, **former, **self._statuses}

    def resolve_status(self, spelling: str) -> Status | None:
        """Return the status of that name or former name, in any case, as it is read in a header."""
        return self._spellings.get(spelling) or self._spellings.get(spelling.casefold())

    @property
    def has_derived_status(self) -> bool:
        """True if the status of a proposal follows from its headers, and none of them names it."""
        return self.header_for("status") is None

    def derive_status(self, names: Collection[str]) -> str | None:
        """Return the status of a proposal if no header names it.

        :param names: the names of the headers that have a value.
        """
        if not names or not self.has_derived_status:
            return None
        return next((status.name for status in self.statuses if status.follows_from(names)), None)

    @property
    def initial_status(self) -> Status:
        """The status of a new proposal: the first of the file."""
        return self.statuses[0]

    def transitions_from(
        self, before: str, type_: str | None, *, retroactive: bool = False
    ) -> tuple[Transition, ...]:
        """Return the transitions allowed from a status, for a type.

        :param retroactive: include those that only retroactive proposals may make.
        """
        return tuple(
            transition
            for transition in self.transitions
            if transition.from_ == before
            and (not transition.types or type_ in transition.types)
            and (retroactive or not transition.retroactive)
        )

    def transition(
        self, before: str, after: str, type_: str | None, *, retroactive: bool = False
    ) -> Transition | None:
        """Return the transition between two statuses for a type, if it is allowed."""
        allowed = self.transitions_from(before, type_, retroactive=retroactive)
        return next((transition for transition in allowed if after in transition.to), None)

    # Sections and the index ----------------------------------------------------------------

    def sections_for(self, type_: str | None) -> tuple[Section, ...]:
        """Return the sections of a proposal of that type, in order."""
        return tuple(s for s in self.sections if not s.types or type_ in s.types)

    def is_last_section(self, section: Section) -> bool:
        """Return whether nothing may follow a section."""
        if section.last is None:
            return bool(section.text) and section == self.sections[-1]
        return section.last

    def index_group(
        self, status: str | None, type_: str | None, title: str = ""
    ) -> IndexGroup | None:
        """Return the group of the index that a proposal is in.

        Conditions on the title come first: "Release schedule" is a part of a larger group.
        """
        conditions = [(part, group) for group in self.index for part in group.conditions]
        conditions.sort(key=lambda row: not row[0].title_words)
        matching = (group for part, group in conditions if part.applies(status, type_, title))
        return next(matching, None)

    # Numbers, names and paths --------------------------------------------------------------

    def free_numbers(
        self, present: Collection[int], used: Collection[int] = frozenset()
    ) -> Iterator[int]:
        """Yield the numbers that a new proposal may get; the first one is the next.

        They follow all *present* numbers, so that a gap is not filled.

        :param present: numbers of the proposals in the working tree
        :param used: numbers that other branches have, or that a deleted proposal had
        """
        taken = set().union(used, present)
        last = self.last_number or MAX_NUMBER
        # A draft that waits for its number must not move all others beyond 9999.
        counted = set(present) - ({PLACEHOLDER} if PLACEHOLDER - 1 not in present else set())
        first = max([self.first_number, *(n + 1 for n in counted if n <= last)])
        return (n for n in range(first, last + 1) if n not in taken and not self.reservation(n))

    def reservation(self, number: int | None) -> Reserved | None:
        """Return the entry that reserves a number, if there is one."""
        matching = (row for row in self.reserved if number is not None and number in row.numbers)
        return next(matching, None)

    def label(self, number: int | str | None, title: str | None = None) -> str:
        """Return the short name of a proposal in text, such as ``FEP 7``.

        :param number: A text for a number that is not whole, such as ``22a``.

        :param title: is added, if there is one: ``FEP 7: Typed views``.
        """
        label = self.acronym if number is None else f"{self.acronym} {number}"
        return f"{label}: {title}" if title else label

    @property
    def heading_format(self) -> str:
        """The form of a heading that is a title, with ``{number}`` and ``{title}``."""
        return self.title_format or f"{self.acronym} {{number}}: {{title}}"

    def heading(self, number: int, title: str) -> str:
        """Return the heading of a proposal, in communities where that is the title."""
        return self.heading_format.format(number=number, title=title)

    @cached_property
    def _label(self) -> str:
        """A regular expression for what stands before a number: ``FEP``, or ``MS RFC``."""
        before, is_numbered, _rest = self.heading_format.partition("{number")
        before = before.strip(" #-_") if is_numbered else ""
        words = r"[ _-]+".join(map(re.escape, before.split()))
        return f"(?:{words}|{re.escape(self.acronym)})" if words else re.escape(self.acronym)

    @cached_property
    def _titled(self) -> re.Pattern[str]:
        return self._title_pattern(NUMBER)

    def _title_pattern(self, number: str) -> re.Pattern[str]:
        # "FEP 7: Views", "FEP 7:Views", "NEP-0056 — Views", "SLEP006. Views" and "FEP 7 Views".
        separator = r"(?:(?P<separator>\s*(?:--+|[:.\u2010-\u2015\u2212-]))?\s+|(?P<colon>:))"
        label = rf"{self._label}[ _#-]*(?P<number>{number})"
        return re.compile(rf"{label}{separator}(?P<title>\S.*)", re.IGNORECASE | re.DOTALL)

    def split_title(self, title: str) -> tuple[int | None, str, str]:
        """Return the number at the beginning of a title, the sign after it, and the rest.

        ``NEP 56 — Array API`` gives 56, the dash and ``Array API``; a title without a label gives
        ``None``, no sign and itself.
        """
        match = self._titled.match(title)
        if match is None:
            return None, "", title
        sign = match["separator"] or match["colon"] or ""
        return int(match["number"]), sign.strip(), match["title"]

    def without_label(self, title: str, number: str) -> str:
        """Return a title without the label of a number that is not whole, such as ``22a``."""
        match = self._title_pattern(re.escape(number)).match(title)
        return match["title"] if match else title

    def number_from_label(self, text: str) -> int | None:
        """Return the number in ``12``, ``0012``, ``FEP 12``, ``fep-0012`` or ``#12``."""
        label = rf"(?:{self._label}[ _-]?)?#?0*({NUMBER})"
        match = re.fullmatch(label, text.strip(), re.IGNORECASE)
        return int(match[1]) if match else None

    def slug(self, number: int | str) -> str:
        """Return the name of a proposal in URLs, such as ``fep-0007`` or ``fep-22a``."""
        digits = number if isinstance(number, str) else f"{number:04}"
        return f"{self.acronym.lower()}-{digits}"

    @property
    def own_url_prefixes(self) -> Names:
        """The beginnings of URLs of proposals, up to the number."""
        own = self.url.partition("{0")[0] if "{0" in self.url else ""
        return (*((own,) if own else ()), *self.url_prefixes)

    def path_for_new(self, number: int, title: str) -> str:
        """Return the path of a new proposal."""
        slug = slugify(title) or "untitled"
        return self.files.path(number, status=self.initial_status.directory, slug=slug)

    def is_attachment(self, path: str) -> bool:
        """Return whether a file is beside proposals: of notes, an inventory, included, a page."""
        is_note = self.notes is not None and is_attachment(path, self.notes.frameworks)
        if self.extensions and is_about_extensions(path, self.extensions.watched):
            return True
        is_beside = self.files.is_beside(path, (*self.files.included, *self.page_globs))
        return is_note or path in self.inventory_files or is_beside or is_of_roles(path)

    @cached_property
    def page_globs(self) -> tuple[str, ...]:
        """Patterns of texts that are pages of the site."""
        return tuple(f"{each.directory}/{each.files}" for each in self.page_directories)

    @cached_property
    def added_files(self) -> tuple[str, ...]:
        """The paths of the files that it adds to the site."""
        made = (*(feed.path for feed in self.feeds), *(file.path for file in self.json_files))
        return (*made, *(file.to for file in self.copied_files))

    @cached_property
    def inventory_files(self) -> frozenset[str]:
        """The paths of the inventories."""
        return frozenset(inventory.file for inventory in self.inventories)
