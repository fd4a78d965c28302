"""Links to a title or a label, which a fix that changes its words would break."""

from __future__ import annotations

import re
import unicodedata

from ...proposals.model import Corpus, Proposal

_ADVICE = "change both by hand"


def title_link_help(proposal: Proposal, line: int, corpus: Corpus) -> str:
    """Return what to do about a link to the title on *line*; ``""`` if nothing links to it."""
    title = re.sub("[`*]", "", proposal.lines[line - 1]).strip()
    own, attached = (links.line_of_title(title) for links in proposal.links)
    return _own_link_help(own, attached) or anchor_link_help(proposal, title, corpus)


def anchor_link_help(proposal: Proposal, name: str, corpus: Corpus) -> str:
    """Return what to do about a link by URL to a title or a label; ``""`` if there is none."""
    anchor = _anchor(name)
    if not anchor:
        return ""
    own, attached = (links.line_of_anchor(anchor) for links in proposal.links)
    if help_ := _own_link_help(own, attached):
        return help_
    number = proposal.number
    for other in corpus:
        if other.path == proposal.path or number is None:
            continue
        if other.links[0].links_to(number, anchor):
            return f"{other.path} links to it; {_ADVICE}"
    return ""


def _own_link_help(line: int, attached_line: int) -> str:
    if line:
        return f"line {line} links to it; {_ADVICE}"
    return f"a file that belongs to the proposal links to it; {_ADVICE}" if attached_line else ""


def _anchor(name: str) -> str:
    """Return the anchor of a title, made like ``docutils.nodes.make_id()``: of ASCII alone."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")
