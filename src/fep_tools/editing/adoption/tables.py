"""Write what was inferred as a process file, with the evidence in comments."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..._text import plural
from ...config import PROCESS_SCHEMA_URL
from ...process.validation import REQUIRED_ROLES
from .headers import InferredHeader, MIN_BARE_HANDLES, MIN_EMPTY
from .inferred import InferredProcess
from .names import UNKNOWN_ACRONYM
from .statuses import InferredStatus, USUAL
from .vocabulary import header_key, TEXT_ROLES, TYPES

TomlValue = str | int | bool | Sequence[str]

GROUPS = {
    "Open": (1, 2),
    "Accepted": (3,),
    "Finished and active": (4, 5),
    "Not active": (0,),
}
"""The groups of the index, by the ranks of their statuses."""


EVIDENCE = (
    "The comments give the evidence: how many proposals have a value, and how often a transition",
    "happened. Correct what is wrong, and run fep check again.",
)


def process_text(inferred: InferredProcess) -> str:
    """Return a process file."""
    return "\n".join(_parts(inferred))


def _parts(inferred: InferredProcess) -> Iterator[str]:
    history = " and their history in git" if inferred.timelines else ""
    files = plural(inferred.count, "file")
    lines = (f"The process of {_plural(inferred)}, inferred from {files}{history}.", *EVIDENCE)
    yield "".join([f"#:schema {PROCESS_SCHEMA_URL}\n#\n", *map(_comment, lines)])
    yield _table("", _community(inferred))
    if inferred.remote:
        yield _table("[repository]", {"url": inferred.remote})
    yield _files(inferred)
    yield from _types(inferred)
    yield from map(_status, inferred.statuses.statuses)
    yield from _transitions(inferred)
    for header in inferred.headers:
        yield _header(header, inferred)
    for section in inferred.sections:
        values: dict[str, TomlValue] = {"title": section.title}
        if section.is_required:
            values["required"] = True
        yield _table("[[section]]", values, f"In {section.count} of {inferred.count} proposals.")
    yield from _index(inferred)
    for name, (url, text) in inferred.link_roles.items():
        yield _table("[[role]]", {"name": name, "url": url, "text": text}, "From conf.py.")
    for name in inferred.roles:
        if name in TEXT_ROLES and name not in inferred.link_roles:
            yield _table("[[role]]", {"name": name, **TEXT_ROLES[name]})


def _plural(inferred: InferredProcess) -> str:
    if inferred.acronym == UNKNOWN_ACRONYM:
        return "Proposals"
    return f"{inferred.name}s" if inferred.name else f"{inferred.acronym}s"


def _name(inferred: InferredProcess) -> str:
    return "Proposal" if inferred.acronym == UNKNOWN_ACRONYM else f"{inferred.acronym} Proposal"


def _community(inferred: InferredProcess) -> dict[str, TomlValue]:
    values: dict[str, TomlValue] = {
        "acronym": inferred.acronym,
        "name": inferred.name or _name(inferred),
        "plural": _plural(inferred),
        "dialect": inferred.dialect,
    }
    if inferred.has_title_heading:
        values["title_source"] = "heading"
        if inferred.title_format:
            values["title_format"] = inferred.title_format
    literal = [name for name in inferred.roles if name not in {*TEXT_ROLES, *inferred.link_roles}]
    if inferred.links_by_label:
        values["reference_role"] = False
        literal.append("ref")
    if literal:
        values["literal_roles"] = sorted(literal)
    if inferred.default_role:
        values["default_role"] = inferred.default_role
    if inferred.directives:
        values["ignored_directives"] = inferred.directives
    if not inferred.statuses.transitions:
        values["transition"] = []
    return values


def _files(inferred: InferredProcess) -> str:
    unread = len(inferred.files.numbers) - inferred.count
    evidence = f"{plural(len(inferred.files.numbers), 'file')}"
    if unread:
        evidence += f", of which {unread} do not begin with headers"
    for other in inferred.left_out:
        evidence += f". Left out: {plural(len(other.numbers), 'file')} like {other.pattern}"
    patterns = [inferred.files.pattern, *inferred.files.others]
    values: dict[str, TomlValue] = {
        "pattern": patterns if inferred.files.others else inferred.files.pattern,
        "include": [inferred.files.include],
    }
    if inferred.files.images:
        values["images"] = inferred.files.images
    if inferred.files.templates:
        values["exclude"] = inferred.files.templates
    return _table("[files]", values, f"{evidence}.")


def _types(inferred: InferredProcess) -> Iterator[str]:
    counts = inferred.values("type")
    known = {value: n for value, n in counts.items() if n > 1 or value.casefold() in TYPES}
    frequent = known or counts
    for value, count in sorted(frequent.items(), key=lambda item: (-item[1], item[0])):
        values = {"name": value, "summary": f"{value} proposals."}
        yield _table("[[type]]", values, f"{plural(count, 'proposal')}.")


def _status(status: InferredStatus) -> str:
    values: dict[str, TomlValue] = {"name": status.name, "summary": status.meaning.summary}
    if status.formerly:
        values["formerly"] = status.formerly
    values |= dict.fromkeys(status.meaning.flags, True)
    if status.rank:
        values["rank"] = status.rank
    if status.given:
        values["with"] = [status.given]
    if status.missing:
        values["without"] = [status.missing]
    now = plural(status.count, "proposal") if status.count else "No proposal"
    return _table("[[status]]", values, f"{now} now.")


def _transitions(inferred: InferredProcess) -> Iterator[str]:
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (before, after), count in inferred.statuses.transitions.items():
        counts[before, "allowed" if count >= USUAL else "unusual"][after] = count
    order = {status.name: n for n, status in enumerate(inferred.statuses.statuses)}
    for before, level in sorted(counts, key=lambda key: (order[key[0]], key[1])):
        moves = sorted(counts[before, level].items(), key=lambda item: (-item[1], item[0]))
        values: dict[str, TomlValue] = {"from": before, "to": [after for after, _ in moves]}
        if level == "unusual":
            values["level"] = level
        yield _table(
            "[[transition]]", values, ", ".join(f"{after}: {count}" for after, count in moves)
        )


def _header(header: InferredHeader, inferred: InferredProcess) -> str:
    values: dict[str, TomlValue] = {"name": header.name, "kind": header.kind}
    if header.role:
        values["role"] = header.role
    if header.formerly:
        values["formerly"] = header.formerly
    if header.kind == "choices":
        values["choices"] = header.choices
    if header.date_formats != ("YYYY-MM-DD",):
        first, *others = header.date_formats
        values["date_format"] = header.date_formats if others else first
    if header.record_formats:
        values["record_formats"] = header.record_formats
    if header.leading_zeros:
        values["leading_zeros"] = True
    if header.linked_numbers:
        values["linked_numbers"] = True
    if header.is_repeated:
        values["repeated"] = True
    if header.is_by_line:
        values["separator"] = "line"
    if header.trailing_text:
        values["trailing_text"] = True
    if header.bare_handles >= MIN_BARE_HANDLES:
        values["bare_handles"] = True
    if header.empty >= MIN_EMPTY and header.role not in REQUIRED_ROLES:
        values["allow_empty"] = True
    is_step = any(header.name == status.given for status in inferred.statuses.statuses)
    if header.count >= 0.99 * inferred.count and not is_step:
        values["required"] = True
        if initial := _initial(header):
            values["initial"] = initial
    empty = f", without a value in {header.empty}" if header.empty else ""
    return _table("[[header]]", values, f"In {header.count} of {inferred.count} proposals{empty}.")


def _initial(header: InferredHeader) -> str:
    """Return what a new proposal has in a required header without a role, if that is known."""
    if header.role:
        return ""
    return "{created}" if header.kind == "date" else _INITIAL.get(header_key(header.name), "")


_INITIAL = {"title": "{title}"}
"""First values of headers by their keys. A heading may be the title, and a header repeat it."""


def _index(inferred: InferredProcess) -> Iterator[str]:
    for title, ranks in GROUPS.items():
        names = [s.name for s in inferred.statuses.statuses if s.rank in ranks]
        if names:
            yield _table("[[index]]", {"title": title, "statuses": names})


# TOML --------------------------------------------------------------------------------------


def _table(header: str, values: Mapping[str, TomlValue], evidence: str = "") -> str:
    """Return a table of TOML, with its evidence as a comment above its keys."""
    lines = [header] if header else []
    if evidence:
        lines.append(_comment(evidence).rstrip("\n"))
    lines += [f"{key} = {_dump(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    """Return *text* as a comment; it cannot end early, since line breaks are spaces in it."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return f"# {plain}\n"


def _dump(value: TomlValue) -> str:
    # A basic string of TOML has the escapes of JSON, except that DEL must be escaped too.
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool | int):
        return json.dumps(value)
    return f"[{', '.join(map(_dump, value))}]"
