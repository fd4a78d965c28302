"""XML from values, written by the standard library."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
"""Characters that XML 1.0 (section 2.2) does not have or discourages."""


def add(
    parent: ElementTree.Element, tag: str, text: str | None = None, /, **attributes: str
) -> ElementTree.Element:
    """Append a new element to *parent*, and return it."""
    cleaned = {name: _clean(value) for name, value in attributes.items()}
    element = ElementTree.SubElement(parent, tag, cleaned)
    if text is not None:
        element.text = _clean(text)
    return element


def to_bytes(root: ElementTree.Element) -> bytes:
    """Return *root* as a file with one element per line."""
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _clean(text: str) -> str:
    """Return *text* on one line, with U+FFFD for invalid characters.

    ElementTree would write them, and no program could read the file.
    """
    return _INVALID.sub("\ufffd", " ".join(text.split()))
