"""Inventories of other Sphinx projects, which say what their documentation has and where.

A process names files that are kept in the repository, so nothing is fetched. Check and build look
up the same names here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from .._files import FileContent, Refusal
from ..process.model import Process

HEADER = re.compile(
    rb"# Sphinx inventory version 2\r?\n# Project: [^\n]*\n# Version: [^\n]*\n"
    rb"# The remainder of this file is compressed using zlib\.\r?\n"
)
"""The beginning of a file ``objects.inv``, which Sphinx has written since version 1."""

MAX_BYTES = 32 * 1024 * 1024
"""The largest inventory, uncompressed; that of Python has 1.5 MB."""

# "os.path.join py:function 1 library/os.path.html#$ -"; the name may have blanks.
_ENTRY = re.compile(r"(.+?) ([a-z_]+:[a-z_-]+) -?[0-9]+ (\S*) (.*)")

_TYPES = {
    "py": {
        "attr": "attribute property method", "class": "class exception type", "const": "data",
        "data": "data", "exc": "exception class", "func": "function",
        "meth": "method classmethod staticmethod property", "mod": "module",
        "obj": "function class exception data method classmethod staticmethod attribute property "
               "type module",
        "type": "type class",
    },
    "c": {
        "data": "member var", "enum": "enum", "enumerator": "enumerator", "func": "function",
        "macro": "macro", "member": "member var", "struct": "struct type", "type": "type struct "
        "union enum", "union": "union", "var": "var member",
    },
    "std": {
        "doc": "doc", "envvar": "envvar", "keyword": "label", "option": "cmdoption",
        "ref": "label", "term": "term", "token": "token",
    },
}  # fmt: skip
"""The types of objects that a role of a domain links to, as in Sphinx."""

ROLES: Mapping[str, tuple[str, ...]] = {
    name: tuple(f"{domain}:{type_}" for type_ in types.split())
    for domain, roles in _TYPES.items()
    for role, types in roles.items()
    # Sphinx looks for a role without a domain in that of Python and the standard one.
    for name in ((f"{domain}:{role}",) if domain == "c" else (f"{domain}:{role}", role))
    if role != "ref"  # the role of labels, which proposals have as well
}
"""The roles that are looked up, and the types of objects that they link to."""

LABELS = ("std:label",)
"""The types of objects that ``:ref:`` links to."""


class InventoryError(ValueError):
    """A file that is not an inventory."""


class LinkTarget(NamedTuple):
    """What a role links to.

    :param title: The title of a label, a term or a document; empty for other objects.
    """

    url: str
    title: str


@lru_cache(maxsize=64)
def parse_inventory(data: bytes) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return location and title of the objects in a file, by their type and name.

    :raises InventoryError: It is not an inventory, or is too large.
    """
    header = HEADER.match(data)
    if header is None:
        raise InventoryError("it does not begin like one")
    decompressor = zlib.decompressobj()
    try:
        text = decompressor.decompress(data[header.end() :], MAX_BYTES)
    except zlib.error:
        raise InventoryError("its compressed part is damaged") from None
    if decompressor.unconsumed_tail:
        raise InventoryError(f"it has more than {MAX_BYTES // 1024**2} MB")
    if not decompressor.eof:
        raise InventoryError("its end is missing")
    objects: dict[tuple[str, str], tuple[str, str]] = {}
    for line in text.decode("utf-8", "replace").splitlines():
        if (match := _ENTRY.fullmatch(line)) and line.isprintable():
            name, type_, location, title = match.groups()
            location = f"{location[:-1]}{name}" if location.endswith("$") else location
            objects.setdefault((type_, name), (location, "" if title == "-" else title))
    return objects


def find_object(
    role: str, target: str, process: Process, files: Mapping[str, FileContent]
) -> LinkTarget | None:
    """Return what text in a role links to in the inventories of a process, if there is one.

    :param role: One of :data:`ROLES`, or ``ref``.
    :param target: Its name, which may have that of an inventory in front: ``python:open``.
    :param files: The attachments of the corpus.
    """
    types = LABELS if role == "ref" else ROLES[role]
    prefix, colon, rest = target.partition(":")
    for inventory in process.inventories:
        data = files.get(inventory.file)
        if not isinstance(data, bytes):
            continue
        names = [target, rest] if colon and prefix == inventory.name else [target]
        objects = parse_inventory(data)
        for key in _keys(types, names):
            if key in objects:
                location, title = objects[key]
                return LinkTarget(f"{inventory.url.rstrip('/')}/{location.lstrip('/')}", title)
    return None


def _keys(types: Iterable[str], names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        for type_ in types:
            yield type_, name
            if type_ in ("std:label", "std:term"):
                yield type_, name.lower()


def split_target(text: str) -> tuple[str, str]:
    """Return the text that a role shows and the name that it looks up.

    ``~a.b`` shows ``b``; ``text <a.b>`` shows ``text``, which is empty for a name alone.
    """
    match = re.fullmatch(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>", text, re.DOTALL)
    if match:
        return match["text"], match["target"].lstrip("~!")
    name = text.lstrip("~")
    return (name.rpartition(".")[2] if text.startswith("~") else ""), name.removesuffix("()")


def inventory_problem(path: str, source: FileContent | None) -> str:
    """Return why an inventory cannot be used, as a message; empty if it can."""
    if source is None:
        return f"{path}: there is no such file; fetch the objects.inv of that site"
    if isinstance(source, Refusal):
        return f"{path}: {source.message}"
    try:
        parse_inventory(source)
    except InventoryError as problem:
        return f"{path}: is not an inventory of Sphinx: {problem}; fetch objects.inv again"
    return ""
