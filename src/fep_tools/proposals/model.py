"""A proposal, and the corpus of all proposals of a repository."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast, TypeVar

from .._files import FileContent, Refusal
from .._text import split_lines
from ..process.model import Process
from ..process.schema import Files, Role
from .body import Body, Heading, Label
from .fields import Mistake
from .fields.headers import read_headers
from .header_field import Field
from .inventory import ROLES
from .link_index import LinkIndex
from .preamble import Preamble
from .rst.allowlist import DIRECTIVES
from .vocabulary import Vocabulary

Value = TypeVar("Value")

Attachments = Mapping[str, FileContent]
"""Files that belong to notes or pages, by path, or why one was not read."""


@dataclass(frozen=True)
class Proposal:
    """A proposal as it was written, and the values of its headers.

    :param path: The path from the root, with ``/``.
    :param fields: The headers as they were written, by key: their role, or their name.
    :param values: The values of those that could be parsed, by key. The type of a value follows
        from the kind of the header: a date, a status, persons, numbers.
    :param mistakes: Why the other ones could not be parsed, by key.
    :param path_fields: What the name of the file says: ``{"number": "0007"}``. ``None`` if the
        name does not match the process.
    :param body: ``None`` if it was not parsed, the file was refused, or is no reStructuredText.
    :param refusal: Why the file is not read any further, if so.
    :param titled_by_heading: Whether the community writes titles as headings.
    :param written_number: The number in the name of the file, if it is not whole: ``22a``.
    :param detached_fields: Headers that a blank line separates from the others. Their values are
        used as well.
    :param attached_text: The text of the files that it includes and of the pages that belong to it,
        one below the other.
    """

    path: str
    text: str
    preamble: Preamble = Preamble()
    fields: Mapping[str, Field] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    mistakes: Mapping[str, tuple[Mistake, ...]] = field(default_factory=dict)
    path_fields: Mapping[str, str] | None = None
    body: Body | None = None
    refusal: Refusal | None = None
    titled_by_heading: bool = False
    detached_fields: tuple[Field, ...] = ()
    written_number: str | None = None
    attached_text: str = ""

    @classmethod
    def parse(
        cls,
        text: str,
        process: Process,
        path: str = "",
        *,
        body: Body | None = None,
        refusal: Refusal | None = None,
    ) -> Proposal:
        """Parse the headers of *text*.

        :param body: The facts of the body, if they are known.
        """
        preamble = Preamble.parse(text, process.dialect)
        is_detachable = process.dialect == "rfc2822"
        names = process.header_order
        detached = preamble.find_detached(text, names) if is_detachable else ()
        fields = {}
        for header in process.headers:
            found = (field for field in detached if field.name == header.name)
            if field := preamble.find(header) or next(found, None):
                fields[header.key] = preamble.joined(field) if header.repeated else field
        texts = {key: field.value for key, field in fields.items() if field.value}
        values, mistakes = read_headers(texts, process)
        if status := process.derive_status([process.by_key[key].name for key in texts]):
            values["status"] = status
        path_fields = process.files.match(path)
        written_number = process.files.written_number(path)
        titled_by_heading = process.title_source == "heading"
        return cls(
            path, text, preamble, fields, values, mistakes, path_fields, body, refusal,
            titled_by_heading, detached, written_number,
        )  # fmt: skip

    @property
    def is_markdown(self) -> bool:
        """True if its text is in Markdown."""
        return Files.is_markdown(self.path)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file, without line ends."""
        return split_lines(self.text)

    @cached_property
    def body_text(self) -> str:
        """The text with the lines of the headers emptied, so that other lines keep theirs."""
        return self.preamble.blanked(self.text)

    @cached_property
    def links(self) -> tuple[LinkIndex, LinkIndex]:
        """The links in the text of the file, and those in the files that belong to it."""
        return LinkIndex(self.text), LinkIndex(self.attached_text)

    @cached_property
    def labels(self) -> dict[str, Label]:
        """The labels by name; of two with the same, the first."""
        labels = self.body.labels if self.body else ()
        return {label.name: label for label in reversed(labels)}

    @property
    def whole_text(self) -> tuple[str, str]:
        """The text of the file, and that of the files that it includes and of its pages."""
        return self.text, self.attached_text

    def field(self, role: Role) -> Field | None:
        """Return the header with *role* as it was written."""
        return self.fields.get(role)

    def value(self, role: Role) -> Any:
        """Return the value of the header with *role*, or ``None`` if it has no valid one.

        :param role: the role in the process, such as ``review_until``; not the name of the
            header, such as ``Review-Until``
        """
        return self.values.get(role)

    def numbers(self, role: Role) -> tuple[int, ...]:
        """Return the numbers of the proposals that the header with *role* names."""
        value = self.values.get(role, ())
        return value if isinstance(value, tuple) else (value,)

    @property
    def number(self) -> int | None:
        """The number in its header, or else in the name of its file."""
        number = self.values.get("number")
        if number is None and self.path_fields:
            return int(self.path_fields["number"])
        return number

    @property
    def title(self) -> str:
        """The title in its header or in the heading of the text, or ``""``."""
        title = self.values.get("title")
        if title is None and (heading := self.title_heading):
            return heading.title
        return title or ""

    @property
    def title_heading(self) -> Heading | None:
        """The heading that has the title, in communities that write it so.

        It is above the headers. Below them, it is the only one of its level: of several, the first
        is that of a section, such as "Abstract".
        """
        if not (self.titled_by_heading and self.body and self.body.headings):
            return None
        first, *others = self.body.headings
        is_above = not self.preamble.fields or first.location.line < self.preamble.first_line
        is_alone = bool(others) and all(heading.level > first.level for heading in others)
        return first if is_above or is_alone else None

    @property
    def status(self) -> str | None:
        """The status, if the process has it."""
        return self.values.get("status")

    @property
    def type(self) -> str | None:
        """The type, if the process has it."""
        return self.values.get("type")

    @property
    def keeps_text(self) -> bool:
        """True if the text is that of the file, so that it can be edited and written again.

        A link, or a file in another encoding or format, has none that could be.
        """
        return self.refusal is None or self.refusal.keeps_text

    @property
    def obstacle(self) -> str:
        """The reason that the file or its text cannot be judged, if so: "the file is empty"."""
        if self.refusal is not None:
            return f"the file {self.refusal.message}"
        problems = self.body.problems if self.body else ()
        crash = next((problem for problem in problems if problem.kind == "crash"), None)
        return f"the text {crash.message}" if crash else ""


