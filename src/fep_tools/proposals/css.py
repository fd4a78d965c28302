"""CSS as browsers read it: without comments, and with the characters that escapes stand for.

The tokens are those of https://www.w3.org/TR/css-syntax-3/#tokenization.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# "\75 " and "\u" are a "u". The blank after the digits is a part of the escape.
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n]?|(\n)|(.))", re.IGNORECASE | re.DOTALL)

# What is in no name: ASCII without letters, digits, "-" and "_".
_NO_NAME = r"\x00-,./:-@\[-^`{-\x7f"
_NAME = rf"(?:[^{_NO_NAME}]|\\(?:[0-9a-f]{{1,6}}[ \t\n]?|[^\n0-9a-f]))"
_STRING = r"\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?"
_U = r"(?:u|\\u|\\0{0,4}[57]5[ \t\n]?)"
_R = r"(?:r|\\r|\\0{0,4}[57]2[ \t\n]?)"
_L = r"(?:l|\\l|\\0{0,4}[46]c[ \t\n]?)"

# In "url(" without a quotation mark, nothing is a comment or a string.
# What has no end reaches that of the text: "/* /* /*" is searched once.
_TOKEN = re.compile(
    rf"""
    (?P<comment>/\*.*?(?:\*/|\Z))
    |(?P<string>{_STRING})
    |(?P<marked>[#@]{_NAME}++)
    |{_U}{_R}{_L}\([ \t\n]*+(?:(?P<quoted>{_STRING})|(?P<url>(?:[^)\\]|\\.)*+)\)?)
    |(?P<name>{_NAME}++)
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)

# In any text: url(#a), url('https://...')
_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)

# In the name "a\(b", a bracket is no bracket.
_SIGN = re.compile(rf"[{_NO_NAME}\s]")


@dataclass(frozen=True)
class Css:
    """A style sheet, the style of an element or one value.

    :param plain: The text without comments, with names without escapes, and with empty strings.
    :param written: The text with all comments and strings, and without escapes. In it is also
        what a browser finds that disagrees on where a comment begins.
    :param urls: What ``url()`` has in either text.
    """

    plain: str
    written: str
    urls: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Both texts, or one if they are equal."""
        return (self.plain,) if self.plain == self.written else (self.plain, self.written)


def read_css(css: str) -> Css:
    """Return CSS as a browser reads it."""
    css = re.sub(r"\r\n?|\f", "\n", css)
    if not any(sign in css for sign in ("\\", '"', "'", "(", "/*")):
        return Css(css, css, ())
    urls: list[str] = []

    def read_token(token: re.Match[str]) -> str:
        if token["comment"]:
            return " "
        if token["string"]:
            return '""'
        if name := token["marked"] or token["name"]:
            return _ESCAPE.sub(_character_of_name, name) if "\\" in name else name
        if quoted := token["quoted"]:
            urls.append(_unescape(quoted[1:].removesuffix(quoted[0])))
            return "url("  # the bracket at its end is no part of the token
        urls.append(_unescape(token["url"].rstrip(" \t\n")))
        return "url()"

    plain, written = _TOKEN.sub(read_token, css), _unescape(css)
    return Css(plain, written, (*urls, *_URL.findall(written)))


def read_attribute(name: str, value: str) -> Css:
    """Return the value of an attribute as a browser reads it.

    :param name: Its name. Of ``values``, in which an animation has a list, each part is by itself.
    """
    if name != "values":
        return read_css(value)
    parts = [read_css(part) for part in value.split(";")]
    return Css(
        ";".join(part.plain for part in parts),
        ";".join(part.written for part in parts),
        tuple(url for part in parts for url in part.urls),
    )


def _unescape(css: str) -> str:
    return _ESCAPE.sub(_character, css)


def _character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[3] or ""
    code = int(escape[1], 16)
    is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_character else "\ufffd"


def _character_of_name(escape: re.Match[str]) -> str:
    return _SIGN.sub("\ufffd", _character(escape))
