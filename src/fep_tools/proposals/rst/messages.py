"""Explain the messages of docutils to authors.

Docutils reports in terms of its parser: ``Inline emphasis start-string without end-string.`` An
author needs to know what is wrong with the text, and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..._text import quote, safe
from ..body import ProblemKind


def fence_help(language: str) -> str:
    """Return what to write instead of a Markdown code fence with the name of a language."""
    return f"use .. code-block:: {language or 'python'} instead, a blank line, and indented code"


MARKS = {
    "emphasis": ("*", "emphasis"),
    "strong": ("**", "strong text"),
    "literal": ("``", "a literal"),
    "target": ("_`", "a target"),
    "substitution_reference": ("|", "a substitution"),
    "interpreted text or phrase reference": ("`", "a link, or the text of a role,"),
}
"""The mark that begins each kind of inline markup, and what to call it."""

_BLANK_AFTER = "add a blank line after it, or indent the lines that belong to it"
_LEVELS = "underline it with the character that titles of its level have"
_NO_TARGET = "correct the name, or define it: .. _name: URL, or .. [1] text for a footnote"
_SAME_LINES = "write both lines with the same character, as long as the title"
_TWO_UNDERSCORES = "end each link with two underscores, as in `text <URL>`__, which defines no name"

MESSAGES: tuple[tuple[str, str, str], ...] = (
    (
        "Title overline & underline mismatch",
        "the overline and the underline of the title differ",
        _SAME_LINES,
    ),
    (
        "(?:Incomplete section title|Missing matching underline for section title overline)",
        "the title has an overline but no underline",
        _SAME_LINES,
    ),
    (
        "Invalid section title or transition marker",
        "a line of punctuation is neither a title underline nor a transition",
        "for a transition write ---- between blank lines",
    ),
    (
        "Unexpected section title(?: or transition)?",
        "a list, a block quote or a directive cannot have a title inside",
        "start it in the first column, or write **strong text**",
    ),
    (
        r"Inconsistent title style: skip from level (\d+) to (\d+)",
        "the title skips a level, from {0} to {1}",
        _LEVELS,
    ),
    (
        r"A level (\d+) section cannot be used here",
        "a title of level {0} is not possible here",
        _LEVELS,
    ),
    ("Title level inconsistent:", "the level of the title is not possible here", _LEVELS),
    (
        "(.+) ends without a blank line(?:; unexpected unindent)?",
        "the {lower} before this line does not end with a blank line",
        _BLANK_AFTER,
    ),
    (
        "Unexpected indentation",
        "the line is indented without a blank line before it",
        "add a blank line before it, or remove the indentation",
    ),
    (
        "Multiple roles in interpreted text .*",
        "the text has a role on both sides",
        "keep one of them, as in :fep:`7`",
    ),
    (
        "Mismatch: both interpreted text role .*",
        "the text has a role and is a link as well",
        "remove the role, or the underscore after it",
    ),
    (
        "Literal block expected; none found",
        "'::' announces a literal block, but none follows",
        "indent the block, and put a blank line before it",
    ),
    (
        "Inconsistent literal block quoting",
        "the lines of the quoted literal block begin with different characters",
        "indent the block instead",
    ),
    (
        "(Footnote|Citation) content expected",
        "the {lower} is empty",
        "write its text after the label, and indent the lines that follow",
    ),
    ("Blank line required after table", "the table does not end with a blank line", _BLANK_AFTER),
    (
        r"Malformed table\. ?(.*)",
        "the table cannot be parsed: {lower}",
        "check that its lines meet",
    ),
    (
        'Content block expected for the "(.+)" directive; none found',
        "{quoted} has no content",
        "indent its content, and put a blank line before it",
    ),
    (
        'Unknown target name: "(.+)"',
        "the link {quoted} has no target: no title or target has that name",
        _NO_TARGET,
    ),
    (
        'Indirect hyperlink .* refers to target "(.+)", which does not exist',
        "the link {quoted} has no target: no title or target has that name",
        _NO_TARGET,
    ),
    (
        '(?:Duplicate target name, .*: "(.+)"|Indirect hyperlink .* "(.+)", which is a dup.*)',
        "the target of the link {quoted} is ambiguous: several targets have that name",
        _TWO_UNDERSCORES,
    ),
    (
        'Duplicate explicit target name: "(.+)"',
        "the name {quoted} is defined twice",
        f"give one of them another name, or {_TWO_UNDERSCORES}",
    ),
    (
        'Undefined substitution referenced: "(.+)"',
        "the substitution {quoted} is not defined",
        "define it with .. |name| replace:: text, or write \\| for the character",
    ),
    (
        r"Too many autonumbered footnote references: only (\d+) .*",
        "there are more [#]_ references than footnotes (there are {0})",
        "add a footnote for each: .. [#] text",
    ),
    (
        r"Anonymous hyperlink mismatch: (\d+) references but (\d+) targets.*",
        "{0} links end with two underscores, but {1} targets begin with them",
        "add one target for each link, in the same order: __ https://example.org/",
    ),
    ("malformed hyperlink target", "the target cannot be parsed", "write .. _name: URL"),
    (
        "(?:Document or section may not begin|Document may not end) with a transition",
        "a transition (----) is at the start or the end of a section",
        "remove it",
    ),
    (
        "At least one body element must separate transitions.*",
        "two transitions (----) follow each other",
        "remove one",
    ),
    (
        r'Error in "(.+?)" directive: no content permitted',
        "{quoted} takes no content",
        "remove the indented lines below it",
    ),
    (
        r'Error in "(.+?)" directive: (\d+) argument\(s\) required, 0 supplied',
        "{quoted} needs an argument after the colons",
        "",
    ),
    (
        r'Error in "(.+?)" directive: unknown option: "(.+)"',
        "{quoted} has no option {1}",
        "correct the option, or remove it",
    ),
    (
        r'Error in "(.+?)" directive: invalid option value: \(option: "(.+?)"; value: (.+?)\) (.+)',
        "{2} is not a valid value for the option {1} of {quoted}",
        "docutils says: {3}",
    ),
    (r'Error in "(.+?)" directive: (.+)', "{quoted} cannot be used like this: {1}", ""),
    (
        'Substitution definition "(.+)" (?:missing contents|empty or invalid)',
        "the substitution {quoted} is empty",
        "give it a text: .. |name| replace:: text",
    ),
)
"""Patterns of docutils' messages, without the full stop; what is wrong; and what to do.

