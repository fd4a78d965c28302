"""The allow-list of bodies: directives, roles, options, link schemes and images.

Everything else is refused, which is a finding and never an error (see docs/security.rst,
*sec-markup*). A community adds names through its process, as a
:class:`~fep_tools.proposals.vocabulary.Vocabulary`. Checking (:mod:`.checking`) and building
(``site/``) ask this module, so that both refuse the same; :mod:`.lookup` makes docutils ask it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from typing import Literal

from ..._text import bare_text
from ..discovery import IMAGE_DEPTH, IMAGES
from ..hosts import is_impossible_host
from ..vocabulary import Vocabulary

CODE = ("code", "code-block", "sourcecode")
"""Directives that hold a block of code."""

NESTED = ("seealso", "versionadded", "versionchanged", "deprecated", "versionremoved")
"""Directives of Sphinx that are a box around ordinary text."""

ADMONITIONS = (
    "attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning",
)  # fmt: skip
"""Directives of docutils that are a box around ordinary text, with a title of their own."""

PLAIN = (
    *ADMONITIONS, "admonition", "class", "compound", "container", "contents", "csv-table",
    "epigraph", "figure", "highlights", "image", "list-table", "math", "parsed-literal",
    "pull-quote", "replace", "rubric", "sectnum", "sidebar", "table", "topic", "unicode",
)  # fmt: skip
"""Directives of docutils."""

DIRECTIVES = frozenset((*CODE, *NESTED, *PLAIN))
"""Every directive that a proposal may use, before its community adds any."""

INCLUDING = ("include", "literalinclude")
"""Directives that show a file, where the process allows it."""

GLOSSARY = "glossary"
"""The directive of Sphinx for terms and their definitions."""

GRAMMAR = "productionlist"
"""The directive of Sphinx for the rules of a grammar."""

_OBJECT = re.compile(
    r"(?:(?:py|js):)?(?:attribute|class|classmethod|data|decorator|exception|function|method|property"
    r"|staticmethod)|(?:c|cpp):(?:class|concept|enum|enum-class|enumerator|function|macro|member"
    r"|struct|type|union|var)"
)
"""The directives of Sphinx's domains that describe an object."""

REFUSED_OPTIONS = ("file", "url", "loading", "diff")
"""Options that read a file or open a connection, as in ``.. csv-table::`` with ``:file:``."""

ROLES = frozenset(
    ("abbr", "code", "emphasis", "eq", "file", "kbd", "literal", "math", "samp", "strong",
     "sub", "subscript", "sup", "superscript", "title", "title-reference", "t")
)  # fmt: skip
"""Every role that a proposal may use, before its community adds any."""

LABEL_ROLES = frozenset(("ref", "std:ref"))
"""The roles of a link to a label of the same proposal."""

LANGUAGES = frozenset(
    ("bash", "bat", "c", "c++", "clojure", "console", "cpp", "csharp", "css", "dart", "default",
     "diff", "ebnf", "go", "haskell", "html", "ini", "java", "javascript", "js",
     "json", "json5", "julia", "kotlin", "make", "makefile", "none", "peg", "powershell",
     "py", "py3tb", "pycon", "pycon3", "pytb", "python", "python2", "python3", "python-console",
     "rest", "restructuredtext", "rst", "ruby", "rust", "scala", "sh", "shell", "shell-session",
     "sql", "swift", "text", "toml", "ts", "typescript", "udiff", "xml", "yaml")
)  # fmt: skip
"""The languages whose code is highlighted; code in any other is shown as it is.

Some lexers of Pygments take disproportionate time for crafted text.
"""

MAX_COLUMNS = 100
"""How many columns a list may have, and a tab stand for."""

MAX_TABLE_WIDTH = 1000
"""How wide all columns of a table may be, which is usually in percent."""

MAX_CELLS = 50_000
"""How many cells a table may have that is made from lines: short rows are filled up."""

MAX_AFFIX = 20
"""How many characters a number of a section may have in front of it, or behind it."""

MAX_DIGITS = 9
"""How many digits the number of the first line of code may have, or that of a section."""

SCHEMES = ("http", "https", "mailto")
"""The schemes of links."""


USER_NAME = "has a user name in front of the host"
"""The problem of a link such as ``https://example.org@example.com/``."""

NO_HOST = "names no host"
"""The problem of a link such as ``https:example.org`` or ``http:///index.html``."""

IMPOSSIBLE_HOST = "names a host that cannot exist"
"""The problem of a link such as ``http://[::1/``."""

DirectiveKind = Literal[
    "banner", "described", "including", "opaque", "code", "box", "plain", "refused"
]
RoleKind = Literal["reference", "label", "object", "literal", "plain", "missing", "refused"]

# Control characters, surrogates, marks and overrides of direction, tags, and what is no character:
# with U+FFFE, a page of a book is no XML.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)

# "https://flask.example@evil.example/" leads to evil.example.
_USER = re.compile(r"[^:]*:[\s/\\]*[^\s/\\?#]*@")

# "http:/example.org/" and "https:///a" lead to a path of the page's own host, or nowhere. In a
# sentence about URLs that begin with "http://", docutils takes that for a link as well.
_HOST = re.compile(r"[a-z]+://[^\s/?#]|[a-z]+:/*$", re.IGNORECASE)

# "www.example.org" and "example.org/a" lead to a file of that name next to the page. A suffix such
# as ".py" or ".html" is that of a file, so only names that are hosts to everybody count.
_BARE_HOST = re.compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:com|dev|edu|gov|io|net|org))"
    r"(?::[0-9]+)?(?:[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)

# A range such as "1-99999999" makes Sphinx build a list of as many numbers.
_UNBOUNDED = re.compile("[0-9]{5}")


