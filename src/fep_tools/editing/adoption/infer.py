"""Infer a process file from the files and the history of a repository."""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from ..._cache import Cache
from ..._decoding import decode_text
from ..._files import read_file
from ..._text import join_words, plural, split_lines
from ...errors import RepositoryError
from ...history.git import GitRepository
from ...history.git_errors import NoGitError
from ...history.load import load_history
from ...history.model import Timeline
from ...process.loader import parse_process
from ...process.model import Process
from ...process.schema import Files, TextRole
from ...process.sphinx_conf import read_confs, read_default_role, read_link_roles
from ...proposals.body import Body, Heading, LABEL_ROLE
from ...proposals.loader import load_corpus
from ...proposals.model import Proposal
from ...proposals.rst.allowlist import IMAGE_OUTSIDE
from .dialects import has_headers, infer_dialect
from .headers import infer_headers
from .inferred import InferredProcess, other_patterns
from .names import (
    first_heading,
    heading_above,
    infer_acronym,
    infer_label,
    infer_name,
    infer_title_format,
)
from .paths import FilePattern, infer_patterns
from .sections import infer_sections
from .statuses import infer_statuses, InferredStatuses, with_headers
from .tables import process_text
from .vocabulary import SPHINX_DIRECTIVES, SPHINX_ROLES

MAX_FILES = 200_000
"""How many files of a directory without git are looked at."""

FREQUENT_QUOTED = 0.25
"""The share of proposals that must have text in single backquotes, so that it has a role."""

MIN_QUOTED = 3
"""How many proposals must have text in single backquotes, so that it has a role."""

MAX_PATTERNS = 8
"""How many patterns of file names are tried, the most frequent first."""


def infer_process(root: Path, cache: Cache) -> InferredProcess:
    """Return what the files and the history of the repository at *root* say about its process.

    :raises RepositoryError: if no files with numbers in their names begin with headers
    :raises ProcessError: if its proposals have no header that every process needs
    """
    git = _open_git(root)
    # New files of a repository may not be committed yet, and are all there is then.
    paths = (git and _tracked(git)) or sorted(islice(_walk(root), MAX_FILES))
    inferred = _find_proposals(root, paths)
    process = parse_process(process_text(inferred), "the inferred process")
    if git:
        timelines = load_history(root, process, cache).timelines
        inferred = replace(
            inferred,
            statuses=_statuses(inferred, process, timelines),
            timelines=len(timelines),
            remote=git.remote_url(),
        )
    bodies = _bodies(inferred, process, cache)
    sections = infer_sections(_section_headings(body, inferred) for body in bodies.values())
    used = {link.role for body in bodies.values() for link in body.links}
    return replace(
        replace(inferred, files=_with_images(inferred.files, bodies, paths)),
        sections=tuple(sections),
        roles=_roles(bodies.values()),
        directives=_directives(bodies.values()),
        link_roles=_link_roles(root, inferred),
        default_role=_default_role(root, inferred, [*bodies.values()]),
        links_by_label=LABEL_ROLE in used and inferred.acronym.lower() not in used,
    )


def _statuses(
    inferred: InferredProcess, process: Process, timelines: Iterable[Timeline]
) -> InferredStatuses:
    """Return the statuses and transitions in the history of proposals."""
    if not process.has_derived_status:
        return infer_statuses(inferred.values("status"), timelines)
    texts = inferred.texts.items()
    values = Counter(str(Proposal.parse(text, process, path).status) for path, text in texts)
    names = [header.name for header in inferred.headers]
    return with_headers(infer_statuses(values, timelines), names)


def _open_git(root: Path) -> GitRepository | None:
    try:
        git = GitRepository.open(root)
        git.resolve("HEAD")
    except NoGitError:
        return None
    return git


def _tracked(git: GitRepository) -> list[str]:
    return sorted(git.tree(git.resolve("HEAD")))


def _walk(root: Path) -> Iterator[str]:
    for directory, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for file in files:
            yield Path(directory, file).relative_to(root).as_posix()


