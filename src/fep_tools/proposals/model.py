"""One proposal, and all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .._files import Refusal
from ..process.model import Process
from ..process.schema import Role
from .body import Body, Vocabulary
from .fields import Mistake
from .fields.headers import read_headers
from .preamble import Field, Preamble


@dataclass(frozen=True)
class Proposal:
    """A proposal as written, and what could be read of it.

    *fields* are its headers by key (their role, or their name); *values* are those that
    could be read, *mistakes* the others'. *body* is ``None`` until it was read, and stays so
    where the file was refused or is not written in reStructuredText.
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
        """The proposal in *text*; *body* is given by whoever read it."""
        preamble = Preamble.parse(text, process.dialect)
        fields = {}
        for header in process.headers:
            if written := preamble.get(header.name):
                fields[header.key] = written
        texts = {key: written.value for key, written in fields.items() if written.value}
        values, mistakes = read_headers(texts, process)
        named = process.files.match(path)
        return cls(path, text, preamble, fields, values, mistakes, named, body, refusal)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file, without their ends."""
        return [line.rstrip("\r") for line in self.text.split("\n")]

    def field(self, role: Role) -> Field | None:
        """The header that plays *role*, as written."""
        return self.fields.get(role)

    def value(self, role: Role) -> Any:
        """What the header that plays *role* says; ``None`` if it is absent or unreadable."""
        return self.values.get(role)

    def numbers(self, role: Role) -> tuple[int, ...]:
        """The proposals that the header of *role* names."""
        value = self.values.get(role, ())
        return value if isinstance(value, tuple) else (value,)

    @property
    def number(self) -> int | None:
        """Its number: the header's, or else the one in its file's name."""
        number = self.values.get("number")
        if number is None and self.path_fields:
            return int(self.path_fields["number"])
        return number

    @property
    def title(self) -> str:
        """Its title: the header's, or else the first heading, as the process has it."""
        title = self.values.get("title")
        if title is None and self.body and self.body.headings:
            return self.body.headings[0].title
        return title or ""

    @property
    def status(self) -> str | None:
        """Its status, if that is one of the process."""
        return self.values.get("status")

    @property
    def type(self) -> str | None:
        """Its type, if that is one of the process."""
        return self.values.get("type")


@dataclass(frozen=True)
class Corpus:
    """Every proposal of a repository, in the order of their paths.

    :param strays: paths of files among the proposals that change how proposals are read.
    :param attachments: files that belong to notes, by path
        (see :mod:`fep_tools.process.attachments`).
    :param images: paths of images that proposals may show.
    """

    proposals: tuple[Proposal, ...]
    interfering_files: tuple[str, ...] = ()
    attachments: Mapping[str, bytes | Refusal] = field(default_factory=dict)
    images: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self.proposals)

    def __len__(self) -> int:
        return len(self.proposals)

    @cached_property
    def by_number(self) -> dict[int, Proposal]:
        """The proposals that have a number; of two, the one whose file has it in its name."""
        found: dict[int, Proposal] = {}
        for proposal in sorted(self.proposals, key=_is_misnamed):
            if proposal.number is not None:
                found.setdefault(proposal.number, proposal)
        return found

    @cached_property
    def by_path(self) -> dict[str, Proposal]:
        """Every proposal, by path."""
        return {proposal.path: proposal for proposal in self.proposals}

    def get(self, number: int) -> Proposal | None:
        """The proposal of that number."""
        return self.by_number.get(number)


def _is_misnamed(proposal: Proposal) -> bool:
    named = proposal.path_fields
    return named is None or int(named["number"]) != proposal.number


def build_vocabulary(process: Process) -> Vocabulary:
    """What the bodies of this community may say."""
    return Vocabulary(
        reference=process.acronym.lower(),
        roles=tuple(role.name for role in process.roles),
        literals=process.literal_roles,
        banners=tuple(banner.name for banner in process.banners),
        opaque=process.ignored_directives,
    )