def directive_kind(name: str, vocabulary: Vocabulary) -> DirectiveKind:
    """Return how a directive is treated. What the community says comes first.

    :return: ``banner`` and ``opaque`` as in :class:`~fep_tools.proposals.vocabulary.Vocabulary`;
        ``described`` for those of the latter that describe objects or terms;
        ``including`` for those that show a file;
        ``code`` for a block of code, ``box`` for one around ordinary text, ``plain`` for what
        docutils does itself.
    """
    if name in vocabulary.banners:
        return "banner"
    if name in INCLUDING:
        return "including" if vocabulary.includes else "refused"
    if name in vocabulary.opaque:
        return "described" if name in (GLOSSARY, GRAMMAR) or _OBJECT.fullmatch(name) else "opaque"
    if name in CODE:
        return "code"
    if name in NESTED:
        return "box"
    return "plain" if name in PLAIN else "refused"


def role_kind(name: str, vocabulary: Vocabulary) -> RoleKind:
    """Return how a role is treated.

    :param name: The name, or ``""`` for text in single backquotes without a role.
    """
    if name == vocabulary.reference or name in vocabulary.roles:
        return "reference"
    if name in LABEL_ROLES:
        return "label"
    if name in vocabulary.objects:
        return "object"
    if not name:  # before the patterns of literal roles: "*" would match no name, too
        return "missing"
    if vocabulary.is_literal(name):
        return "literal"
    return "plain" if name in ROLES else "refused"


def is_refused_option(name: str, value: object) -> bool:
    """Return whether an option of a directive would read something, or has no bounds."""
    if name in REFUSED_OPTIONS:
        return True
    if name == "figwidth":
        return value == "image"  # docutils opens the image to measure it
    if name in ("columns", "tab-width"):  # ".. hlist::" makes as many columns
        least = 1 if name == "columns" else 0
        return isinstance(value, int) and not least <= value <= MAX_COLUMNS
    if name == "widths":  # of tables, which are drawn in plain text
        return isinstance(value, list) and sum(value) > MAX_TABLE_WIDTH
    if name in ("prefix", "suffix"):  # of each section that ".. sectnum::" numbers
        return len(str(value)) > MAX_AFFIX
    if name in ("lineno-start", "number-lines", "start"):  # which each line repeats
        return isinstance(value, int) and abs(value) >= 10**MAX_DIGITS
    return name == "emphasize-lines" and _UNBOUNDED.search(str(value)) is not None


def hidden_character(text: str) -> str:
    """Return the first character that controls a terminal or the order of text, or ``""``.

    A proposal may not contain these, nor make them with ``.. unicode::``.
    """
    match = _HIDDEN.search(text)
    return match[0] if match else ""


def escape_hidden(text: str) -> str:
    r"""Return a text that no rule has judged, with escapes for such characters.

    >>> escape_hidden("Ada\u202e")
    'Ada\\u202e'
    """
    return _HIDDEN.sub(lambda match: ascii(match[0])[1:-1], text)


def url_scheme(url: str) -> str:
    r"""Return the scheme of *url* in lower case, or ``""``.

    Browsers ignore blanks and control characters in it: ``java\tscript:x`` is JavaScript.
    """
    match = _SCHEME.match(bare_text(url))
    return match[0].lower() if match else ""


def link_problem(url: str) -> str:
    """Return why *url* may not be linked, as the end of a sentence, or ``""``."""
    scheme = url_scheme(url)
    if scheme and scheme not in SCHEMES:
        return f"begins with {scheme}:"
    if scheme in ("http", "https") and _USER.match(url):
        return USER_NAME
    if scheme in ("http", "https") and not _HOST.match(bare_text(url)):
        return NO_HOST
    if is_impossible_host(bare_text(url)):
        return IMPOSSIBLE_HOST
    # "//host/path" has the scheme of the page, and browsers take a backslash for a slash.
    is_host = url.lstrip().startswith(("//", "\\\\", "/\\", "\\/"))
    if is_host or (not scheme and _BARE_HOST.fullmatch(url)):
        return "names a host without a scheme"
    return ""


def names_source(url: str) -> bool:
    """Return whether *url* is relative and names a text file: ``fep-0007.rst#rationale``.

    Such a link works where the repository is browsed; the site has pages instead.
    """
    path = url.partition("#")[0].partition("?")[0]
    return not url_scheme(url) and path.lower().endswith((".rst", ".md"))


IMAGE_OUTSIDE = "is not a file in the proposal's own directory"


def image_problem(url: str, directories: Collection[str] = ()) -> str:
    """Return why *url* may not be shown as an image, as the end of a sentence, or ``""``.

    :param directories: Other directories that may have images. Since the path of the proposal
        is unknown here, ``../images/a.png`` may be in ``docs/images``.
    """
    is_outside = url.startswith("/") or "\\" in url or ".." in url.split("/")
    if is_outside and url.startswith("../"):
        is_outside = not _may_be_in(posixpath.normpath(url), directories)
    if is_outside or url_scheme(url):
        return IMAGE_OUTSIDE
    if not url.lower().endswith(IMAGES):
        return f"is not an image of a known type ({', '.join(IMAGES)})"
    if not url.startswith("../") and posixpath.normpath(url).count("/") > IMAGE_DEPTH:
        return f"is more than {IMAGE_DEPTH} directories below the proposal"
    return ""


def _may_be_in(path: str, directories: Collection[str]) -> bool:
    """Return whether ``../images/a.png`` is in one of *directories*, seen from somewhere."""
    below = re.sub(r"^(?:\.\./)+", "/", path)
    return any(
        below.startswith(f"/{'/'.join(parts[start:])}/")
        for parts in (directory.split("/") for directory in directories)
        for start in range(len(parts))
    )