``{0}`` is the first group of the pattern, ``{lower}`` the same with its first letter in lower
case, and ``{quoted}`` the same in quotes.
"""

_PATTERNS = tuple((re.compile(pattern), message, help_) for pattern, message, help_ in MESSAGES)

_UNCLOSED_OR_SHORT = re.compile(
    r"Inline (?P<kind>.+) start-string without end-string|"
    r"Title (?P<side>under|over)line too short"
)

# "`text<https://example.org/>`_": without a blank, all of it is the name of a target.
_NO_BLANK = re.compile(r'Unknown target name: "(?P<text>[^<>"]+)<(?P<url>[^<>"]+)>"')

_DUPLICATE = "Duplicate target name, cannot be used as a unique reference:"


class Explanation(NamedTuple):
    """A message for the author."""

    message: str
    help: str = ""
    kind: ProblemKind = "markup"


def explain_messages(messages: Sequence[str]) -> Iterator[tuple[int, Explanation]]:
    """Yield the index and the explanation of each message that does not repeat another one."""
    all_messages = set(messages)
    previous = ""
    for index, message in enumerate(messages):
        if not _is_echo(message, previous, all_messages):
            yield index, explain(message)
        previous = message


def explain(message: str) -> Explanation:
    """Explain one message; an unknown one is quoted."""
    text = " ".join(message.split()).rstrip(".")
    if match := _UNCLOSED_OR_SHORT.fullmatch(text):
        return _unclosed(match["kind"]) if match["kind"] else _short_line(match["side"])
    if match := _NO_BLANK.fullmatch(text):
        source = quote(f"{match['text']}<{match['url']}>")
        meant = f"`{safe(match['text'])} <{safe(match['url'])}>`__"
        return Explanation(f"the link {source} has no blank before <", f"write {meant}", "link")
    for pattern, template, help_ in _PATTERNS:
        if match := pattern.fullmatch(text):
            return Explanation(_fill_in(template, match), _fill_in(help_, match))
    return Explanation(f"docutils says: {text}")


def _fill_in(template: str, match: re.Match[str]) -> str:
    groups = [safe(group) for group in match.groups() if group is not None]
    first = groups[0] if groups else ""
    return template.format(*groups, lower=first[:1].lower() + first[1:], quoted=quote(first))


def _unclosed(kind: str) -> Explanation:
    mark, name = MARKS.get(kind, ("", kind))
    # mark[::-1]: a target begins with _` and ends with `_
    help_ = f"close it with {mark[::-1]}, or write \\{mark} for the characters themselves"
    return Explanation(f"{quote(mark)} begins {name} that does not end", help_)


def _short_line(side: str) -> Explanation:
    # title_underline looks for "under" to know which line it is.
    message = f"the title {side}line is shorter than the title"
    return Explanation(message, "make it as long as the title", "underline")


def _is_echo(message: str, previous: str, all_messages: Collection[str]) -> bool:
    """Return whether *message* repeats the *previous* one, or another one, in other words.

    One line that is indented too much is an "Unexpected indentation" and, at its end, a "Block
    quote ends without a blank line".
    """
    if message.startswith("Block quote ends without a blank line"):
        return previous.startswith("Unexpected indentation")
    if message.startswith("Substitution definition"):
        return previous.startswith("Error in")
    if match := re.search(r'refers to target "(.+)", which is a duplicate', message):
        return f'{_DUPLICATE} "{match[1]}".' in all_messages
    if message.startswith(_DUPLICATE):
        return message.replace(_DUPLICATE, "Duplicate explicit target name:") in all_messages
    return False
