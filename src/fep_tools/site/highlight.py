"""Highlighting: Pygments styles for light and dark pages, whose contrast meets WCAG 2 level AA."""

from __future__ import annotations

from typing import Any, ClassVar

from pygments.formatter import Formatter
from pygments.style import Style
from pygments.token import (
    _TokenType,
    Comment,
    Error,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
    Text,
    Token,
)
from sphinx.highlighting import PygmentsBridge

Styles = dict[_TokenType, str]


def _styles(
    text: str, comment: str, keyword: str, name: str, string: str, number: str, error: str
) -> Styles:
    """Return a style with few colours: names, keywords and values differ, the rest is plain."""
    return {
        Token: text,
        Text: text,
        Comment: f"italic {comment}",
        Keyword: keyword,
        Keyword.Constant: number,
        Operator.Word: keyword,
        Name.Builtin: name,
        Name.Class: f"bold {name}",
        Name.Decorator: name,
        Name.Exception: name,
        Name.Function: name,
        Name.Tag: keyword,
        Name.Attribute: name,
        Literal: number,
        String: string,
        Number: number,
        Generic.Deleted: error,
        Generic.Error: error,
        Generic.Heading: f"bold {text}",
        Generic.Inserted: string,
        Generic.Output: comment,
        Generic.Prompt: comment,
        Generic.Subheading: f"bold {name}",
        Generic.Traceback: error,
        Error: text,
    }


class Light(Style):
    """The style for light pages."""

    background_color = "#f5f7f8"
    highlight_color = "#fdf3c8"
    line_number_color = "#59646b"
    styles: ClassVar[Styles] = _styles(
        text="#1c2326",
        comment="#59646b",
        keyword="#8a2d5f",
        name="#0b5a75",
        string="#3d6117",
        number="#8a4a00",
        error="#a61b1b",
    )


class Dark(Style):
    """The style for dark pages."""

    background_color = "#1b2327"
    highlight_color = "#3a3413"
    line_number_color = "#9aa7ae"
    styles: ClassVar[Styles] = _styles(
        text="#dfe5e8",
        comment="#9aa7ae",
        keyword="#f0a3c8",
        name="#84cbe3",
        string="#b6d88c",
        number="#f0bf80",
        error="#ff9a9a",
    )


def reuse_formatters(bridge: PygmentsBridge) -> None:
    """Let *bridge* make one formatter for all blocks with the same options.

    Sphinx makes one for each block, and Pygments then works out the whole style again.
    """
    formatters: dict[str, Formatter[str]] = {}
    make: Any = bridge.get_formatter

    def get_formatter(**options: Any) -> Formatter[str]:
        name = repr(sorted(options.items()))
        if name not in formatters:
            formatters[name] = make(**options)
        return formatters[name]

    bridge.get_formatter = get_formatter  # type: ignore[method-assign]
