"""What to say for each of docutils' messages.

Docutils speaks of its own parts ("start-string", "unindent"); an author wants to hear what
stands there, and what to write.
"""

from __future__ import annotations

MARKS = {
    "emphasis": ("*", "emphasis"),
    "strong": ("**", "strong text"),
    "literal": ("``", "a literal"),
    "target": ("_`", "a target"),
    "substitution_reference": ("|", "a substitution"),
    "interpreted text or phrase reference": ("`", "a link or a role's text"),
}
"""The characters that begin each kind of inline text, and what it is called."""

_BLANK_AFTER = "put a blank line after it, or indent the lines that belong to it"
_LEVELS = "underline it with the character of the level that it should have"
_NO_TARGET = "correct the name, or define it: .. _name: address, or .. [1] text for a footnote"
_SAME_LINES = "make both lines of the same character, as long as the title"
_TWO_UNDERSCORES = (
    "a link that ends with two underscores, `text <name_>`__, makes no name of its own"
)

MESSAGES: tuple[tuple[str, str, str], ...] = (
    (
        "Title overline & underline mismatch",
        "the lines over and under the title differ",
        _SAME_LINES,
    ),
    (
        "(?:Incomplete section title|Missing matching underline for section title overline)",
        "the title has a line over it, and none under it",
        _SAME_LINES,
    ),
    (
        "Invalid section title or transition marker",
        "a line of punctuation is neither a title's nor a transition",
        "a transition is four or more characters between blank lines",
    ),
    (
        "Unexpected section title(?: or transition)?",
        "a title cannot stand inside a list, a quotation or a directive",
        "write it at the left margin, or as **strong text**",
    ),
    (
        r"Inconsistent title style: skip from level (\d+) to (\d+)",
        "the title skips a level, from {0} to {1}",
        _LEVELS,
    ),
    (
        r"A level (\d+) section cannot be used here",
        "a title of level {0} cannot stand here",
        _LEVELS,
    ),
    ("Title level inconsistent:", "the title has a level that cannot stand here", _LEVELS),
    (
        "(.+) ends without a blank line(?:; unexpected unindent)?",
        "the {lower} before this line does not end with a blank line",
        _BLANK_AFTER,
    ),
    (
        "Unexpected indentation",
        "the line is indented, and no blank line stands before it",
        "put a blank line before it, or take the blanks away",
    ),
    (
        "Multiple roles in interpreted text .*",
        "the text has a role on both sides",
        "write one of them, as in :fep:`7`",
    ),
    (
        "Mismatch: both interpreted text role .*",
        "the text has a role and is a link as well",
        "take away the role, or the underscore behind it",
    ),
    (
        "Literal block expected; none found",
        "'::' announces a literal block, and none follows",
        "indent the block, with a blank line before it",
    ),
    (
        "Inconsistent literal block quoting",
        "the lines of the quoted literal block do not begin with the same character",
        "indent the block instead",
    ),
    (
        "(Footnote|Citation) content expected",
        "the {lower} is empty",
        "write its text behind it, and indent the lines that follow",
    ),
    ("Blank line required after table", "the table does not end with a blank line", _BLANK_AFTER),
    (r"Malformed table\. ?(.*)", "the table cannot be read: {lower}", "see that its lines meet"),
    (
        'Content block expected for the "(.+)" directive; none found',
        "{quoted} has no content",
        "indent its content below it, with a blank line between",
    ),
    (
        'Unknown target name: "(.+)"',
        "the link {quoted} leads nowhere: no title or target has that name",
        _NO_TARGET,
    ),
    (
        'Indirect hyperlink .* refers to target "(.+)", which does not exist',
        "the link {quoted} leads nowhere: no title or target has that name",
        _NO_TARGET,
    ),
    (
        '(?:Duplicate target name, .*: "(.+)"|Indirect hyperlink .* "(.+)", which is a dup.*)',
        "the link {quoted} leads nowhere: the name stands for several things",
        _TWO_UNDERSCORES,
    ),
    (
        'Duplicate explicit target name: "(.+)"',
        "the name {quoted} is given to two addresses",
        _TWO_UNDERSCORES,
    ),
    (
        'Undefined substitution referenced: "(.+)"',
        "the substitution {quoted} is not defined",
        "define it, as in .. |name| replace:: text, or write \\| for the character",
    ),
    (
        r"Too many autonumbered footnote references: only (\d+) .*",
        "there are more [#]_ references than footnotes, of which there are {0}",
        "write a footnote for each, as in .. [#] text",
    ),
    (
        r"Anonymous hyperlink mismatch: (\d+) references but (\d+) targets.*",
        "{0} links end with two underscores, and {1} targets begin with them",
        "write one target for each link, in the same order, as in __ https://example.org/",
    ),
    ("malformed hyperlink target", "the target cannot be read", "write .. _name: address"),
    (
        "(?:Document or section may not begin|Document may not end) with a transition",
        "a transition stands where there is nothing to divide",
        "take it away",
    ),
    (
        "At least one body element must separate transitions.*",
        "two transitions follow each other",
        "take one away",
    ),
    (
        r'Error in "(.+?)" directive: no content permitted',
        "{quoted} takes no content",
        "take away what is indented below it",
    ),
    (
        r'Error in "(.+?)" directive: (\d+) argument\(s\) required, 0 supplied',
        "{quoted} needs something behind its colons",
        "",
    ),
    (
        r'Error in "(.+?)" directive: unknown option: "(.+)"',
        "{quoted} has no option {1}",
        "correct the option, or take it away",
    ),
    (
        r'Error in "(.+?)" directive: invalid option value: \(option: "(.+?)"; value: (.+?)\) (.+)',
        "{quoted} cannot have {2} for its option {1}",
        "docutils says: {3}",
    ),
    (r'Error in "(.+?)" directive: (.+)', "{quoted} cannot be used so: {1}", ""),
    (
        'Substitution definition "(.+)" (?:missing contents|empty or invalid)',
        "the substitution {quoted} stands for nothing",
        "write what it stands for, as in .. |name| replace:: text",
    ),
)
"""Patterns of docutils' messages, what to say instead, and what to do.

In both, ``{0}`` is the first group of the pattern, ``{lower}`` the same in lower case, and
``{quoted}`` the same in quotes.
"""
