"""Change logs, compared with the versions that proposals name.

A change log mentions a proposal by its number or its URL, or by the number of the issue or pull
request that the proposal has as its evidence: a proposal with the upstream URL
``https://github.com/pallets/flask/pull/4682`` is mentioned by ``:pr:`4682```, ``#4682`` and that
URL.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .._numbers import NUMBER
from .._text import split_lines
from ..catalog.model import Catalog, CatalogEntry
from ..process.model import Process
from .releases import version_key

# "Version 3.1.0", "## [3.1.0] - 2024-11-13", "v3.1"; a date is no version.
_VERSION = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+(?:\.?(?:a|b|rc|post|dev)\d+)?)(?![\w.]*\d)")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.*)")

# "https://github.com/pallets/flask/pull/4682", ".../-/merge_requests/7" on GitLab, ".../commit/ID"
_WORK = re.compile(
    r"https?://([\w.-]+(?:/[\w.~-]+)+?)/(?:-/)?"
    r"(?:(?:pull|pulls|issues|merge_requests)/(?P<number>\d+)|commit/(?P<commit>[0-9a-f]{7,64}))"
)
# ":pr:`4682`", ":issue:`4682`", "#4682", "GH-4682" and "gh-4682"
_SHORT = re.compile(r"(?::(?:pr|pull|issue|gh):`|(?<![\w&])#|\b[Gg][Hh]-)(\d+)\b")


@dataclass(frozen=True)
class ChangelogSection:
    """What a change log says about one version."""

    title: str
    version: str
    text: str


@dataclass(frozen=True)
class LogComparison:
    """A section of a change log, compared with the proposals for its version.

    :param title: The title of the section.
    :param agreed: The proposals that both have.
    :param missing: Proposals for the version that the section does not mention, each with the
        versions whose sections do.
    :param unexpected: Proposals that the section mentions, but that are for other versions, whose
        sections do not. What is deprecated in one version and removed in the next is in both.
    """

    title: str
    agreed: tuple[CatalogEntry, ...]
    missing: tuple[tuple[CatalogEntry, tuple[str, ...]], ...]
    unexpected: tuple[CatalogEntry, ...]


def read_sections(text: str) -> list[ChangelogSection]:
    """Return the sections of a change log in reStructuredText or Markdown, one for each version.

    A section ends at the next heading with a version, whatever its level is.
    """
    lines = split_lines(text)
    starts = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        heading = _MARKDOWN_HEADING.match(line)
        title = heading[1] if heading else line if _ADORNMENT.fullmatch(following) else ""
        if match := _VERSION.search(title):
            starts.append((index, title.strip(), match[1]))
    ends = [*(index for index, _title, _version in starts[1:]), len(lines)]
    return [
        ChangelogSection(title, version, "\n".join(lines[start + 1 : end]))
        for (start, title, version), end in zip(starts, ends, strict=False)
    ]


def compare_log(
    sections: Sequence[ChangelogSection],
    released: Iterable[CatalogEntry],
    catalog: Catalog,
    process: Process,
    version: str,
) -> LogComparison | None:
    """Compare the section on *version* with the proposals that the version has.

    :param released: The proposals of that version.
    :return: ``None`` if there is no such section.
    """
    key = version_key(version)
    own = [section for section in sections if version_key(section.version) == key]
    if not own:
        return None
    mentions = _Mentions(catalog, process)
    mentioned = {number for section in own for number in mentions.find(section.text)}
    others = {s.version: mentions.find(s.text) for s in sections if s not in own}
    expected = {entry.number: entry for entry in released}
    missing = sorted(expected.keys() - mentioned)
    return LogComparison(
        own[0].title,
        tuple(expected[number] for number in sorted(expected.keys() & mentioned)),
        tuple(
            (expected[n], tuple(v for v, found in others.items() if n in found)) for n in missing
        ),
        tuple(_unexpected(mentioned - expected.keys(), others, catalog)),
    )


def _unexpected(
    numbers: Iterable[int], others: Mapping[str, set[int]], catalog: Catalog
) -> Iterator[CatalogEntry]:
    """Yield the proposals that no section on a version of theirs mentions."""
    for number in sorted(numbers):
        entry = catalog.get(number)
        keys = set(map(version_key, entry.versions)) if entry else set()
        if entry and not any(number in others[v] for v in others if version_key(v) in keys):
            yield entry


class _Mentions:
    """Finds the proposals that a text mentions."""

    def __init__(self, catalog: Catalog, process: Process) -> None:
        self.catalog = catalog
        self.process = process

    def find(self, text: str) -> set[int]:
        """Return the numbers of the proposals that are mentioned."""
        found = {int(number) for pattern in self._patterns for number in pattern.findall(text)}
        found |= {number for work in _works(text) for number in self._by_work.get(work, ())}
        short = {(self._repository, match) for match in _SHORT.findall(text)}
        found |= {number for work in short for number in self._by_work.get(work, ())}
        return {number for number in found if self.catalog.get(number)}

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        """``FEP 12``, ``fep-0012``, ``:fep:`12``` and ``https://example.org/fep-0012/``."""
        acronym = re.escape(self.process.acronym)
        label = re.compile(rf"\b{acronym}(?:[ -]|:`(?:[^`<]*<)?)?({NUMBER})\b", re.IGNORECASE)
        urls = (re.escape(prefix) for prefix in self.process.own_url_prefixes)
        return [label, *(re.compile(rf"{url}({NUMBER})\b") for url in urls)]

    @cached_property
    def _by_work(self) -> Mapping[tuple[str, str], set[int]]:
        """The numbers of proposals, by the issues, pull requests and commits that they name."""
        found: dict[tuple[str, str], set[int]] = {}
        for entry in self.catalog.proposals:
            for work in _works("\n".join(entry.upstream)):
                found.setdefault(work, set()).add(entry.number)
        return found

    @cached_property
    def _repository(self) -> str:
        """The repository whose numbers are written without it: that of most proposals."""
        repositories = Counter(repository for repository, _number in self._by_work)
        return max(repositories, key=lambda name: (repositories[name], name), default="")


def _works(text: str) -> Iterator[tuple[str, str]]:
    """Yield the repository, and the number or the commit, of each URL."""
    for match in _WORK.finditer(text):
        yield match[1].lower(), match["number"] or match["commit"]
