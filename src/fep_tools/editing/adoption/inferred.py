"""A process that is inferred from a repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from ...process.schema import Dialect, Role
from .headers import InferredHeader, MOST
from .paths import FilePattern
from .sections import InferredSection
from .statuses import InferredStatuses


@dataclass(frozen=True)
class InferredProcess:
    """What a process file is written from.

    :param texts: the texts of the proposals that have headers, by path
    :param name: what the acronym stands for, if a text says so
    :param title_format: how headings that are titles are written, if not as ``TIP 7: Title``
    :param roles: the roles of text that several proposals use and no process defines
    :param link_roles: the URL and the text of roles that the configuration of Sphinx defines
    :param directives: the directives of Sphinx that are not allowed otherwise
    :param default_role: the role of text in single backquotes, if many proposals have some
    :param links_by_label: whether proposals link to others with ``:ref:``, and not with a role of
        their own
    :param timelines: how many proposals git has a history of
    :param left_out: patterns of other files with numbers, near the proposals
    :param remote: the URL of the repository that it was cloned from
    """

    acronym: str
    files: FilePattern
    dialect: Dialect
    headers: tuple[InferredHeader, ...]
    texts: Mapping[str, str] = field(repr=False)
    statuses: InferredStatuses = field(default_factory=InferredStatuses)
    sections: tuple[InferredSection, ...] = ()
    name: str | None = None
    title_format: str = ""
    roles: tuple[str, ...] = ()
    link_roles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    directives: tuple[str, ...] = ()
    default_role: str = ""
    links_by_label: bool = False
    timelines: int = 0
    left_out: tuple[FilePattern, ...] = ()
    remote: str | None = None

    @property
    def count(self) -> int:
        """The number of proposals that have headers."""
        return len(self.texts)

    @property
    def has_most_headers(self) -> bool:
        """``True`` if nearly all files of the pattern begin with headers."""
        return self.count >= MOST * len(self.files.numbers)

    @property
    def has_title_heading(self) -> bool:
        """``True`` if the title of a proposal is a heading, and no header."""
        return all(header.role != "title" for header in self.headers)

    def values(self, role: Role) -> Mapping[str, int]:
        """Return the values of the header with *role*, and how many proposals have each."""
        return next((header.values for header in self.headers if header.role == role), {})


def other_patterns(
    files: FilePattern, candidates: Sequence[InferredProcess]
) -> tuple[FilePattern, ...]:
    """Return other patterns of several files: in the directory of *files*, or of proposals.

    NEAR has older proposals in ``archive``, and Stellar has CAPs and SEPs.
    """
    directory = files.include[: files.include.rfind("/", 0, files.include.find("*")) + 1]
    return tuple(
        other.files
        for other in candidates
        if len(other.files.numbers) > 1
        and not any(fnmatchcase(path, files.include) for path in other.files.numbers)
        and (other.files.pattern.startswith(directory) or other.statuses.statuses)
    )
