"""Find Markdown syntax, which docutils takes for text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..._text import quote
from .prose import DELIMITER, Leak, LINK, LITERAL, MARKUP, Prose

EMPHASIS = "emphasis"

HTML_TAGS = frozenset(
    ("a", "abbr", "b", "big", "blockquote", "br", "center", "code", "dd", "del", "details", "div",
     "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
     "i", "iframe", "img", "ins", "kbd", "li", "mark", "nobr", "ol", "p", "picture", "pre", "q",
     "s", "samp", "script", "small", "span", "strike", "strong", "style", "sub", "summary", "sup",
     "table", "tbody", "td", "th", "thead", "tr", "tt", "u", "ul", "var", "video")
)  # fmt: skip
"""The tags that Markdown lets through to the page."""

_PLAIN = f"[^\\[\\]{LITERAL}-\ue005]"

# "[text](https://example.org/)": docutils links the URL alone.
_LINK = re.compile(
    rf"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\(<?(?P<url>{LINK}+)>?"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
)

# "[text](guide.md#start)", "[text](#start)", "[text](../guide)", "![text](a.png)"
_RELATIVE = re.compile(
    r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]"
    r"\(<?(?P<url>#[\w.-]+|\.{1,2}/[^\s()]*|/[^\s()]+|[\w./-]+\.[a-z]{2,5}(?:#[\w.-]+)?)>?"
    r"(?:\s+\"[^\"\n]*\")?\)"
)

_FOOTNOTE = re.compile(r"\[\^(?P<label>\d+|[A-Za-z][\w-]+)\](?P<colon>:?)")
_STRIKE = re.compile(r"~~(?=\S)[^~\n]+(?<=\S)~~(?!~)")

# "***x***" is strong text to docutils, with a star too many on each side.
_THREE_STARS = re.compile(rf"{DELIMITER}{{2}}\*[^*]+\*?{DELIMITER}{{2}}\*?")

# "__very important__", "_so it is_": with a blank inside, which a name cannot have. Not in
# "gml_[x]_width and gml_[x]_size".
_UNDERSCORES = re.compile(
    r"(?<![\w`:.\]])(?P<mark>__?)(?=[^\W_])[^_`\n]{0,200}[ ,;!?][^_`\n]{0,99}(?<=\S)(?P=mark)"
    r"(?![\w`(\[])"
    # "__Note:__", "__Important__": no name of Python is like this.
    r"|(?<![\w`:.])(?P<two>__)[A-Z][a-z]+[:!?.]?(?P=two)(?![\w`(])"
)

# The same where docutils takes the last word for a link: "important__", "so_".
_TO_LINK = re.compile(
    rf"(?<![\w`:.])(?P<mark>__?)(?=[^\W_])[^_`\n{LITERAL}-\ue005]*(?P<link>{LINK}+)"
)

# Attributes have a value, so that "<i think so>" is none.
_TAG = re.compile(
    r"</?(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?:\s+(?:open|hidden|[a-z-]+=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+)))*\s*/?>|<!--"
)

# The text is about the tag: "the <a> tag", "<br> elements", "a <b> inside".
_ABOUT_TAG = re.compile(r"\s+(?:html\s+)?(?:tags?|elements?)\b", re.IGNORECASE)

_ENTITY = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|mdash|ndash|hellip|copy|reg|trade|times|rarr|larr|"
    r"[lr][sd]quo|bull|middot|#[0-9]{2,5}|#[xX][0-9A-Fa-f]{2,5});"
)

# "[text][name]" and "[name]: https://example.org/"
_DEFINITION = re.compile(rf"^\[(?P<label>[^\[\]\n]+)\]: *<?{LINK}", re.MULTILINE)

# "|---|---|", "--- | :---:"
TABLE_LINE = re.compile(r"^\|? *:?-+:? *(?:\| *:?-+:? *)+\|?$", re.MULTILINE)
"""The line below the titles of a table in Markdown."""

_TASK = re.compile(r"\[[ xX]\](?=\s)")
_QUOTE_LINE = re.compile(r">\s?(?=\w)")
FENCE = re.compile(r"^(?P<mark>~{3,}|`{3,}) ?(?P<language>[\w+#-]*)$", re.MULTILINE)
"""The line that begins or ends a block of code in Markdown."""

_BREAK = re.compile(r"[-*_]{3}|[-*_](?: [-*_]){2,}")


def find_markdown(prose: Prose) -> Iterator[Leak]:
    """Yield the Markdown syntax in *prose*."""
    text = prose.text
    if "](" in text:
        for match in (*_LINK.finditer(text), *_RELATIVE.finditer(text)):
            yield _link(prose, match)
    if "[^" in text:
        for match in _FOOTNOTE.finditer(text):
            label = match["label"] if match["label"].isdecimal() else f"#{match['label']}"
            meant = f".. [{label}] text" if match["colon"] else f"[{label}]_"
            yield _leak(prose, match, "footnote", f"write {meant}")
    if "~~" in text:
        for match in _STRIKE.finditer(text):
            yield _leak(
                prose, match, "strikethrough", "remove the text, or say that it is outdated"
            )
    if DELIMITER in text and "*" in text:
        for match in _THREE_STARS.finditer(text):
            words = prose.source[match.start() : match.end()].strip("*")
            meant = f"**{words}**"
            yield _leak(prose, match, EMPHASIS, f"write {meant} or *{words}*", meant)
    if "_" in text:
        for match in _UNDERSCORES.finditer(text):
            mark = match["mark"] or match["two"]
            source = prose.source[match.start() : match.end()]
            words = source.removeprefix(mark).removesuffix(mark)
            stars = "*" * len(mark)
            meant = f"{stars}{words}{stars}"
            certain = "" if re.search(MARKUP, match[0]) else meant
            yield _leak(prose, match, EMPHASIS, f"write {meant}", certain)
        for match in _TO_LINK.finditer(text):
            mark, source = match["mark"], prose.source[match.start() : match.end()]
            words = source.removeprefix(mark).removesuffix(mark)
            if re.fullmatch(rf"\w+{mark}", prose.source[match.start("link") : match.end()]):
                stars = "*" * len(mark)
                meant = f"{stars}{words}{stars}"
                yield _leak(prose, match, EMPHASIS, f"write {meant}", meant)
    if "<" in text:
        yield from _find_tags(prose)
    if "&" in text:
        for match in _ENTITY.finditer(text):
            yield Leak(
                "markdown", *match.span(), f"{quote(match[0])} is an HTML entity",
                "write the character itself",
            )  # fmt: skip
    for match in _DEFINITION.finditer(text):
        label = match["label"]
        message = f"{quote(f'[{label}]:')} is a Markdown link definition"
        help_ = f"write .. _{label}: URL, and `{label}`_ where it is used"
        yield Leak("markdown", match.start(), match.end("label") + 2, message, help_)


def _leak(prose: Prose, match: re.Match[str], what: str, help_: str, replacement: str = "") -> Leak:
    source = prose.source[match.start() : match.end()]
    article = "" if what == EMPHASIS else "a "
    message = f"{quote(source)} is {article}Markdown {what}"
    return Leak("markdown", *match.span(), message, help_, replacement)


def _link(prose: Prose, match: re.Match[str]) -> Leak:
    text = prose.source[match.start("text") : match.end("text")]
    url = prose.source[match.start("url") : match.end("url")]
    if match["image"]:
        help_ = "use .. image:: with a file next to the proposal instead"
        is_alone = match.span() == (0, len(prose.text)) and LINK not in match[0]
        meant = f".. image:: {url}\n   :alt: {text}" if is_alone and text.strip() else ""
        return _leak(prose, match, "image", help_, meant)
    if url.startswith("#"):
        return _leak(prose, match, "link", f"write the title of the section: `{text}`_")
    # A role or a literal cannot be inside a link: "[`code`](https://example.org/)".
    words = " ".join(re.sub(r"`|\*\*?(?=\S)|(?<=\S)\*\*?", "", text).split())
    # "[text](https://example.org/a_(b))": docutils ends the URL before the last bracket of its own.
    is_whole = url.count("(") == url.count(")")
    meant = f"`{words} <{url}{'' if is_whole else ')'}>`__"
    is_plain = re.fullmatch(rf"{_PLAIN}+", match["text"]) and not re.search(r"[`<>\\*]", text)
    certain = meant if is_plain and is_whole and words and "\n" not in match[0] else ""
    return _leak(prose, match, "link", f"write {meant} instead", certain)


def _find_tags(prose: Prose) -> Iterator[Leak]:
    for match in _TAG.finditer(prose.text):
        name = (match["name"] or "").lower()
        is_comment = match[0] == "<!--"
        # "<Mark>": an element of XML
        if not is_comment and (name not in HTML_TAGS or re.match("[A-Z][a-z]", match["name"])):
            continue
        if not is_comment and _ABOUT_TAG.match(prose.text, match.end()):
            continue
        # "List<a>", "'<b>'": a placeholder, or the tag itself is the subject.
        before, after = prose.text[: match.start()][-1:], prose.text[match.end() :][:1]
        if len(name) == 1 and before.isalnum() and not match[0].startswith("</"):
            continue
        if before and before in "'\"" and before == after:
            continue
        what = "an HTML comment" if is_comment else "an HTML tag"
        message = f"{quote(match[0])} is {what}, which is shown as text"
        help_ = "write .. and a blank before a comment" if is_comment else _instead_of(name)
        yield Leak("markdown", *match.span(), message, help_)


def _instead_of(tag: str) -> str:
    if tag == "br":
        return "begin each line with | and a blank, or begin a paragraph"
    if tag in {"b", "strong"}:
        return "write **strong text**"
    if tag in {"i", "em"}:
        return "write *emphasis*"
    if tag in {"code", "tt", "pre", "samp", "kbd"}:
        return "write ``code``, or .. code-block:: with indented code"
    if tag in {"sub", "sup"}:
        return f"write :{tag}:`text`"
    if tag in {"a", "img"}:
        return "write `text <URL>`__, or .. image:: for an image"
    return "use reStructuredText instead, or a literal for the tag itself: ``<tag>``"


def find_markdown_blocks(
    prose: Prose, *, is_item: bool, is_block: bool, is_between: bool
) -> Iterator[Leak]:
    """Yield the Markdown blocks of which *prose* is a part.

    :param is_item: It is the first paragraph of a list item.
    :param is_block: It is directly in a section.
    :param is_between: There is text before and after it, as a transition must have.
    """
    text = prose.text
    if is_item and (match := _TASK.match(text)):
        help_ = "write the state in words: Done, To do"
        yield Leak("markdown", *match.span(), f"{quote(match[0])} is a Markdown task", help_)
    if is_block and _QUOTE_LINE.match(text):
        help_ = "indent the quotation instead, after a blank line"
        yield Leak("markdown", 0, 1, '">" is Markdown\'s mark of a quotation', help_)
    if is_block and _BREAK.fullmatch(text):
        message = f"{quote(text)} is a Markdown thematic break, and is shown as text"
        help_ = "write ---- between blank lines" if is_between else "remove it"
        yield Leak("markdown", 0, len(text), message, help_, "----" if is_between else "")
