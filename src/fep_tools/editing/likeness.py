"""The process of a new community, made from that of another one.

The text is edited, and not written anew, so that its order and its comments stay. What is about
the other community's own proposals is left out: URLs, exemptions, former spellings.
"""

from __future__ import annotations

import re

from ..config import PROCESS_SCHEMA_URL
from ..process.model import Process

# Keys that say something about the other community or its history, outside and inside of tables.
_TOP = (
    "acronym", "name", "plural", "summary", "notice", "url", "url_prefixes", "first_number",
    "last_number", "index_number",
    "reference_role", "literal_roles", "ignored_directives", "code_languages", "editors",
)  # fmt: skip
_INSIDE = ("allowed_urls", "refused_urls", "formerly", "major_versions")
_TABLES = re.compile(
    r"\[+(repository|exempt|redirect|reserved|notes|link|alias|pages|feed|json|copy|header\.summaries)\b"
)
_GENERAL_ROLES = ("pep", "rfc")
_ABANDONED = re.compile(r'^summary = ".*(?:former name|not used any more)', re.MULTILINE)

_HEADER = """\
#:schema {schema}
#
# The process of {plural}.
#
# Change it, and run `fep process` to see the result; errors are reported with their line. The
# handbook of fep-tools explains every key, in "Reference of the process file".

acronym = "{acronym}"
name = "{name}"
plural = "{plural}"
"""


def process_like(other: Process, acronym: str, name: str, plural: str) -> str:
    """Return the text of a process file with the statuses, headers and so on of *other*.

    :param acronym: the acronym of the new community, in capitals
    """
    top, *tables = re.split(r"(?m)^(?=\[)", other.source[1])
    top = "".join(line for line in top.splitlines(True) if not line.startswith("#"))
    header = _HEADER.format(schema=PROCESS_SCHEMA_URL, acronym=acronym, name=name, plural=plural)
    kept = [_without_keys(table, _INSIDE) for table in tables if _is_general(table)]
    text = "".join([_without_keys(top, _TOP).lstrip("\n"), *kept])
    text = _without_other_comments(text, other)
    return f"{header}{_in_own_words(text, other, acronym)}".rstrip() + "\n"


def _is_general(table: str) -> bool:
    """Return whether a table, from its ``[`` on, means something to any community."""
    if table.startswith("[[role]]"):
        return any(f'name = "{name}"' in table for name in _GENERAL_ROLES)
    if table.startswith("[[banner]]"):
        return "\nstatuses = " in table
    return not _TABLES.match(table) and not _ABANDONED.search(table)


def _without_keys(text: str, keys: tuple[str, ...]) -> str:
    """Return *text* without these keys and their values, which may be arrays of several lines."""
    value = r"(?:\[(?:\"[^\"\n]*\"|[^\]\"])*\]|[^\n\[]*)"
    return re.sub(rf"(?m)^(?:{'|'.join(keys)}) = {value}[^\n]*\n", "", text)


def _without_other_comments(text: str, other: Process) -> str:
    """Return *text* without the comments that quote the other community's documents."""
    names = re.compile(rf"#.*\b(?:{other.acronym}|{re.escape(_subject(other))})", re.IGNORECASE)
    lines = [line for line in text.splitlines(True) if not names.match(line)]
    return re.sub(r"\n{3,}", "\n\n", "".join(lines))


def _in_own_words(text: str, other: Process, acronym: str) -> str:
    subject = re.escape(_subject(other))
    version = other.header_for("version")
    if version:
        is_taken = any(header.name == "Version" for header in other.headers)
        own = f"{acronym}-Version" if is_taken else "Version"
        text = re.sub(rf'(?<="){re.escape(version.name)}(?=")', own, text)
    text = text.replace(other.plural, f"{acronym}s").replace(other.name, acronym)
    text = re.sub(rf"\b{other.acronym}(?=s?\b)", acronym, text)
    text = re.sub(rf"\b{other.acronym.lower()}(?=s?\b)", acronym.lower(), text)
    text = re.sub(rf"\b([Tt]he) {subject} (?=[a-z])", r"\1 ", text)
    return re.sub(rf"\b{subject}\b", "the project", text, flags=re.IGNORECASE)


def _subject(other: Process) -> str:
    """Return what the proposals are about: ``Python`` in "Python Enhancement Proposal"."""
    words = re.match(r"(.+?) (?:Enhancement|Improvement|Change|Proposal|RFC)", other.name)
    return words[1] if words else other.name