@dataclass(frozen=True)
class Corpus:
    """Every proposal of a repository, in the order of their paths.

    :param interfering_files: The paths of files that change how proposals are read
        (see :func:`~fep_tools.proposals.interfering_files.find_interfering_files`).
    :param attachments: Files that belong to notes, by path
        (see :mod:`fep_tools.process.attachments`).
    :param images: The paths of images next to proposals, each with the reason why it is not
        published, as the end of a sentence; empty if it is.
    :param page_files: The same for the files in directories of pages
        (see :mod:`fep_tools.proposals.page_files`).
    """

    proposals: tuple[Proposal, ...]
    interfering_files: tuple[str, ...] = ()
    attachments: Attachments = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    page_files: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self.proposals)

    def __len__(self) -> int:
        return len(self.proposals)

    @cached_property
    def by_number(self) -> dict[int, Proposal]:
        """Proposals by number; of two with the same, the one whose file name has it.

        Of ``eip-9.md`` and ``eip-0009.md``, that is the one with fewer zeros.
        """
        proposals: dict[int, Proposal] = {}
        for proposal in sorted(self.proposals, key=_digits_in_name):
            if proposal.number is not None:
                proposals.setdefault(proposal.number, proposal)
        return proposals

    @cached_property
    def _memo(self) -> dict[Callable[[Attachments, Process], Any], Any]:
        return {}

    def memo(self, compute: Callable[[Attachments, Process], Value], process: Process) -> Value:
        """Return ``compute(attachments, process)``, computed once for a corpus and its process."""
        if compute not in self._memo:
            self._memo[compute] = compute(self.attachments, process)
        return cast("Value", self._memo[compute])

    @cached_property
    def numbers_by_digits(self) -> dict[str, int]:
        """A number by its digits in ascending order: 31 for ``"13"``."""
        return {"".join(sorted(str(number))): number for number in reversed(self.by_number)}

    @cached_property
    def numbers_by_label(self) -> dict[str, int]:
        """The number of the first proposal that has a label, by its name."""
        numbers: dict[str, int] = {}
        for number, proposal in self.by_number.items():
            for name in proposal.labels:
                numbers.setdefault(name, number)
        return numbers

    @cached_property
    def numbers_by_name(self) -> dict[str, int | None]:
        """Numbers by the name of the file, without its directory: ``fep-0007.rst``."""
        return {posixpath.basename(p.path): p.number for p in self.proposals}

    @cached_property
    def images_by_directory(self) -> dict[str, list[str]]:
        """The names of images by their directory, ``""`` for the root."""
        names: dict[str, list[str]] = {}
        for directory, name in map(posixpath.split, self.images):
            names.setdefault(directory, []).append(name)
        return names

    @cached_property
    def by_path(self) -> dict[str, Proposal]:
        """Proposals by path."""
        return {proposal.path: proposal for proposal in self.proposals}

    def get(self, number: int) -> Proposal | None:
        """Return the proposal with that number."""
        return self.by_number.get(number)


def _digits_in_name(proposal: Proposal) -> float:
    """Return how many digits the number has in the name of the file; infinity if it has none."""
    path_fields = proposal.path_fields
    if path_fields is None or int(path_fields["number"]) != proposal.number:
        return math.inf
    return len(path_fields["number"])


def build_vocabulary(process: Process, path: str = "") -> Vocabulary:
    """Return the names that a process adds to plain markup, and the markup of the file *path*."""
    unknown = (name for name in process.directives if name not in DIRECTIVES)
    return Vocabulary(
        reference=process.acronym.lower(),
        roles=tuple(role.name for role in process.roles),
        literals=process.literal_roles,
        banners=tuple(banner.name for banner in process.banners),
        opaque=(*process.ignored_directives, *unknown),
        objects=tuple(ROLES) if process.inventories else (),
        default_role=process.default_role,
        images=process.files.images,
        linked_sections=tuple(section.title for section in process.sections if section.links),
        includes=bool(process.files.included) and not process.files.is_markdown(path),
        markup="markdown" if process.files.is_markdown(path) else "rst",
    )
