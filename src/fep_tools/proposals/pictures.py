"""Judge image files: what a site may publish beside a proposal.

A browser that opens an SVG file by itself runs its scripts and loads what it names. So such files
are parsed, and refused for what they do and not for words in them: a document type, as matplotlib
writes it, and text in HTML, as draw.io writes it, are harmless. See docs/security.rst,
*sec-markup*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote
from xml.parsers import expat

from .._cache import Cache, key, tool
from .._files import read_file, Refusal
from .._text import bare_text, parse_json
from .css import Css, read_attribute, read_css
from .svg_copies import copies_problem

RASTER_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF")
"""The first bytes of PNG, JPEG, GIF and WebP files."""

SVG = ".svg"

MAX_SVG_BYTES = 4 * 1024 * 1024
"""The largest SVG file that is published; it is parsed, which takes 0.1 seconds per MiB."""

_TOO_LARGE = f"is larger than {MAX_SVG_BYTES // 1024**2} MiB"

_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_HTML_NAMESPACE = "http://www.w3.org/1999/xhtml"

# Elements that run something or show another document, in any namespace.
_ACTIVE_ELEMENTS = frozenset(
    ("animation", "applet", "base", "embed", "frame", "handler", "iframe", "link", "listener",
     "meta", "object", "script", "video", "audio")
)  # fmt: skip

# HTML inside <foreignObject>: text and its layout.
_TEXT_ELEMENTS = frozenset(
    ("a", "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em",
     "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "kbd", "li", "ol", "p", "pre", "s",
     "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
     "thead", "tr", "tt", "u", "ul", "var")
)  # fmt: skip

# Attributes whose value is a URL that a browser loads or follows.
_LINKS = frozenset(("background", "formaction", "href", "poster", "src", "srcset"))

# Attributes whose value is CSS, or becomes the value of such an attribute.
_CSS_ATTRIBUTES = frozenset(
    ("by", "clip-path", "cursor", "fill", "filter", "from", "marker", "marker-end", "marker-mid",
     "marker-start", "mask", "stroke", "style", "to", "values")
)  # fmt: skip

# A reference to an entity, as "&colon;". XML itself has five of them.
_ENTITY = re.compile(r"&(?!(?:amp|apos|gt|lt|quot);)[^\s&;#<>\"']+;")

_EMBEDDED = re.compile(r"data:(?:image/(?:png|jpe?g|gif|webp)|(?:application/)?(?:x-)?font)", re.I)
_EMBEDDED_SVG = re.compile(r"data:image/svg\+xml", re.I)
_WEB = re.compile(r"(?:https?|mailto):", re.I)

_CSS_ACTIVE = re.compile(
    r"@function|@import|image-set\s*\(|(?<![\w-])src\s*\(|-moz-binding|behavior\s*:", re.I
)


class _Refused(Exception):
    """What an SVG file has, as the end of a sentence."""


def file_problem(root: Path, path: str, cache: Cache | None = None) -> str:
    """Return why the image at *path* is not published, as the end of a sentence, or ``""``.

    Links are not followed; at most the beginning of a file other than SVG is read.

    :param cache: Where it is kept what is wrong with an SVG file.
    """
    full_path = root
    try:
        for part in path.split("/"):
            full_path /= part
            if full_path.is_symlink():
                return "is a symbolic link, or in a directory that is one"
        if not full_path.is_file():
            return "is not a file" if full_path.exists() else "does not exist"
        if not path.lower().endswith(SVG):
            with full_path.open("rb") as file:
                return raster_problem(file.read(16))
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        return "cannot be read"
    data = read_file(root, path, MAX_SVG_BYTES)
    if isinstance(data, Refusal):
        return _TOO_LARGE if "MiB" in data.message else data.message
    return svg_problem(data) if cache is None else _cached_svg_problem(data, cache)


def _cached_svg_problem(data: bytes, cache: Cache) -> str:
    name = key("svg", tool(), data)
    with suppress(KeyError, ValueError):  # not there, or damaged
        problem = parse_json(cache.get([name])[name])
        if isinstance(problem, str):
            return problem
    problem = svg_problem(data)
    cache.put({name: json.dumps(problem)})
    return problem


def image_problem(path: str, data: bytes) -> str:
    """Return why an image with that content is not published, or ``""``.

    :param data: Of one that is too large, one byte more than is allowed is enough.
    """
    if not path.lower().endswith(SVG):
        return raster_problem(data[:16])
    return svg_problem(data) if len(data) <= MAX_SVG_BYTES else _TOO_LARGE


def raster_problem(start: bytes) -> str:
    """Return why a file with these first bytes is no picture, or ``""``."""
    if start.startswith(b"version https://g"):
        return "is a pointer of Git LFS, not the picture; run git lfs pull"
    return "" if start.startswith(RASTER_STARTS) else "is not a PNG, JPEG, GIF or WebP picture"


def svg_problem(data: bytes) -> str:
    """Return why an SVG file is not published, as the end of a sentence, or ``""``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "is not encoded in UTF-8"
    if text.startswith("version https://g"):
        return raster_problem(data[:17])
    parser = expat.ParserCreate(namespace_separator=" ")
    _Judge(parser, text)
    try:
        parser.Parse(text.encode("utf-8"), True)
    except _Refused as refused:
        return str(refused)
    except expat.ExpatError as error:
        return f"is not well-formed XML (line {error.lineno})"
    return copies_problem(data)


