"""Find inline markup that docutils took for text: typos in literals, roles, links and footnotes.

Only the prose of a paragraph is searched (:mod:`.prose`), so that code, literals and URLs are
never reported, nor what the author has escaped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from docutils import nodes

from ..._text import quote
from .allowlist import ROLES
from .marks import find_backquotes, find_marks
from .prose import KnownNames, Leak, LINK, LITERAL, Prose, ROLE, Spans

SPHINX_ROLES = frozenset(
    ("attr", "class", "const", "data", "doc", "envvar", "exc", "func", "keyword", "meth", "mod",
     "numref", "option", "pep", "py", "ref", "rfc", "term")
)  # fmt: skip
"""Roles of Sphinx that authors write from habit, whether or not a proposal may use them."""


def known_roles(extra: Collection[str]) -> frozenset[str]:
    """Return the names that are taken for a role, whatever else is missing."""
    return frozenset((*ROLES, *SPHINX_ROLES, *extra))


# Roles -------------------------------------------------------------------------------------

_NAME = r"[A-Za-z][\w+.-]*(?::[A-Za-z][\w+.-]*)?"

# ":fep:``7``": the role is text, and what follows is a literal.
_DOUBLE = re.compile(rf"(?<![\w:]):(?P<name>{_NAME}):(?P<text>{LITERAL}+)")

# ":fep`7`", ":fep;`7`", ": fep:`7`": all of it is text.
_NO_COLON = re.compile(rf"(?<![\w:`]):(?P<name>{_NAME})`(?P<text>[^`\n]+)`")

# ":fep:7", ":fep:'7'", "::fep:7".
_BARE = re.compile(rf"(?<![\w:`]):+(?P<name>{_NAME}):(?=[^\s`:{LITERAL}-\ue005])(?P<text>[^\s`]+)")

# ":fep: `7`": a blank before the backquotes.
_SPACE = re.compile(rf"(?<![\w:]):(?P<name>{_NAME}):\s+(?P<text>[`{LITERAL}{ROLE}]+)")

# "::fep:`7`": the first colon is text.
_TWO_COLONS = re.compile(rf"(?:(?<=\s)|^):+(?={ROLE})")


def find_inline_leaks(prose: Prose, names: KnownNames) -> Iterator[Leak]:
    """Yield the inline markup in *prose* that docutils did not recognise."""
    taken = Spans()
    for find in (_find_roles, _find_links, _find_footnotes, find_backquotes, find_marks):
        for leak in find(prose, names):
            if taken.add(leak.start, leak.end):
                yield leak


def _find_roles(prose: Prose, names: KnownNames) -> Iterator[Leak]:
    if ":" not in prose.text:
        return
    for match in _DOUBLE.finditer(prose.text):
        source = prose.source[match.start() : match.end()]
        name, text = match["name"], prose.source[match.start("text") + 2 : match.end() - 2]
        if names.is_defined(name):
            message = f"{quote(source)} is a role with two backticks; write :{name}:`{text}`"
            certain = f":{name}:`{text}`" if "`" not in text else ""
        else:
            # Only the literal is left of a role that there is not.
            certain = f"``{text}``"
            message = f"{quote(source)} is no role; write {certain}"
        yield Leak("inline", *match.span(), message, "", certain)
    for match in _NO_COLON.finditer(prose.text):
        meant = f":{match['name']}:`{match['text']}`"
        certain = meant if names.is_defined(match["name"]) else ""
        message = f"the role {quote(match[0])} has no second colon; write {meant}"
        yield Leak("inline", *match.span(), message, "", certain)
    for match in _SPACE.finditer(prose.text):
        if _is_role(match["name"], names):
            message = f'the role ":{match["name"]}:" has a blank after it; remove it'
            text = prose.source[match.start("text") : match.end()]
            is_whole = names.is_defined(match["name"]) and re.fullmatch("`[^`]+`", text)
            meant = f":{match['name']}:{text}" if is_whole else ""
            yield Leak("inline", *match.span(), message, "", meant)
    for match in _BARE.finditer(prose.text):
        if _is_role(match["name"], names):
            text = match["text"].strip("'\"\u2018\u2019\u201c\u201d.,;")
            meant = f":{match['name']}:`{text}`"
            source = f":{match[0].lstrip(':')}"
            message = f"the role {quote(source)} has no backticks; write {meant}"
            yield Leak("inline", *match.span(), message)
    for match in _TWO_COLONS.finditer(prose.text):
        what = "the role is shown as text; begin it with one colon"
        if prose.source[match.end()] == "`":
            what = "the backtick is shown as text; remove it"
        message = f"{quote(match[0])} before {what}"
        yield Leak("inline", *match.span(), message)


def _is_role(name: str, names: KnownNames) -> bool:
    first, _, _ = name.lower().partition(":")
    return name.lower() in names.roles or first in names.roles


# Links -------------------------------------------------------------------------------------

# "text <https://example.org/>`_": docutils links the URL, and the rest is text.
_NO_START = re.compile(rf"(?:[^\s<>`{LITERAL}-\ue005]{{0,80}}\s|^)<{LINK}+>(?P<end>`__?)(?!\w)")

# "__https://example.org/" and "_name: https://example.org/" at the start of a line.
_TARGET = re.compile(rf"^(?P<start>__?(?P<name>[^\s:][^:\n]*:)? ?|\[[^\]\n]+\]_: ?){LINK}", re.M)


def _find_links(prose: Prose, _names: KnownNames) -> Iterator[Leak]:
    for match in _ANONYMOUS.finditer(prose.text):
        message = f"{quote(match[0])} is shown as text, because no blank is after it"
        yield Leak("link", *match.span(), message, "write __ https://example.org/", "__ ")
    if LINK not in prose.text:
        return
    for match in _NO_START.finditer(prose.text):
        source = prose.source[match.start() : match.end()]
        message = f"the link {quote(source)} has no backtick before its text"
        yield Leak("link", *match.span(), message, "write `text <URL>`__")
    for match in _TARGET.finditer(prose.text):
        start = match["start"].strip()
        message = f"{quote(start)} does not define a link; it is shown as text"
        # ".. [1] _Docs: https://example.org/"
        in_note = isinstance(prose.node.parent, (nodes.footnote, nodes.citation))
        help_ = "remove the underscore" if in_note else "write .. _name: URL"
        yield Leak("link", match.start(), match.end("start"), message, help_)


# "__https://example.org/" without a blank
_ANONYMOUS = re.compile(r"^__?(?=https?://)", re.MULTILINE)


# Footnotes ---------------------------------------------------------------------------------

_LABEL = r"\d+|#[\w-]*|\*"

_FOOTNOTES = (
    # "[1] _", "[1]__", "[#a]__"
    re.compile(rf"\[(?P<label>{_LABEL})\](?:\s_|__)(?!\w)"),
    # "[#_]", "[*_"
    re.compile(r"\[(?P<label>#[\w-]*?|\*|\d+)_(?:\]_?)?(?!\w)"),
    # "[1]_" right after a word, "[1, 2]_", "[the docs]_", "[ 1 ]_"
    re.compile(r"\[\s*(?P<label>[^\[\]\n]{0,80}?)\s*\]_(?!\w)"),
    # "(1)_", "{1}_", "1]_"
    re.compile(r"[({](?P<label>\d+)[)}]_(?!\w)|(?<![\w\[])(?P<only>\d+|#\w*)\]_(?!\w)"),
)

# "[1_]": docutils takes 1_ for a link to the footnote.
_UNDERSCORE_INSIDE = re.compile(rf"\[(?P<link>{LINK}+)(?P<end>\]_?)?")

# "[1]" where there is a footnote of that name; but not in "x[1]" or "[1](y)".
_NO_UNDERSCORE = re.compile(
    rf"(?<![\w\])}}\[{LITERAL}-\ue005])\[(?P<label>{_LABEL})\](?![\w(\[_:{LITERAL}-\ue005])"
)


def _find_footnotes(prose: Prose, names: KnownNames) -> Iterator[Leak]:
    if "[" not in prose.text and "]_" not in prose.text and ")_" not in prose.text:
        return
    for match in _UNDERSCORE_INSIDE.finditer(prose.text):
        label = prose.source[match.start("link") : match.end("link")].rstrip("_")
        if label.casefold() in names.notes and not label.startswith("`"):
            yield _footnote(prose, match, label, names)
    for pattern in _FOOTNOTES:
        for match in pattern.finditer(prose.text):
            groups = match.groupdict()
            yield _footnote(prose, match, groups["label"] or groups.get("only") or "", names)
    for match in _NO_UNDERSCORE.finditer(prose.text):
        if match["label"].casefold() in names.notes:
            yield _footnote(prose, match, match["label"], names)


def _footnote(prose: Prose, match: re.Match[str], label: str, names: KnownNames) -> Leak:
    start, end = match.span()
    meant = f"[{label}]_"
    source = prose.source[start:end]
    before = prose.text[:start][-1:]
    is_label = re.fullmatch(rf"{_LABEL}|[\w.-]+", label) is not None
    if source == meant and is_label:
        # "text[1]_": a reference needs a blank before it.
        message = f"the footnote reference {quote(source)} touches what is before it"
        help_, replacement = "put a blank, or a backslash and a blank, before it", f" {meant}"
        # After a blank, something else keeps it from being one, such as a star before it.
        certain = replacement if before.strip() else ""
        return Leak("footnote", start, end, message, help_, certain)
    if not is_label:
        message = f"{quote(source)} is no footnote reference: a label is a number or one word"
        return Leak("footnote", start, end, message, "write [1]_ for each footnote")
    # "[1_, 2_]": the bracket ends after another label, and would be left over.
    is_whole = "]" in source or "]" not in prose.text[end:].partition("[")[0].partition("\n\n")[0]
    is_certain = label.casefold() in names.notes and not before.strip() and is_whole
    certain = meant if is_certain else ""
    what = "is a link in brackets" if LINK in prose.text[start:end] else "is not linked"
    message = f"{quote(source)} {what}, and no reference to the footnote; write {meant}"
    return Leak("footnote", start, end, message, "", certain)


def explain_broken_role(source: str) -> tuple[str, str, str]:
    """Return what is wrong with the backquotes of a role, what to do, and what was meant."""
    if match := re.fullmatch(r"`(:[\w+.:-]+:`[^`]+`)", source):
        message = f"{quote(source)} has a backtick before the role; write {match[1]}"
        return message, "", match[1]
    if match := re.fullmatch(r"(:[\w+.:-]+:`[^`]+`)`", source):
        message = f"{quote(source)} has two backticks at its end; write {match[1]}"
        return message, "", match[1]
    if match := re.fullmatch("`([^`]+)``", source):
        message = f"{quote(source)} begins with one backtick and ends with two"
        return message, f"write ``{match[1]}``", f"``{match[1]}``"
    message = f"{quote(source)} is one role: its text does not end at the first backtick"
    return message, "put a blank, or a backslash and a blank (\\ ), after that backtick", ""
