"""Drafts, and the proposals that are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import fill

from .._text import width
from ..process.model import Process
from ..process.schema import any_applies, Section
from ..process.titles import find_similar_title
from ..proposals.preamble import Preamble

PLACEHOLDER = "To be written."
"""Text of a section that a draft must have, and that nothing is known about."""


@dataclass
class DraftSection:
    """A section of a draft, or what is above the first one.

    :param heading: its title with the line below it, as the file has it; "" above the first one
    """

    title: str
    heading: str
    text: str


@dataclass
class Draft:
    """A draft, as far as it is understood.

    :param title: "" if it has none; ``author`` and ``type`` likewise
    :param losses: what could not be converted, one sentence each
    """

    sections: list[DraftSection]
    title: str = ""
    author: str = ""
    type: str = ""
    losses: list[str] = field(default_factory=list)

    def heading(self, text: str) -> str:
        """Return *text* as the title of a section, underlined like the others."""
        lines = next((s.heading.split("\n") for s in self.sections if s.heading), ["", "="])
        line = lines[-1][:1] * max(width(text), 4)
        return "\n".join([line, text, line] if len(lines) > 2 else [text, line])


def fill_in_draft(text: str, draft: Draft, process: Process, type_: str) -> str:
    """Return the headers of *text*, a new proposal, and the sections of *draft*.

    Titles like a standard one are written like it, and a section that a first draft must have is
    added where it belongs.
    """
    end = Preamble.parse(text, process.dialect).last_line
    standard = process.sections_for(type_)
    sections = [
        DraftSection(section.title, section.heading, section.text) for section in draft.sections
    ]
    _rename(sections, standard, draft)
    _add_missing(sections, standard, draft, _required(standard, process, type_))
    parts = [
        "\n\n".join(filter(None, (section.heading, section.text)))
        for section in sections
        if section.heading or section.text
    ]
    headers = "\n".join(text.split("\n")[:end])
    return "\n\n".join([headers, *parts]).rstrip() + "\n"


def _required(standard: Iterable[Section], process: Process, type_: str) -> list[Section]:
    initial = process.initial_status.name
    return [s for s in standard if s.text or any_applies(s.required, initial, type_, ())]


def _rename(sections: list[DraftSection], standard: Iterable[Section], draft: Draft) -> None:
    """Write the titles of *sections* like the standard ones that they mean."""
    titles = {section.title.casefold(): section.title for section in standard}
    present = {section.title for section in sections}
    for section in sections:
        if not section.title or section.title in titles.values():
            continue
        free = tuple(key for key, value in titles.items() if value not in present)
        if similar := find_similar_title(section.title, free):
            _rename_links(sections, section.title, titles[similar])
            section.title = titles[similar]
            section.heading = draft.heading(section.title)
            present.add(section.title)


def _rename_links(sections: Iterable[DraftSection], old: str, new: str) -> None:
    """Rename the links to a title: ```Old`_``, ```text <Old_>`__`` and ``Old_``, in any case."""
    words = r"\s+".join(map(re.escape, old.split()))
    links = (
        (rf"`{words}`_(?!\w)", f"`{new}`_"),
        (rf"(?<=\s)<{words}_>`", f"<{new}_>`"),
        (rf"(?<![\w`<]){words}_(?!\w)", f"`{new}`_"),
    )
    for section in sections:
        for link, renamed in links:
            # In a replacement, a backslash of the title would be an escape.
            replacement = renamed.replace("\\", r"\\")
            section.text = re.sub(link, replacement, section.text, flags=re.IGNORECASE)


def _add_missing(
    sections: list[DraftSection],
    standard: Sequence[Section],
    draft: Draft,
    required: Iterable[Section],
) -> None:
    order = [section.title for section in standard]
    lead = sections[0]
    if standard and lead.text and not standard[0].text:
        # What is above the first title is an abstract without a title.
        first = standard[0].title
        if first not in (other.title for other in sections):
            sections.insert(1, DraftSection(first, draft.heading(first), lead.text))
            lead.text = ""
    for section in required:
        titles = [other.title for other in sections]
        if section.title in titles:
            continue
        before = [title for title in order[: order.index(section.title)] if title in titles]
        position = titles.index(before[-1]) + 1 if before else 1
        if section.title == order[-1]:
            position = len(sections)
        text = fill(section.text, 79) or PLACEHOLDER
        new = DraftSection(section.title, draft.heading(section.title), text)
        sections.insert(position, new)