def _find_proposals(root: Path, paths: Sequence[str]) -> InferredProcess:
    """Return what is known from the files whose pattern has the most proposals."""
    patterns = infer_patterns(paths)[:MAX_PATTERNS]
    candidates = [_read(root, pattern) for pattern in patterns]
    # Directories of one form may hold something else than proposals.
    candidates = [c for c in candidates if not c.files.is_merged or c.has_most_headers]
    inferred = max(
        candidates,
        key=lambda inferred: (bool(inferred.statuses.statuses), inferred.count),
        default=None,
    )
    if inferred is None or not inferred.count:
        raise RepositoryError(f"{root}: found no proposals: {_why_none(root, patterns)}")
    texts = [text for path in _descriptions(paths, inferred) if (text := _text(root, path))]
    if not inferred.statuses.statuses:
        names = join_words((header.name for header in inferred.headers), "and")
        raise RepositoryError(
            f"{root}: no header of the {plural(inferred.count, 'proposal')} that match "
            f"{inferred.files.include} has a status, which every process needs; they have {names}"
        )
    left_out = other_patterns(inferred.files, candidates)
    return replace(inferred, name=infer_name(inferred.acronym, texts), left_out=left_out)


# ".. list-table::", "+-----+", "| Title | Views |", "<table>" and "=====  =====".
_TABLE = re.compile(
    r"\.\. (?:(?:csv|list)-)?table::|\+-+\+|\|.*\|$|<table\b|==+ +==+", re.IGNORECASE
)

MAX_LINES_ABOVE_TABLE = 15
"""The number of lines in which a table of headers begins."""


def _why_none(root: Path, patterns: Sequence[FilePattern]) -> str:
    """Return why no file is a proposal: the headers may be in a form that is not supported."""
    tables = {p.pattern: sum(_has_table(_text(root, path)) for path in p.numbers) for p in patterns}
    pattern = max(tables, key=tables.__getitem__, default="")
    if pattern and tables[pattern] > 1:
        return (
            f"the headers of {tables[pattern]} files that match {pattern} are in tables, which "
            "are not supported; write them as lines such as Status: Draft"
        )
    tried = ", ".join(pattern.pattern for pattern in patterns[:3])
    why = "no files with a number in their names begin with headers"
    return f"{why}; tried {tried}" if tried else why


def _has_table(text: str) -> bool:
    lines = split_lines(text)[:MAX_LINES_ABOVE_TABLE]
    return any(_TABLE.match(line.strip()) for line in lines)


def _read(root: Path, files: FilePattern) -> InferredProcess:
    texts = {path: _text(root, path) for path in files.numbers}
    is_markdown = bool(texts) and all(map(Files.is_markdown, texts))
    dialect, parsed = infer_dialect(texts.values(), is_markdown=is_markdown)
    preambles = dict(zip(texts, parsed, strict=True))
    read = {path: texts[path] for path in texts if has_headers(preambles[path])}
    headers = infer_headers(
        [preambles[path] for path in read], [files.numbers[path] for path in read]
    )
    titles = {files.numbers[path]: heading_above(texts[path], preambles[path]) for path in read}
    if not any(titles.values()):
        first = {files.numbers[path]: first_heading(texts[path], preambles[path]) for path in read}
        if infer_label(first):  # "# KEP-7: Views" below the headers, which is a title as well
            titles = first
            headers = [replace(h, role=None) if h.role == "title" else h for h in headers]
    acronym = infer_acronym(headers, files.prefix or infer_label(titles))
    inferred = InferredProcess(acronym, files, dialect, tuple(headers), read)
    statuses = infer_statuses(inferred.values("status"), ())
    derived = with_headers(statuses, [header.name for header in headers])
    if not statuses.statuses and len(derived.statuses) > 1:
        statuses = derived
    return replace(
        inferred,
        statuses=statuses,
        title_format=infer_title_format(titles, acronym),
    )


