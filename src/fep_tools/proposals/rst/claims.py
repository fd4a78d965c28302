"""Paragraphs and items of lists that need a link, since they say what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from docutils import nodes

from ..body import Claim
from ..vocabulary import Vocabulary
from .allowlist import role_kind
from .labels import line_of
from .locator import Locator

# What a paragraph can introduce, and those of which each item is a claim.
_INTRODUCED = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.table)
_LISTS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list)
_ROLE = re.compile(r":([\w+.:-]+):`")  # the source of ":flask-pr:`2672`"
_LINKING = ("reference", "label", "object")
_OTHER = (nodes.comment, nodes.target, nodes.system_message)


def find_claims(
    document: nodes.document, vocabulary: Vocabulary, locator: Locator
) -> Iterator[Claim]:
    """Yield the claims in the sections that *vocabulary* names, and in the sections in them.

    An item of a list is one claim, with all that is in it. A paragraph that introduces a list
    or a table has its links. Tables, code and boxes are no claims.
    """
    if not vocabulary.linked_sections:
        return
    for section in document.findall(nodes.section):
        title = _outer_title(section, vocabulary)
        if not title:
            continue
        blocks = [child for child in section[1:] if not isinstance(child, _OTHER)]
        for block, following in zip_longest(blocks, blocks[1:]):
            is_linked = _has_link(block, vocabulary)
            if isinstance(block, _LISTS):
                for item in block.children:
                    yield _claim(title, item, _has_link(item, vocabulary), locator)
            elif isinstance(block, nodes.paragraph):
                introduces = isinstance(following, _INTRODUCED) and block.astext().endswith(":")
                is_linked = is_linked or (introduces and _has_link(following, vocabulary))
                yield _claim(title, block, is_linked, locator)


def _outer_title(section: nodes.Node | None, vocabulary: Vocabulary) -> str:
    """Return the title of the section that needs links and is, or contains, *section*."""
    while isinstance(section, nodes.section):
        title = section[0].astext()
        if title in vocabulary.linked_sections:
            return title
        section = section.parent
    return ""


def _claim(title: str, node: nodes.Node, has_link: bool, locator: Locator) -> Claim:
    first = next(iter(node.findall(nodes.paragraph)), node)
    term = next(iter(node.findall(nodes.term)), None)  # of a list of definitions
    line = line_of(term or first)
    return Claim(title, " ".join(node.astext().split()), has_link, locator.line(line))


def _has_link(node: nodes.Node | None, vocabulary: Vocabulary) -> bool:
    if node is None:
        return False
    if any(True for _ in node.findall(nodes.reference)):
        return True
    # What is written as a role is text until the page is built.
    roles = (_ROLE.match(inline.rawsource) for inline in node.findall(nodes.inline))
    return any(role and role_kind(role[1].lower(), vocabulary) in _LINKING for role in roles)
