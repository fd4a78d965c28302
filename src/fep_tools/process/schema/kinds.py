"""Roles, kinds and options of headers, and which go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Role = Literal[
    "number", "title", "authors", "scribe", "upstream_authors", "sponsor", "delegate",
    "discussion", "status", "type", "topics", "target", "requires", "created", "version",
    "removed", "deprecated", "deprecates", "removes", "changes", "replaces", "superseded_by",
    "upstream", "posts", "review_until", "review_by", "resolution", "reason", "retroactive",
    "history",
]  # fmt: skip
"""The meaning of a header, whatever the community calls it."""

Kind = Literal[
    "text", "choice", "choices", "flag", "number", "numbers", "date", "version", "versions", "url",
    "urls", "people", "record", "records", "symbols",
]  # fmt: skip
"""The kinds of value that a header can have; :mod:`fep_tools.proposals.fields` reads them."""

PEOPLE: tuple[Kind, ...] = ("people",)
NUMBERS: tuple[Kind, ...] = ("numbers", "number")
RECORDS: tuple[Kind, ...] = ("records", "record")
VERSIONS: tuple[Kind, ...] = ("version", "versions")
URLS: tuple[Kind, ...] = ("url", "urls")
CHOICES: tuple[Kind, ...] = ("choice", "choices")


class RoleInfo(NamedTuple):
    """A role: the kinds that a header with it may have, and what the header is for."""

    kinds: tuple[Kind, ...]
    """The first is the usual one."""
    meaning: str


ROLES: Mapping[Role, RoleInfo] = {
    "number": RoleInfo(("number",), "The number of the proposal."),
    "title": RoleInfo(("text",), "The title."),
    "authors": RoleInfo(PEOPLE, "The people who write the proposal."),
    "scribe": RoleInfo(PEOPLE, "The people who write down what others proposed."),
    "upstream_authors": RoleInfo(
        PEOPLE, "The people who proposed or made the change elsewhere; they wrote no text."
    ),
    "sponsor": RoleInfo(PEOPLE, "The people who help the authors."),
    "delegate": RoleInfo(PEOPLE, "The person who decides."),
    "discussion": RoleInfo(("url", "text"), "Where the proposal is discussed."),
    "status": RoleInfo(("choice",), "The status, one of those in ``[[status]]``."),
    "type": RoleInfo(("choice",), "The type, one of those in ``[[type]]``."),
    "topics": RoleInfo((*CHOICES, "text"), "The topics that it is listed under."),
    "target": RoleInfo((*CHOICES, "text"), "The projects or parts that it changes."),
    "requires": RoleInfo(NUMBERS, "Proposals that it depends on."),
    "created": RoleInfo(("date",), "The date of the first draft."),
    "version": RoleInfo((*VERSIONS, *CHOICES, "text"), "The release that has the change."),
    "removed": RoleInfo((*VERSIONS, *CHOICES, "text"), "The release that removed it again."),
    "deprecated": RoleInfo(
        (*VERSIONS, *CHOICES, "text"), "The release that deprecated the names it is about."
    ),
    "deprecates": RoleInfo(("symbols",), "Names of the program that it deprecates."),
    "removes": RoleInfo(("symbols",), "Names of the program that it removes."),
    "changes": RoleInfo(("symbols",), "Names of the program that work differently with it."),
    "replaces": RoleInfo(NUMBERS, "Proposals that it makes obsolete."),
    "superseded_by": RoleInfo(NUMBERS, "Proposals that make it obsolete."),
    "upstream": RoleInfo((*URLS, "text"), "Where the change was agreed on and made."),
    "posts": RoleInfo((*RECORDS, *URLS, "date", "text"), "When and where it was announced."),
    "review_until": RoleInfo(("date",), "The last day for comments."),
    "review_by": RoleInfo(("date",), "The day by which it is reviewed again."),
    "resolution": RoleInfo(("record", "url"), "The decision: its date, and a link to it."),
    "reason": RoleInfo(("text",), "Why the proposal was given up or put off, in a sentence."),
    "retroactive": RoleInfo(("flag",), "It records a decision that was made elsewhere."),
    "history": RoleInfo(("records",), "Every status so far, with its date."),
}
"""What headers are for, and the kinds that they may have."""

KINDS: Mapping[Kind, str] = {
    "text": "A text.",
    "choice": "One of several words.",
    "choices": "Some of several words.",
    "flag": "One word, such as ``yes``; a proposal without the header has the opposite.",
    "number": "The number of a proposal.",
    "numbers": "Numbers of proposals.",
    "date": "A date.",
    "version": "A version of two or three numbers, such as ``3.1``.",
    "versions": "Versions.",
    "url": "A URL.",
    "urls": "URLs.",
    "people": "Names of people; each may have an e-mail address and a handle.",
    "record": "A date, a status and a URL, or some of these.",
    "records": "Records, one per line.",
    "symbols": "Names in a program, such as ``package.Class.name``; each may have a version.",
}
"""The kinds of value."""

OPTION_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "past_only": ("date", *RECORDS),
    "distinct_from": PEOPLE,
    "choices": (*CHOICES, "flag", *RECORDS),
    "summaries": CHOICES,
    "date_format": ("date", *RECORDS),
    "record_formats": RECORDS,
    "allowed_urls": (*URLS, *RECORDS),
    "refused_urls": (*URLS, *RECORDS),
    "separator": ("choices", "numbers", "versions", "urls", "people", "records", "symbols"),
    "max_length": ("text",),
    "sorted": ("choices", "numbers", "versions", "symbols"),
    "leading_zeros": NUMBERS,
    "linked_numbers": NUMBERS,
    "trailing_text": ("choice", *PEOPLE),
    "repeated": ("text", "choices", "numbers", "versions", "urls", "people", "records", "symbols"),
    "version_wildcards": VERSIONS,
    "major_versions": VERSIONS,
    "zero_patch": VERSIONS,
    "one_person": PEOPLE,
    "plain_names": PEOPLE,
    "bare_handles": PEOPLE,
    "handle_required": PEOPLE,
    "refused_words": ("text",),
    "permanent_urls": (*URLS, *RECORDS),
    "emails": PEOPLE,
}
"""The kinds that an option of a header is for; other keys are for all."""
