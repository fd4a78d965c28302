"""Infer where proposals are from the paths of a repository."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from .vocabulary import STATUSES

SUFFIXES = (".rst", ".txt", ".md")
"""Suffixes of files that may be proposals."""

# "doc/neps/nep-0050-scalar-promotion.rst": what is before the number, the number, and the rest.
# The number is the first one in the name of the file, or else in that of its directory, as in
# "slep006/proposal.rst".
_NUMBER_IN_FILE = re.compile(r"(?P<before>(?:.*/)?[^/0-9]*)(?P<number>[0-9]+)(?P<after>[^/]*)")
_NUMBER_IN_DIRECTORY = re.compile(
    r"(?P<before>(?:.*/)?[^/0-9]*)(?P<number>[0-9]+)(?P<after>[^/0-9]*/[^/0-9]*)"
)
Groups = dict[tuple[str, str], dict[str, str]]
"""The digits of the number by path, for each text before the number and text after it."""

_OF_PATTERNS = frozenset("{}*?[]\\")
"""Characters of paths that mean something in a pattern."""

# "-jep-process/jep-process", as in "29-jep-process/jep-process.md"
_SLUGS = re.compile(r"(?P<separator>[-_])[^/]+/[^/]+(?=\.[a-z]+$)")
_SLUG = re.compile(r"(?P<separator>[-_])[^/]+(?=\.[a-z]+$)")


@dataclass(frozen=True)
class FilePattern:
    """A pattern of paths, as in the table ``[files]``.

    :param numbers: the number in the name of each file, by path
    :param others: other patterns that some of the files have
    :param templates: files that *include* matches, but which are templates and have no number
    :param images: directories with images that proposals show, besides their own
    :param is_merged: whether several directories have such files, and numbers of their own
    """

    pattern: str
    include: str
    numbers: Mapping[str, int]
    others: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    is_merged: bool = False

    @property
    def prefix(self) -> str:
        """The letters before the number, such as ``nep`` in ``nep-0050.rst``."""
        words = re.findall(r"[A-Za-z]+", self.pattern.partition("{number")[0].rpartition("/")[2])
        return str(words[-1]) if words else ""


def is_template(path: str) -> bool:
    """Return whether a file is a template by its name: ``nep-template.rst``, ``0000-template``."""
    stem = path.rpartition("/")[2].partition(".")[0]
    return re.fullmatch(r"(?i:[a-z]*?[-_]?[0nx#]*[-_]?template)", stem) is not None


def infer_patterns(paths: Iterable[str]) -> list[FilePattern]:
    """Return the patterns that several of *paths* have in common, the most frequent first."""
    paths = sorted(paths)
    groups: Groups = defaultdict(dict)
    for path in paths:
        if not path.endswith(SUFFIXES) or any(part.startswith(".") for part in path.split("/")):
            continue
        if is_template(path):
            continue
        match = _NUMBER_IN_FILE.fullmatch(path) or _NUMBER_IN_DIRECTORY.fullmatch(path)
        if match and not _OF_PATTERNS.intersection(path):
            after = _SLUGS.sub(r"\g<separator>{slug}/{slug}", match["after"])
            after = _SLUG.sub(r"\g<separator>{slug}", after, count=1)
            groups[match["before"], after][path] = match["number"]
    groups = _merge_status_directories(groups)
    patterns = [_pattern(key, numbers) for key, numbers in groups.items()]
    patterns = _merge_plain_names(patterns)
    patterns += _merge_directories(patterns)
    patterns.sort(key=lambda found: (-len(found.numbers), found.pattern))
    return [replace(found, templates=_templates(found, paths)) for found in patterns]


def _templates(found: FilePattern, paths: Iterable[str]) -> tuple[str, ...]:
    matching = (
        path
        for path in paths
        if fnmatchcase(path, found.include) and path.count("/") == found.include.count("/")
    )
    return tuple(p for p in matching if p not in found.numbers and is_template(p))


def _merge_plain_names(patterns: list[FilePattern]) -> list[FilePattern]:
    """Merge ``nep-{number:04}.rst`` into ``nep-{number:04}-{slug}.rst`` if no number is in both."""
    by_pattern = {found.pattern: found for found in patterns}
    for found in patterns:
        plain = by_pattern.get(re.sub(r"[-_]\{slug\}", "", found.pattern))
        if plain is None or plain is found or found.pattern not in by_pattern:
            continue
        if {*plain.numbers.values()}.isdisjoint(found.numbers.values()):
            first, second = sorted((found, plain), key=lambda one: -len(one.numbers))
            merged = replace(
                first,
                include=found.include,
                numbers=dict(sorted({**first.numbers, **second.numbers}.items())),
                others=(second.pattern,),
            )
            del by_pattern[second.pattern]
            by_pattern[first.pattern] = merged
    return list(by_pattern.values())


def _merge_directories(patterns: Iterable[FilePattern]) -> list[FilePattern]:
    """Return one pattern for directories that have a name of their own for each topic.

    Proposals of Kubernetes are in ``keps/sig-node/0007-views`` and ``keps/sig-network/0008-jobs``.
    Translations are in such directories, too, but have the same numbers.
    """
    groups: dict[tuple[str, str], list[FilePattern]] = defaultdict(list)
    for found in patterns:
        *directories, _name = found.pattern.partition("{number")[0].split("/")
        for n in range(1, len(directories)):  # all in one directory at the top
            parts = found.pattern.split("/")
            parts[n] = "*"
            groups["/".join(parts), found.include.split("/")[-1]].append(found)
    merged = []
    for group in groups.values():
        numbers = {path: number for found in group for path, number in found.numbers.items()}
        if len(group) > 1 and len({*numbers.values()}) == len(numbers):
            first, *others = sorted(group, key=lambda found: (-len(found.numbers), found.pattern))
            includes = zip(*(found.include.split("/") for found in group), strict=True)
            include = "/".join(p[0] if len({*p}) == 1 else "*" for p in includes)
            forms = tuple(form for o in others for form in (o.pattern, *o.others))
            merged.append(
                replace(
                    first,
                    include=include,
                    numbers=dict(sorted(numbers.items())),
                    others=(*first.others, *forms),
                    is_merged=True,
                )
            )
    return merged


def _merge_status_directories(groups: Groups) -> Groups:
    """Merge groups whose paths differ only in a directory that is named after a status."""
    merged: Groups = defaultdict(dict)
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (before, after), numbers in groups.items():
        *directories, start = before.split("/")
        words = [name for name in directories if name.casefold() in STATUSES]
        if len(words) == 1:
            replaced = ["{status}" if name in words else name for name in directories]
            key = ("/".join([*replaced, start]), after)
            merged[key] |= numbers
            sources[key].add(before)
    several = {key: merged[key] for key, befores in sources.items() if len(befores) > 1}
    used = {(before, key[1]) for key in several for before in sources[key]}
    return several | {key: numbers for key, numbers in groups.items() if key not in used}


def _pattern(key: tuple[str, str], numbers: dict[str, str]) -> FilePattern:
    """Return the pattern of a group of paths.

    :param key: what is before the number, and what is after it
    :param numbers: the digits of the number, by path
    """
    before, after = key
    widths = Counter(len(number) for number in numbers.values())
    is_padded = any(number.startswith("0") and len(number) > 1 for number in numbers.values())
    width = widths.most_common(1)[0][0] if is_padded else 0
    number = f"{{number:0{width}}}" if width else "{number}"
    include = re.sub(r"\{\w+\}", "*", f"{before}*{after}")
    return FilePattern(
        before + number + after,
        re.sub(r"\*[-_]?\*", "*", include),
        {p: int(n) for p, n in numbers.items()},
    )
