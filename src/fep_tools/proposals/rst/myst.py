"""Parse a body in Markdown with MyST-Parser, into the nodes of docutils.

That is CommonMark with tables, footnotes, bare URLs as links, GitHub's alerts and task lists, and
formulas between dollar signs; and MyST's directives and roles, which are looked up through the
allow-list (:mod:`.lookup`) like those of reStructuredText. HTML is not passed on
(:mod:`.myst_html`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from ..._text import quote
from ..body import CodeBlock, Location
from .allowlist import directive_kind, hidden_character
from .anchors import MARKDOWN
from .back_end import BackEnd
from .entities import keep_hidden, report_hidden
from .myst_html import HtmlRenderer
from .shown import STRUCK

CONFIG = MdParserConfig(
    enable_extensions={"alert", "dollarmath", "linkify", "strikethrough", "tasklist"},
    linkify_fuzzy_links=False,  # "example.org" is a name, and not a link
    dmath_allow_digits=False,  # "$5 and $6" are prices
    dmath_allow_space=False,
    dmath_allow_labels=False,
    # Lines that begin with "%" or "+++" are text on GitHub; so is what looks like front matter.
    disable_syntax=["front_matter", "myst_line_comment", "myst_block_break"],
    footnote_transition=False,
)

MAX_NESTING = 100
"""How many levels Markdown may have; a list is two, and docutils allows fewer."""

_DIRECTIVE = re.compile(r"\{(?P<name>[^\s{}]+)\}\s*")


def parse_markdown(text: str, document: nodes.document, back_end: BackEnd) -> None:
    """Add the nodes of *text* to *document*, and its problems to the collector of *back_end*."""
    parser = create_md_parser(CONFIG, _Renderer)
    # The count of words would be a substitution that no author has defined.
    parser.disable("wordcount", ignoreInvalid=True)
    # Links that must not be followed are links all the same, so that they are reported.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # What is nested deeper would be left out; with more levels, the text is refused instead.
    parser.options["maxNesting"] = MAX_NESTING
    keep_hidden(parser, back_end.collector)
    parser.options["document"] = document
    parser.options["back_end"] = back_end
    document.attributes[MARKDOWN] = True
    parser.render(text)
    _drop_idle_transitions(document)


class _Renderer(HtmlRenderer):
    """MyST-Parser's renderer, without what reads files, passes HTML on, or asks Sphinx."""

    def setup_render(self, options: Any, env: Any) -> None:
        super().setup_render(options, env)
        self.back_end: BackEnd = options["back_end"]
        self._level = 0
        self._footnotes: set[str] = set()

    def _render_tokens(self, tokens: list[Token]) -> None:
        names = (t.meta["label"] for t in tokens if t.type == "footnote_reference_open")
        self._footnotes.update(names)
        super()._render_tokens(tokens)

    @property
    def sphinx_env(self) -> None:
        """No environment: nothing about a proposal depends on other documents."""

    def create_warning(self, message: str, subtype: Any, **options: Any) -> None:
        """Report a problem of the text."""
        if getattr(subtype, "value", subtype) in ("header", "strikethrough"):
            return
        line = options.get("line") or 1
        message = message.replace("label: 'footnote-", "label: '")  # the name of _named()
        self.collector.add_problem("markup", "", line, _lower(message))

    # Headings -----------------------------------------------------------------------------

    def render_heading(self, token: SyntaxTreeNode) -> None:
        level, line = int(token.tag[1]), token.map[0] if token.map else 1
        if self._level and level > self._level + 1:
            message = f"the heading has level {level}, below one of level {self._level}"
            help_ = f"write it with {'#' * (self._level + 1)}"
            self.collector.add_problem("markup", "", line, message, help_)
        self._level = level
        super().render_heading(token)

    def generate_heading_target(self, token: Any, level: int, node: Any, title: Any) -> None:
        """Name the section as docutils does; :mod:`.anchors` makes its anchor."""
        node.line = title.line = token.map[0] if token.map else 1
        node["names"].append(nodes.fully_normalize_name(title.astext()))
        self.document.note_implicit_target(node, node)

    # Links and images ---------------------------------------------------------------------

    def render_link(self, token: SyntaxTreeNode) -> None:
        url = str(token.attrs.get("href", ""))
        node = nodes.reference(refuri=url)
        self.add_line_and_source_path(node, token)
        title = str(token.attrs.get("title") or "")
        if character := hidden_character(title):
            location = self.collector.locator.line(node.line or 1)
            report_hidden(character, title, location, self.collector)
        elif title:
            node["reftitle"] = title
        if token.markup == "autolink":
            node.rawsource = f"<{url}>"
        with self.current_node_context(node, append=True):
            self.render_children(token)
        if not node.rawsource:
            node.rawsource = node.astext() if token.markup == "linkify" else f"[{node.astext()}]"

    def render_image(self, token: SyntaxTreeNode) -> None:
        node = nodes.image(uri=str(token.attrs.get("src", "")), alt=token.content)
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)

    # Code ---------------------------------------------------------------------------------

    def render_fence(self, token: SyntaxTreeNode) -> None:
        info = token.info.strip()
        if directive := _DIRECTIVE.match(info):
            self.render_directive(token, directive["name"], info[directive.end() :])
            return
        self._code(token, info.split(maxsplit=1)[0].split(",")[0] if info else "")

    def render_code_block(self, token: SyntaxTreeNode) -> None:
        self._code(token, "")

    def _code(self, token: SyntaxTreeNode, language: str) -> None:
        text = token.content.rstrip("\n")
        node = nodes.literal_block(text, text, language=language or "none", classes=["code"])
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)
        line = token.map[0] if token.map else 1
        if token.type == "fence" and not text.strip():
            message = "the block has no code"
            self.collector.add_problem("code", "", line, message, "write some, or remove it")
        elif language and token.type == "fence":
            self.collector.add_code(token.markup, text, language, line + 1)
        location = self.collector.locator.line(line)
        block = CodeBlock(language, "", (), text, line + 1, location)
        self.collector.code_blocks.append(block)

    def render_directive(
        self, token: SyntaxTreeNode, name: str, arguments: str, **options: Any
    ) -> None:
        """Run a directive, if the allow-list has it; show it as it is written otherwise."""
        name = name.lower()
        if directive_kind(name, self.back_end.vocabulary) == "refused":
            line = token.map[0] if token.map else 1
            text = f"{token.markup}{token.info}\n{token.content}{token.markup}"
            directive: Any = SimpleNamespace(lineno=line, block_text=text)
            self.current_node += self.back_end.refuse(directive, name)
            return
        super().render_directive(token, name, arguments, **options)

    # Formulas -----------------------------------------------------------------------------

    def render_math_inline(self, token: SyntaxTreeNode) -> None:
        self._check_formula(token)
        super().render_math_inline(token)

    def render_math_block(self, token: SyntaxTreeNode) -> None:
        self._check_formula(token)
        super().render_math_block(token)

    def _check_formula(self, token: SyntaxTreeNode) -> None:
        location = self.collector.locator.line(token.map[0] if token.map else 1)
        self.collector.add_formula(token.content.strip(), location)

    # Footnotes ----------------------------------------------------------------------------

    def render_footnote_ref(self, token: SyntaxTreeNode) -> None:
        label = token.meta["label"]
        if label not in self._footnotes:
            source, line = f"[^{label}]", token.map[0] if token.map else 1
            location = self.collector.locator.find(source, line)
            message = f"there is no footnote {quote(source)}"
            help_ = f"correct the name, or begin a line with {source}: and write its text"
            self.collector.add_problem("markup", "", location, message, help_)
            self.current_node.append(nodes.Text(source))
            return
        with _named(token):
            super().render_footnote_ref(token)

    def render_footnote_reference(self, token: SyntaxTreeNode) -> None:
        with _named(token):
            super().render_footnote_reference(token)

    # Tables -------------------------------------------------------------------------------

    def render_table(self, token: SyntaxTreeNode) -> None:
        for row in token.walk():
            if row.type == "tr" and row.map:
                self._check_row(row, self.collector.locator.line(row.map[0]))
        super().render_table(token)

    def _check_row(self, row: SyntaxTreeNode, location: Location) -> None:
        """Report cells behind those of the first row, which Markdown leaves out."""
        # "> | a | b |" is a row in a quotation.
        line = self.collector.locator.text(location).lstrip("> \t").rstrip()
        cells, columns = escapedSplit(line.removeprefix("|").removesuffix("|")), len(row.children)
        if any(cell.strip() for cell in cells[columns:]):
            message = f"the row has {len(cells)} cells, but the table has {columns} columns"
            help_ = "give the first row as many cells, or write \\| for a bar that is text"
            self.collector.add_problem("markup", "", location, message, help_)

    # The rest -----------------------------------------------------------------------------

    def render_s(self, token: SyntaxTreeNode) -> None:
        node = nodes.inline(classes=[STRUCK])
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_list_item(self, token: SyntaxTreeNode) -> None:
        """Show a task with a sign, and not with a field of a form."""
        checked = (token.meta or {}).pop("checked", None)
        super().render_list_item(token)
        if checked is not None:
            item: Any = self.current_node[-1]
            sign = "\N{BALLOT BOX WITH CHECK}" if checked else "\N{BALLOT BOX}"
            paragraph = item.next_node(nodes.paragraph)
            if paragraph is not None:
                paragraph.insert(0, nodes.Text(f"{sign} "))


@contextmanager
def _named(token: SyntaxTreeNode) -> Iterator[None]:
    """Give a footnote a name that no title has: ``[^views]`` is no "Views"."""
    label = token.meta["label"]
    if not label.isdigit():
        token.meta["label"] = f"footnote-{label}"
    yield
    token.meta["label"] = label


def _drop_idle_transitions(document: nodes.document) -> None:
    """Remove lines that docutils accepts between paragraphs only, and not in a quotation."""
    for line in list(document.findall(nodes.transition)):
        parent = line.parent
        before = parent[parent.index(line) - 1] if parent.index(line) else None
        is_first = before is None or isinstance(before, (nodes.title, nodes.transition))
        is_inside = not isinstance(parent, (nodes.document, nodes.section))
        if is_inside or is_first or not line.next_node(descend=False, siblings=True):
            parent.remove(line)


def _lower(message: str) -> str:
    """Return a message of MyST-Parser as the end of a sentence."""
    return message[:1].lower() + message[1:]
