"""Parse the Markdown of drafts with mistune, and what its plugins leave out.

These are footnotes in lists and quotations, MyST's directives (fences such as ```` ```{note} ````),
and definitions that nothing uses or that come a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from textwrap import dedent
from typing import Any, cast

import mistune
from mistune.block_parser import BlockParser
from mistune.core import BlockState
from mistune.plugins.table import parse_nptable, parse_table
from mistune.util import unikey

from .._text import quote
from ..proposals.rst.allowlist import ADMONITIONS, CODE
from .markdown_tables import even_rows, find_rows
from .rst_inline import Conversion, Token

_PLUGINS = ("table", "strikethrough", "task_lists", "footnotes", "def_list")

# "[^1]: Text", and the lines below it that are indented more. The versions of mistune differ in
# how many blanks these have.
_FOOTNOTE = (
    r"^(?P<footnote_lead> {0,3})\[\^(?P<footnote_key>(?:[^\\\[\]\s]|\\.){1,500})\]:"
    r"(?P<footnote_text>[ \t\n][^\n]*(?:\n|$)(?:(?P=footnote_lead)[ \t]+[^\n]*(?:\n|$)|\n)*)"
)

# The info string of a fence that is a directive: "{note} Never in production"
_DIRECTIVE = re.compile(r"\{(?P<name>[A-Za-z][\w:.+-]*)\}\s*(?P<argument>.*)")

# Its options: ":class: wide" on each of the first lines, or YAML between two lines of "---".
_OPTIONS = re.compile(
    r"\s*(?:---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)|(?::[\w-]+:[^\n]*(?:\n|\Z))+)", re.DOTALL
)

# "&copy;" and "&#169;", which Markdown shows as one character
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def parse_markdown(text: str, notes: Conversion) -> list[Token]:
    """Return the tokens of a draft, the last of which has the footnotes.

    :param notes: Gets what cannot be converted.
    """
    return _Parser(notes).parse(text)


class _Parser:
    """A parser of one draft.

    :ivar state: The state of the whole draft. In a list of definitions, the plugin begins another.
    :ivar links: The sources of the definitions of links, by their keys.
    :ivar footnotes: The texts of the definitions of footnotes, by their keys.
    """

    def __init__(self, notes: Conversion) -> None:
        self.notes = notes
        self.state = BlockState()
        self.links: dict[str, str] = {}
        self.footnotes: dict[str, list[str]] = {}
        self.markdown = mistune.create_markdown(renderer=None, plugins=list(_PLUGINS))
        self.block: BlockParser = self.markdown.block
        # The plugin would leave out footnotes without a reference, and those in footnotes.
        self.markdown.after_render_hooks.clear()
        for rules in (self.block.list_rules, self.block.block_quote_rules):
            self.block.insert_rule(rules, "ref_footnote", before="ref_link")
        self.block.register("ref_footnote", _FOOTNOTE, self._footnote)
        self.block.register("ref_link", None, self._link)
        self.block.register("fenced_code", None, self._fence)
        self.block.register("table", None, partial(self._table, parse_table))
        self.block.register("nptable", None, partial(self._table, parse_nptable))

    def parse(self, text: str) -> list[Token]:
        result, _state = self.markdown.parse(text, self.state)
        tokens = cast("list[Token]", result)
        if footnotes := list(self._footnote_items()):
            tokens.append({"type": "footnotes", "children": footnotes})
        _decode_entities(tokens)
        used = set(_urls(tokens))
        for key, source in self.links.items():
            if self.state.env["ref_links"][key]["url"] not in used:
                self.notes.lose(f"nothing uses the link {quote(source)}; it was left out")
        return tokens

    # Definitions --------------------------------------------------------------------------

    def _footnote(self, _block: BlockParser, match: re.Match[str], _state: BlockState) -> int:
        key, text = unikey(match["footnote_key"]), match["footnote_text"]
        self.footnotes.setdefault(key, []).append(text)
        # Here the plugin looks whether a reference is one.
        self.state.env.setdefault("ref_footnotes", {}).setdefault(key, text)
        return match.end()

    def _footnote_items(self) -> Iterator[Token]:
        """Yield the footnotes in the order of their references, and then those without one."""
        texts: dict[str, list[Token]] = {}
        # The text of a footnote may refer to further ones, and define them.
        while pending := [key for key in self.footnotes if key not in texts]:
            texts |= {key: self._footnote_text(key) for key in pending}
        for index, key in enumerate(self.state.env.get("footnotes", ()), start=1):
            yield _footnote_item(index, texts.pop(key))
        for key, text in texts.items():
            self.notes.lose(f"nothing refers to the footnote {quote(key.lower())}")
            yield _footnote_item("#", text)

    def _footnote_text(self, key: str) -> list[Token]:
        """Return the blocks of all definitions of a footnote."""
        definitions = self.footnotes[key]
        if len(definitions) > 1:
            name = quote(key.lower())
            self.notes.lose(f"the footnote {name} is defined again: it has both texts now")
        children: list[Token] = []
        for definition in definitions:
            first, _, rest = definition.partition("\n")
            # Up to four blanks are those of the footnote, and more begin code.
            rest = dedent(rest) if re.search(r"^ {1,3}\S", rest, re.MULTILINE) else _shift(rest)
            child = self.state.child_state(f"{first.strip()}\n{rest}".strip("\n") + "\n")
            self.block.parse(child)
            children += cast("list[Token]", self.markdown.render_state(child))
        return children

    def _link(self, block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
        state.env = self.state.env
        last = state.last_token()
        is_text = last is not None and last["type"] == "paragraph"
        key = unikey(match["reflink_1"])
        is_known = key in state.env["ref_links"]
        end = block.parse_ref_link(match, state)
        if end and not is_text:
            source = " ".join(state.src[match.start() : end].split())
            if not is_known:
                self.links[key] = source
            else:
                self.notes.lose(f"a link is defined again, which was left out: {quote(source)}")
        return end

    # Tables -------------------------------------------------------------------------------

    def _table(
        self,
        parse: Callable[[BlockParser, re.Match[str], BlockState], int | None],
        block: BlockParser,
        match: re.Match[str],
        state: BlockState,
    ) -> int | None:
        is_framed = parse is parse_table
        rows = find_rows(state, match.end(), is_framed=is_framed)
        notes = Conversion()
        child = state.child_state(even_rows(match[0], rows, notes, is_framed=is_framed))
        titles = re.match(r"[^\n]*\n?", child.src)
        if not rows or titles is None or parse(block, titles, child) != len(child.src):
            return parse(block, match, state)
        for loss in notes.losses:
            self.notes.lose(loss)
        for token in child.tokens:
            state.append_token(token)
        return match.end() + sum(map(len, rows))

    # Directives ---------------------------------------------------------------------------

    def _fence(self, block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
        end = block.parse_fenced_code(match, state)
        if end:
            token = state.tokens[-1]
            info = token.get("attrs", {}).get("info", "")
            if directive := _DIRECTIVE.fullmatch(info):
                name, argument = directive["name"].lower(), directive["argument"].strip()
                state.tokens[-1] = self._directive(name, argument, token["raw"], state)
        return end

    def _directive(self, name: str, argument: str, raw: str, state: BlockState) -> dict[str, Any]:
        """Return the token of an admonition or of code; any other directive is shown as code."""
        options = _OPTIONS.match(raw)
        content = raw[options.end() :].lstrip("\n") if options else raw
        has_title = name == "admonition"
        text = content if has_title else f"{argument}\n{content}"
        is_box = bool(argument) if has_title else name in ADMONITIONS
        is_flat = state.depth() < self.block.max_nested_level - 1
        if is_box and is_flat and text.strip():
            token = self._admonition(name, argument if has_title else "", text, state)
        elif name in CODE and content.strip():
            token = {"type": "block_code", "raw": content, "attrs": {"info": argument}}
        else:
            self.notes.lose(f"the directive {quote(name)} became code")
            first = f"{{{name}}} {argument}".strip()
            return {"type": "block_code", "raw": f"{first}\n{raw}", "attrs": {"info": ""}}
        if options:
            what = " ".join(options[0].split())
            self.notes.lose(f"the options of the directive {quote(name)} were left out: {what}")
        return token

    def _admonition(self, name: str, title: str, text: str, state: BlockState) -> dict[str, Any]:
        child = state.child_state(text.strip("\n") + "\n")
        self.block.parse(child, self.block.list_rules)
        head = {"type": "block_text", "text": title}
        return {"type": "admonition", "attrs": {"name": name}, "children": [head, *child.tokens]}


def _shift(text: str) -> str:
    """Return *text* with four blanks less on each line."""
    return re.sub(r"^(?: {4}|\t)", "", text, flags=re.MULTILINE)


def _footnote_item(index: int | str, text: list[Token]) -> Token:
    return {"type": "footnote_item", "attrs": {"index": index}, "children": text}


def _decode_entities(tokens: list[Token]) -> None:
    """Replace each entity in a text by its character, unless that would be invisible."""
    for token in tokens:
        if token["type"] == "text" and "&" in token["raw"]:
            cast("dict[str, Any]", token)["raw"] = _ENTITY.sub(_decode, token["raw"])
        _decode_entities(token.get("children", []))


def _decode(match: re.Match[str]) -> str:
    character = unescape(match[0])
    return character if character.isprintable() or character == "\xa0" else match[0]


def _urls(tokens: list[Token]) -> Iterator[str]:
    """Yield the URLs of all links and images."""
    for token in tokens:
        if url := token.get("attrs", {}).get("url"):
            yield url
        yield from _urls(token.get("children", []))
