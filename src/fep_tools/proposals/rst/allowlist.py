"""What a proposal's body may say: one list, which checking and building share (SEC-A3).

Whatever is not on it is a finding, and never fatal. A community adds its own names through
its process (:class:`~fep_tools.proposals.body.Vocabulary`).
"""

from __future__ import annotations

import re

CODE = ("code", "code-block", "sourcecode")
"""Directives that hold a block of code."""

NESTED = ("seealso", "versionadded", "versionchanged", "deprecated", "versionremoved")
"""Directives of Sphinx that are a box around ordinary text."""

PLAIN = (
    "admonition", "attention", "caution", "class", "compound", "container", "contents",
    "csv-table", "danger", "epigraph", "error", "figure", "highlights", "hint", "image",
    "important", "list-table", "note", "parsed-literal", "pull-quote", "replace", "rubric",
    "sectnum", "sidebar", "table", "tip", "topic", "unicode", "warning",
)  # fmt: skip
"""Directives that are docutils' own, and are left to it."""

DIRECTIVES = frozenset((*CODE, *NESTED, *PLAIN))
"""Every directive that a proposal may use, before its community adds any."""

REFUSED_OPTIONS = ("file", "url", "loading", "diff")
"""Options that read a file or open a connection."""

ROLES = frozenset(
    ("abbr", "code", "emphasis", "file", "kbd", "literal", "math", "samp", "strong",
     "sub", "subscript", "sup", "superscript", "title", "title-reference", "t")
)  # fmt: skip
"""Every role that a proposal may use, before its community adds any."""

LANGUAGES = frozenset(
    ("bash", "bat", "c", "c++", "clojure", "console", "cpp", "csharp", "css", "dart", "default",
     "diff", "doctest", "ebnf", "go", "haskell", "html", "ini", "java", "javascript", "js",
     "json", "json5", "julia", "kotlin", "make", "makefile", "none", "peg", "pgsql", "powershell",
     "py", "py3tb", "pycon", "pycon3", "pytb", "python", "python2", "python3", "python-console",
     "rest", "restructuredtext", "rst", "ruby", "rust", "scala", "sh", "shell", "shell-session",
     "sql", "swift", "text", "toml", "ts", "typescript", "udiff", "xml", "yaml")
)  # fmt: skip
"""The languages in which code is coloured; any other may be named, and stays as it is."""

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""How the name of an image may end."""

IMAGE_DEPTH = 2
"""How many folders an image may lie below the proposal's own, to be looked for."""

SCHEMES = ("http", "https", "mailto")
"""How an address may begin."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)


def url_scheme(address: str) -> str:
    """The scheme of *address* in lower case, blanks and controls ignored as browsers do."""
    bare = "".join(c for c in address if c.isprintable() and not c.isspace())
    match = _SCHEME.match(bare)
    return match[0].lower() if match else ""


def link_problem(address: str) -> str:
    """Why *address* may not be linked; empty where it may (SEC-B1)."""
    scheme = url_scheme(address)
    if scheme and scheme not in SCHEMES:
        return f"begins with {scheme}:"
    if address.lstrip().startswith(("//", "\\\\", "/\\", "\\/")):
        return "names a host and no scheme"
    return ""


def image_problem(address: str) -> str:
    """Why *address* may not be shown as an image; empty where it may (SEC-A4)."""
    outside = address.startswith("/") or "\\" in address or ".." in address.split("/")
    if outside or url_scheme(address):
        return "is not a file in the proposal's own folder"
    if not address.lower().endswith(IMAGES):
        return f"is not an image of a known kind ({', '.join(IMAGES)})"
    return ""
