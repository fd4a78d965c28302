"""Files that proposals show or include, with ``.. include::`` and ``.. literalinclude::``.

Nothing is read while a body is parsed: the files that its process lets proposals include are read
with the proposals, and those that a text names are handed to the parser with it (see
docs/security.rst, *sec-markup*).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from .._files import FileContent, Refusal
from .._text import join_words
from ..process.model import Process
from .body import IncludedFile, Inclusion
from .inclusions import MAX_INCLUDED, text_with, TOO_LARGE
from .model import Proposal
from .rst.allowlist import hidden_character

MAX_FILES = 50
"""How many files one proposal may include."""

_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:literal)?include::[ \t]+(\S.*)", re.IGNORECASE)


def may_include(source: bytes) -> bool:
    """Return whether a text may name a file in a directive, in any spelling of its name."""
    return b"include::" in source.lower()


def find_includes(
    text: str, path: str, process: Process, attachments: Mapping[str, FileContent]
) -> tuple[IncludedFile, ...]:
    """Return the files that a text names in a directive, each once, within the limit of their size.

    :param text: The text of a proposal. That a name stands in a block of code does no harm.
    :param path: The path of the proposal.
    :param attachments: The files that proposals may include, among others.
    """
    if not process.files.included or process.files.is_markdown(path):
        return ()
    names = dict.fromkeys(match[1].strip() for match in _DIRECTIVE.finditer(text))
    found: list[IncludedFile] = []
    size = 0
    # Each proposal keeps these texts, and hundreds may name the same large files.
    for name in [*names][:MAX_FILES]:
        file = IncludedFile(name, problem=TOO_LARGE)
        if size <= MAX_INCLUDED:
            read = _find(name, path, process, attachments)
            size += len(read.text)
            file = read if size <= MAX_INCLUDED else file
        found.append(file)
    return tuple(found)


def _find(
    name: str, path: str, process: Process, attachments: Mapping[str, FileContent]
) -> IncludedFile:
    directory = posixpath.dirname(path)
    file = posixpath.normpath(posixpath.join(directory, name))
    is_outside = name.startswith(("/", "<")) or "\\" in name or file.startswith("../")
    if is_outside or (directory and not file.startswith(f"{directory}/")):
        return IncludedFile(name, problem="is not in the proposal's own directory")
    if file == path:
        return IncludedFile(name, problem="is this proposal itself")
    if not process.files.is_included(file):
        allowed = join_words(process.files.included, "or")
        return IncludedFile(name, problem=f"is not one that proposals may include: {allowed}")
    if file not in attachments:
        return IncludedFile(name, problem="does not exist")
    source = attachments[file]
    if isinstance(source, Refusal):
        return IncludedFile(name, problem=source.message)
    try:
        text = _decode(source)
    except UnicodeDecodeError:
        return IncludedFile(name, problem="is not encoded in UTF-8")
    if character := hidden_character(text.replace("\r", "").replace("\f", "")):
        return IncludedFile(name, problem=f"has the invisible character U+{ord(character):04X}")
    return IncludedFile(name, file, text)


@lru_cache(maxsize=16)  # hundreds of proposals may include the same file, and keep its text
def _decode(source: bytes) -> str:
    return source.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")


def included_texts(
    found: Iterable[Inclusion], attachments: Mapping[str, FileContent]
) -> Iterator[str]:
    """Yield the texts of included files."""
    for each in found:
        source = attachments.get(each.path, b"")
        yield "" if isinstance(source, Refusal) else _decode(source)


def with_included(proposal: Proposal, attachments: Mapping[str, FileContent]) -> Proposal:
    """Return a proposal with the lines of the files that it includes below its own."""
    found = proposal.body.inclusions if proposal.body else ()
    if not found:
        return proposal
    text, _starts = text_with(proposal.text, included_texts(found, attachments))
    return replace(proposal, text=text)
