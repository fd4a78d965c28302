"""References to characters in Markdown: ``&nbsp;`` and ``&#x202E;``.

The latter reverses the text behind it on a page, in feeds and on terminals, and the source has
harmless letters alone. What may not be in a text is not made by a reference either; the reference
is shown as it is written.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import entity as read_entity
from markdown_it.rules_inline import StateInline

from ..._text import quote
from ..body import Location
from .allowlist import hidden_character
from .collector import FactCollector


def keep_hidden(parser: MarkdownIt, collector: FactCollector) -> None:
    """Let *parser* show references to characters that control a terminal or the order of text."""

    def read(state: StateInline, silent: bool) -> bool:
        count = len(state.tokens)
        if not read_entity(state, silent):
            return False
        # The token may follow one with the text before it.
        for token in state.tokens[count:]:
            if token.type == "text_special" and (character := hidden_character(token.content)):
                token.content = token.markup
                location = collector.locator.find(token.markup, 1)
                report_hidden(character, token.markup, location, collector)
        return True

    parser.inline.ruler.at("entity", read)


def report_hidden(
    character: str, written: str, location: Location, collector: FactCollector
) -> None:
    """Report what makes a hidden character.

    :param written: How it is written, as far as that is known.
    """
    message = f"{quote(written)} makes the invisible character U+{ord(character):04X}"
    collector.add_problem("markup", "", location, message, "remove it")
