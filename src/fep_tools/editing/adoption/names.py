"""Infer what a community calls its proposals, from headers, headings and names of files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import dropwhile

from ..._text import split_lines
from ...proposals.preamble import Preamble
from .headers import InferredHeader

UNKNOWN_ACRONYM = "PROPOSAL"
"""The acronym of a community whose files and headers have none."""

_SMALL_WORDS = {"of", "for", "and", "the", "to", "a", "in", "on"}


_NUMBER_WORDS = {"id", "identifier", "no", "number"}
"""Names of headers with a number that are no acronyms; Perl's PPCs have ``ID``."""


LABELLED = 0.9
"""The share of texts that must begin with a heading such as ``KEP-7: Views``, so that headings
are titles although a header has the title, too."""

# "# KEP-7: Views", or "KEP 7: Views" above a line of "=====", with such a line above it or without.
# Blanks are not given back (*+): a line of a million of them would be searched from each again.
_FIRST_HEADING = re.compile(
    r"\s*+(?:# (?P<markdown>.*)|(?:([^\w\s])\2+\n)?(?P<rst>.*)\n([^\w\s])\4+\n)"
)


def heading_above(text: str, preamble: Preamble) -> str:
    """Return the first line of text above the headers, which is the title if one is there."""
    above = split_lines(preamble.blanked(text))[: preamble.first_line - 1]
    lines = (line.strip().removeprefix("# ") for line in above)
    titles = (s for s in lines if any(map(str.isalnum, s)) and not s.startswith(".. "))
    return next(titles, "")


def first_heading(text: str, preamble: Preamble) -> str:
    """Return the heading with which the text below the headers begins, if it does."""
    match = _FIRST_HEADING.match(preamble.blanked(text))
    return (match["markdown"] or match["rst"] or "").strip() if match else ""


def infer_label(titles: Mapping[int, str]) -> str:
    """Return the words before the number in most headings, such as ``KEP``.

    It is empty if fewer than most are labelled with their numbers.

    :param titles: the first headings of proposals, by number
    """
    matches = ((number, _LABELLED_HEADING.match(title)) for number, title in titles.items())
    labels = Counter(
        match["label"].strip(" -")
        for number, match in matches
        if match and int(match["digits"]) == number
    )
    label, count = next(iter(labels.most_common(1)), ("", 0))
    return label if count and count >= LABELLED * len(titles) else ""


def infer_acronym(headers: Sequence[InferredHeader], prefix: str) -> str:
    """Return the name of the header with the number, or the letters in the names of files."""
    number = next((header.name for header in headers if header.role == "number"), prefix)
    if prefix and number.casefold() in _NUMBER_WORDS:
        number = prefix
    return re.sub("[^A-Za-z0-9]", "", number).upper()[:16] or UNKNOWN_ACRONYM


def infer_name(acronym: str, texts: Iterable[str]) -> str | None:
    """Return what *acronym* stands for: words with its initials, if one of *texts* has them.

    ``NumPy Enhancement Proposals (NEPs)`` gives ``NumPy Enhancement Proposal``.
    """
    # "Gentoo Linux Enhancement Proposal": each word begins with a capital of the acronym.
    small = rf"(?:(?:{'|'.join(sorted(_SMALL_WORDS))})\s+)?"
    words = rf"\s+{small}".join(rf"{letter}[\w-]*" for letter in acronym)
    pattern = re.compile(rf"\b(?:[A-Z][\w-]*\s+)?{words}", re.IGNORECASE)
    for text in texts:
        for match in pattern.finditer(text[:100_000]):
            found = match[0].split()
            found = found[-len(acronym) :] if _initials(found[-len(acronym) :], acronym) else found
            found = list(dropwhile(_SMALL_WORDS.__contains__, found))
            significant = [word for word in found if word not in _SMALL_WORDS]
            if _initials(found, acronym) and all(word[0].isupper() for word in significant):
                return " ".join(found).removesuffix("s") if found[-1] != "Process" else None
    return None


def infer_title_format(titles: Mapping[int, str], acronym: str) -> str:
    """Return how most headings are written, such as ``NEP {number} — {title}``.

    It is empty if that is the usual ``TIP {number}: {title}``.

    :param titles: the headings that are titles, by number
    """
    formats: Counter[str] = Counter()
    for number, title in titles.items():
        match = _LABELLED_HEADING.match(title)
        if match and int(match["digits"]) == number:
            digits = match["digits"]
            zeros = len(digits) if digits.startswith("0") and len(digits) > 1 else 0
            place = f"{{number:0{zeros}}}" if zeros else "{number}"
            separator = re.sub(r"\s+", " ", match["separator"])
            formats[f"{match['label']}{place}{separator}{{title}}"] += 1
    # "SLEP{number}" and "SLEP{number:03}" are one format: of three digits, 100 has no zeros.
    for form in list(formats):
        plain = re.sub(r"\{number:0[0-9]\}", "{number}", form)
        if plain != form:
            formats[form] += formats.pop(plain, 0)
    form, count = next(iter(formats.most_common(1)), ("", 0))
    if 2 * sum(map(bool, map(_LABELLED_HEADING.match, titles.values()))) < len(titles):
        return "{title}"  # the number is in the name of the file only
    is_usual = form in {"", f"{acronym} {{number}}: {{title}}"}
    return form if 2 * count > len(titles) and not is_usual else ""


# "NEP 56 — Title", "SLEP006: Title" and "MS RFC 1: Title"
_LABELLED_HEADING = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z ]{0,30}?[ -]?)(?P<digits>[0-9]{1,7})"
    r"(?P<separator>\s*(?:--|[:.\u2013\u2014-])\s+)(?=\S)"
)


def _initials(words: Sequence[str], acronym: str) -> bool:
    significant = [word for word in words if word not in _SMALL_WORDS]
    return "".join(word[0] for word in significant).upper() == acronym