def _text(root: Path, path: str) -> str:
    """Return the text of a file; empty if it cannot be read."""
    data = read_file(root, path)
    return decode_text(data)[0] if isinstance(data, bytes) else ""


def _descriptions(paths: Iterable[str], inferred: InferredProcess) -> list[str]:
    """Return the files in which a community explains what it is: READMEs, its first proposals."""
    readmes = [p for p in paths if p.rpartition("/")[2].lower().startswith(("readme", "index"))]
    readmes.sort(key=lambda path: path.count("/"))
    return [*readmes[:5], *list(inferred.texts)[:3]]


def _bodies(inferred: InferredProcess, process: Process, cache: Cache) -> dict[str, Body]:
    """Return the bodies of proposals, by path."""
    sources = {path: text.encode() for path, text in inferred.texts.items()}
    corpus = load_corpus(sources, process, cache)
    return {proposal.path: proposal.body for proposal in corpus if proposal.body is not None}


def _with_images(
    files: FilePattern, bodies: Mapping[str, Body], paths: Collection[str]
) -> FilePattern:
    """Return *files* with the directories of images that proposals show, besides their own."""
    images = {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), problem.name))
        for path, body in bodies.items()
        for problem in body.problems
        if problem.kind == "image" and problem.message == IMAGE_OUTSIDE
    }
    directories = {posixpath.dirname(image) for image in images.intersection(paths)} - {""}
    return replace(files, images=tuple(sorted(directories)))


def _section_headings(body: Body, inferred: InferredProcess) -> list[Heading]:
    headings = list(body.headings)
    if inferred.has_title_heading:
        del headings[:1]
    top = min((heading.level for heading in headings), default=1)
    return [heading for heading in headings if heading.level == top]


def _roles(bodies: Iterable[Body]) -> tuple[str, ...]:
    """Return unknown roles: those of Sphinx, and others that at least two proposals use."""
    count = _count_problems(bodies, "role")
    return tuple(sorted(n for n, number in count.items() if number > 1 or n in SPHINX_ROLES))


def _link_roles(root: Path, inferred: InferredProcess) -> dict[str, tuple[str, str]]:
    """Return the URL and the text of each role that a configuration of Sphinx links elsewhere."""
    found: dict[str, tuple[str, str]] = {}
    for text in read_confs(root, (inferred.files.include,)):
        found = read_link_roles(text) | found
    return {name: link for name, link in found.items() if _is_role(name, *link, inferred)}


def _is_role(name: str, url: str, text: str, inferred: InferredProcess) -> bool:
    """Return whether a process file can have that role."""
    try:
        TextRole.model_validate({"name": name, "url": url, "text": text})
    except ValidationError:
        return False
    return name != inferred.acronym.lower()


def _directives(bodies: Iterable[Body]) -> tuple[str, ...]:
    """Return the directives of Sphinx that proposals use, and the tool does not know."""
    return tuple(sorted(SPHINX_DIRECTIVES.intersection(_count_problems(bodies, "directive"))))


def _default_role(root: Path, inferred: InferredProcess, bodies: Sequence[Body]) -> str:
    """Return the role of text in single backquotes, if many proposals have some.

    It is code if most of it are single words; otherwise it is shown as the title of a work, as
    docutils does. A configuration of Sphinx with a default role is read in every run.
    """
    if any(map(read_default_role, read_confs(root, (inferred.files.include,)))):
        return ""
    quoted = [[p.name for p in body.problems if p.kind == "quotes"] for body in bodies]
    if sum(map(bool, quoted)) < max(MIN_QUOTED, FREQUENT_QUOTED * len(bodies)):
        return ""
    words = [name for names in quoted for name in names]
    single = sum(len(name.split()) == 1 for name in words)
    return "literal" if 2 * single > len(words) else "title-reference"


def _count_problems(bodies: Iterable[Body], kind: str) -> Counter[str]:
    """Return how many of *bodies* have a problem of that kind with each name."""
    return Counter(
        name
        for body in bodies
        for name in {problem.name for problem in body.problems if problem.kind == kind}
    )
