"""Report markup that docutils took for text, or for another block, in one parsed document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain, islice
from typing import Any

from docutils import nodes

from ..._text import quote
from ..body import Location, ProblemKind
from .allowlist import role_kind
from .blocks import (
    find_directives,
    find_glued_blocks,
    is_below_item,
    is_code,
    is_split_sentence,
    known_directives,
    quoted_lines,
    stray_line,
)
from .collector import FactCollector, MAX_PROBLEMS
from .leaks import find_inline_leaks, known_roles
from .markdown import FENCE, find_markdown, find_markdown_blocks, TABLE_LINE
from .marks import has_dashes
from .prose import ESCAPED, is_prose, KnownNames, Leak, LINK, LITERAL, OTHER, Prose, ROLE, Spans

# Code between fences, which is one literal to docutils: "```python\nx = 1\n```".
_FENCED_LITERAL = re.compile(r"```[\w+#-]*\n.*\n```", re.DOTALL)

# What every kind of unrecognised markup has: most paragraphs have none of it.
_TRIGGER = re.compile(
    rf"[`*\]~&\\|#<{ESCAPED}]|\[{LINK}|__|(?<!\w)_|_(?!\w)|:[:A-Za-z{ROLE}]|-\n|\n(?:\W|[0-9]|[a-z][.)])|"
    rf"^[^\w\s{LITERAL}-{OTHER}]|^\w[\w-]*:"
)

# "``a``s and ``b``": the first literal does not end before the last one does.
_LONG_LITERAL = re.compile(r"\S``\w[^`]*\s``\S")

# "## Rationale" and "##Rationale", but not "#tag", nor a comment: "# TODO: x", "# type: ignore"
_HEADING = re.compile(
    r"(?P<mark>#{1,6}(?= )|#{2,6}(?=[^\W\d_])) *(?!TODO|FIXME|XXX|type:|noqa)"
    r"(?P<title>[^\s#][^\n]{0,100}?)(?: +#+)?(?=\n|$)"
)

# ".. [1]text", ".. [1]: text", ".. [^1]: text", ".. [#a]_ text"
_COMMENTED_NOTE = re.compile(
    r"\[\^?(?P<label>[0-9]+|\*|#?[\w-]*\w)\](?:[:_]:? *|(?=[^\s:_\[(.,]))(?P<text>\S.*)"
)

# ".. name_: https://example.org/"
_COMMENTED_TARGET = re.compile(r"(?P<name>\w[\w .-]*)_: *(?P<url>https?://\S+)")


class UnrecognisedMarkup:
    """Reports what is in the nodes of *document* that docutils did not take for markup."""

    def __init__(self, document: nodes.document, collector: FactCollector) -> None:
        self.document = document
        self.collector = collector
        self.false_links: list[nodes.reference] = []
        vocabulary = collector.vocabulary
        self.names = KnownNames(
            known_roles((vocabulary.reference, *vocabulary.roles, *vocabulary.literals)),
            lambda name: role_kind(name.lower(), vocabulary) != "refused",
            frozenset(_note_labels(document)),
            cache(lambda: has_dashes(document)),
        )
        self.directives = known_directives((*vocabulary.banners, *vocabulary.opaque))

    def prose(self, node: nodes.TextElement, line: int | None) -> None:
        """Report markup in the text of a title, a term, a line or a paragraph."""
        if not is_prose(node) or len(self.collector.problems) > MAX_PROBLEMS:
            return
        prose = Prose(node, line)
        if not _TRIGGER.search(prose.text) and "`" not in node.astext():
            return
        leaks = [*self._fences(prose), *find_inline_leaks(prose, self.names)]
        leaks += (leak for leak in find_markdown(prose) if self._is_no_link(leak, prose))
        leaks += self._blocks(prose, node)
        self._report(leaks, prose)
        for link in node.children:
            if isinstance(link, nodes.reference) and "`" in link.astext():
                self._link_text(link, prose)

    def _is_no_link(self, leak: Leak, prose: Prose) -> bool:
        """Return whether *leak* is Markdown emphasis, and not a link with an underscore before it.

        In ``_so it is_``, docutils takes ``is_`` for a link, which has no target.
        """
        end = re.search(r"\w+?__?$", prose.source[leak.start : leak.end])
        links = [
            node
            for node in prose.node.children
            if isinstance(node, nodes.reference) and end and node.rawsource == end[0]
        ]
        if LINK not in prose.text[leak.start : leak.end] or not links:
            return True
        link = links[0]
        is_defined = link.get("refname") in self.document.nameids
        if is_defined or (link.get("anonymous") and _has_anonymous_targets(self.document)):
            return False
        self.false_links.append(link)
        return True

    def drop_false_links(self) -> None:
        """Make text of the links that are the end of Markdown emphasis."""
        for link in self.false_links:
            link.parent.replace(link, nodes.Text(link.rawsource))

    def _blocks(self, prose: Prose, node: nodes.TextElement) -> Iterable[Leak]:
        parent = node.parent
        in_item = isinstance(parent, nodes.list_item)
        is_block = isinstance(parent, (nodes.document, nodes.section))
        if isinstance(node, nodes.paragraph):
            yield from find_directives(prose, self.directives)
            if not isinstance(parent, nodes.entry):
                yield from find_glued_blocks(prose, is_item=in_item)
            if is_block and (match := _HEADING.match(prose.text)):
                yield _markdown_heading(match)
        is_item = in_item and parent.index(node) == 0
        following = node.next_node(descend=False, siblings=True)
        is_last = following is None or isinstance(following, nodes.section)
        is_between = not is_last and isinstance(node.previous_sibling(), nodes.Body)
        yield from find_markdown_blocks(
            prose, is_item=is_item, is_block=is_block, is_between=is_between
        )
        if "|" in prose.source and (table := TABLE_LINE.search(prose.source)):
            self._table(prose, table)

    def _table(self, prose: Prose, match: re.Match[str]) -> None:
        """Report a Markdown table; its first line may be a line block."""
        locate, end = prose.locate, len(prose.source)
        line = locate(match.start(), match.end(), self.collector.locator)
        first = max(line.line - 1, 1)
        last = locate(end, end, self.collector.locator).line
        self.collector.tables.append((first, last))
        message = f"{quote(match[0].strip())} is the line below the titles of a Markdown table"
        help_ = "use .. list-table:: or draw the table with ===== lines"
        name = prose.source
        self.collector.add_problem("markdown", name, line, message, help_)

    def _report(self, leaks: Iterable[Leak], prose: Prose) -> None:
        done = Spans()
        for leak in islice(leaks, MAX_PROBLEMS + 1):
            if not done.add(leak.start, leak.end) or leak.kind == "fence":
                continue
            source, locator = prose.source[leak.start : leak.end], self.collector.locator
            location = prose.locate(leak.start, leak.end, locator)
            # In a cell of a table, or after strange white space, the source may not be found.
            replacement = leak.replacement if locator.is_at(source, location) else ""
            self.collector.add_problem(
                leak.kind, source, location, leak.message, leak.help, replacement
            )

    def _fences(self, prose: Prose) -> Iterable[Leak]:
        """Add the fences in *prose*, which are reported in pairs (:mod:`.merging`)."""
        for match in FENCE.finditer(prose.text):
            if match["mark"][0] == "~" or prose.text.count("```") % 2 or "\n" in prose.text:
                location = prose.locate(*match.span(), self.collector.locator)
                self.collector.add_fence(location, match["language"])
                yield Leak("fence", *match.span(), "")

    def _link_text(self, link: nodes.reference, prose: Prose) -> None:
        location = self.collector.locator.find(link.rawsource, prose.line)
        message = f"{quote(link.astext())} is shown with its backticks"
        help_ = "remove them: the text of a link cannot have markup inside"
        self.collector.add_problem("inline", link.astext(), location, message, help_)

    def literal(self, node: nodes.literal, line: int | None) -> None:
        """Report a literal that is a Markdown fence, or several literals in one."""
        source, locator = node.rawsource, self.collector.locator
        if _FENCED_LITERAL.fullmatch(source):
            location = locator.find(source, line)
            first = locator.line(location.line)
            self.collector.add_fence(first, source.split("\n")[0].strip("`"))
            self.collector.add_fence(locator.line(location.end_line), "")
        elif re.fullmatch(r"```[^`]+```", source):
            message = f"{quote(source)} is shown with a backtick on each side"
            replacement = source[1:-1]
            help_ = f"write {replacement}"
            location = locator.find(source, line)
            certain = replacement if locator.is_at(source, location) else ""
            self.collector.add_problem("markdown", source, location, message, help_, certain)
        elif match := _LONG_LITERAL.search(node.astext()):
            message = f"the literal {quote(source)} does not end at {quote(match[0][1:4])}"
            help_ = r"put a blank, or a backslash and a blank (\ ), after the two backticks"
            location = locator.find(source, line)
            self.collector.add_problem("inline", source, location, message, help_)

    def comment(self, text: str, location: Location) -> None:
        """Report a footnote or a target that is a comment because of a typo."""
        if match := _COMMENTED_NOTE.match(text):
            kind: ProblemKind = "footnote"
            meant = f".. [{match['label']}] {match['text']}"
        elif match := _COMMENTED_TARGET.fullmatch(text):
            kind, meant = "link", f".. _{match['name']}: {match['url']}"
        else:
            return
        message = f"{quote(f'.. {text}')} is a comment that no reader sees; write {quote(meant)}"
        certain = meant if location.line == location.end_line and not location.is_empty else ""
        self.collector.add_problem(kind, text, location, message, "", certain)

    def quotation(self, node: nodes.block_quote, line: int | None) -> None:
        """Report code that is only indented, and text that is indented less than its item."""
        if is_code(quoted_lines(node)):
            first = quote(node.rawsource.split("\n")[0].strip())
            message = f"{first} looks like code, but is shown as a quotation"
            help_ = "end the paragraph before it with ::, or use .. code-block::"
            self.collector.add_problem("code", first, line or 1, message, help_)
        before: nodes.Node | None = node.previous_sibling()
        # docutils notes that a list begins with 10, and not with 1, at the end of the list.
        while isinstance(before, nodes.system_message):
            before = before.previous_sibling()
        after = node.next_node(descend=False, siblings=True)
        if is_below_item(before, after, self.collector.locator, line):
            message = "the text is not in the item above it, and the list ends before it"
            help_ = "indent it as far as the text of the item"
            self.collector.add_problem("indentation", "", line or 1, message, help_)

    def definitions(self, node: nodes.definition_list, line: int | None) -> None:
        """Report code and sentences whose second line is indented."""
        self._literal_terms(node, line)
        item: Any = node.children[0]
        if isinstance(node.parent, nodes.block_quote) or len(node.children) > 1:
            return
        definition, term = item.children[-1], item.children[0].rawsource
        is_plain = all(isinstance(child, nodes.paragraph) for child in definition.children)
        if term.endswith(":") and is_plain and is_code(_lines_of(definition)):
            help_ = f"write {term}: and a blank line before the code"
            message = f"the code below {quote(term)} is shown as a definition"
            self.collector.add_problem("code", term, (line or 1) + 1, message, help_)
            return
        if is_split_sentence(item):
            term = quote(item.children[0].rawsource)
            message = f"{term} is shown as a term, because the line after it is indented more"
            help_ = "indent both lines alike"
            self.collector.add_problem("indentation", term, line or 1, message, help_)

    def _literal_terms(self, node: nodes.definition_list, line: int | None) -> None:
        r"""Report code below ``Example::`` without a blank line, which makes it a definition."""
        for item in node.children:
            term: Any = item.children[0]
            source = term.rawsource
            if source.endswith("::") and not source.endswith("\\::"):
                location = self.collector.locator.find(source, term.line or line)
                message = f"{quote(source)} is shown as a term, and what is below it as text"
                help_ = "put a blank line below it, so that a literal block follows"
                self.collector.add_problem("code", source, location, message, help_)

    def literal_block(self, node: nodes.literal_block, line: int | None) -> None:
        """Report prose that is in a literal block because of its indentation."""
        if text := stray_line(node.rawsource):
            location = self.collector.locator.find(text, line)
            message = f"{quote(text)} is shown as code, because it is indented"
            help_ = "begin it in the column of the paragraph before the code"
            self.collector.add_problem("indentation", text, location, message, help_)


def _lines_of(definition: nodes.Element) -> list[str]:
    return "\n".join(child.rawsource for child in definition.findall(nodes.paragraph)).split("\n")


def _note_labels(document: nodes.document) -> Iterable[str]:
    """Yield the labels of all footnotes and citations: ``1``, ``#``, ``#name``, ``cit2002``."""
    notes = (document.footnotes, document.autofootnotes, document.symbol_footnotes)
    for note in chain.from_iterable(notes):
        auto = note.get("auto")
        mark = "#" if auto == 1 else ""
        yield str(auto) if auto == "*" else mark
        yield from (f"{mark}{name}".casefold() for name in note["names"])
    for citation in document.citations:
        yield from (name.casefold() for name in citation["names"])


def _has_anonymous_targets(document: nodes.document) -> bool:
    return any(target.get("anonymous") for target in document.findall(nodes.target))


def _markdown_heading(match: re.Match[str]) -> Leak:
    help_ = "underline the title with ===== instead"
    message = f"{quote(match[0])} is a Markdown heading"
    return Leak("markdown", *match.span(), message, help_)