class _Judge:
    """Handlers of the events of a parser. They raise :class:`_Refused`.

    :param text: The whole file.
    """

    def __init__(self, parser: expat.XMLParserType, text: str) -> None:
        self._text_of_file = text
        self._elements: list[str] = []
        self._style: list[str] = []
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
            raise _Refused(f"is declared to be encoded in {encoding}; save it as UTF-8")

    def _document_type(
        self, _name: str, _system: str | None, _public: str | None, has_subset: int
    ) -> None:
        if has_subset:
            raise _Refused("declares entities or attributes in its document type; export it again")
        # Expat skips what a document type in another file may declare, also in attributes, where
        # it calls no handler. A browser knows those of XHTML: "javascript&colon;..." is a script.
        if match := _ENTITY.search(self._text_of_file):
            raise _Refused(f"has the entity {match[0]}; write the character itself")

    def _entity(self, *_: object) -> None:
        raise _Refused("declares entities; export it again without them")

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise _Refused("names a style sheet in another file")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _space, local = name.rpartition(" ")
        element = local.lower()
        if self._elements[-1:] == ["style"]:
            # A browser puts the texts around it together: "@imp<b/>ort ..."
            raise _Refused(f"has the element <{local}> in a style")
        if not self._elements:
            if element == "svg" and not namespace:
                raise _Refused(f'is no SVG picture to a browser without xmlns="{_SVG_NAMESPACE}"')
            if (namespace, element) != (_SVG_NAMESPACE, "svg"):
                raise _Refused("is not an SVG picture")
        if element in _ACTIVE_ELEMENTS:
            raise _Refused(f"has the element <{local}>")
        if namespace == _HTML_NAMESPACE and element not in _TEXT_ELEMENTS:
            raise _Refused(f"has the HTML element <{local}>")
        self._elements.append(element)
        for attribute, value in attributes.items():
            _judge_attribute(element, attribute.rpartition(" ")[2].lower(), value)

    def _end(self, _name: str) -> None:
        if self._elements.pop() == "style":
            _judge_css(read_css("".join(self._style)))
            self._style.clear()

    def _text(self, text: str) -> None:
        if self._elements[-1:] == ["style"]:
            self._style.append(text)


def _judge_attribute(element: str, name: str, value: str) -> None:
    if re.fullmatch(r"on[a-z]+", name):
        raise _Refused(f"has the event handler {name}")
    if name == "ping":
        raise _Refused("has the attribute ping, which reports who follows a link")
    if name == "base":
        raise _Refused("has xml:base, which leads its links elsewhere")
    animated = value.strip().lower().rpartition(":")[2]
    if name == "attributename" and (animated == "href" or animated.startswith("on")):
        raise _Refused(f"animates the attribute {value.strip()}")
    if name in _LINKS:
        _judge_link(element, value)
    if name in _CSS_ATTRIBUTES:
        _judge_css(read_attribute(name, value))


def _judge_link(element: str, value: str) -> None:
    written, url = bare_text(value), bare_text(unquote(value))
    # A browser finds the beginning of a URL before it decodes "%23" in it.
    if not url or written.startswith("#") or element == "color-profile":  # browsers know none
        return
    if element == "a" and (_WEB.match(url) or not re.match(r"[a-z][a-z0-9+.-]*:", url, re.I)):
        return  # a link, which a reader has to follow
    is_picture = element in ("image", "feimage")
    if is_picture and (_EMBEDDED.match(written) or _EMBEDDED_SVG.match(written)):
        return  # in a picture inside a picture, nothing runs
    if re.match(r"(?:java|vb)script:", url, re.I):
        raise _Refused("has a link that runs a script")
    raise _Refused(f"refers to another file or site: {value.strip()[:60]}")


def _judge_css(css: Css) -> None:
    for text in css.texts:
        if match := _CSS_ACTIVE.search(text):
            raise _Refused(f"has {match[0].rstrip('(: ')} in a style")
    for url in css.urls:
        # A browser leaves out blanks before the URL, and none in it.
        if not url.startswith("#") and not _EMBEDDED.match(bare_text(url)):
            raise _Refused(f"refers to another file or site: {url[:60]}")
