"""XML, made of values: escaped by the standard library, and without what XML cannot say.

The letters of XML 1.0 (its section 2.2) are fewer than a proposal's; any other becomes U+FFFD,
and the document is read (SEC-B5).
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

_NO_LETTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


def add(
    parent: ElementTree.Element, tag: str, text: str | None = None, /, **attributes: str
) -> ElementTree.Element:
    """A new element at the end of *parent*."""
    cleaned = {name: _clean(value) for name, value in attributes.items()}
    made = ElementTree.SubElement(parent, tag, cleaned)
    if text is not None:
        made.text = _clean(text)
    return made


def document(root: ElementTree.Element) -> bytes:
    """*root* as a file, an element a line."""
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _clean(text: str) -> str:
    """*text* on one line."""
    return _NO_LETTER.sub("\ufffd", " ".join(text.split()))
