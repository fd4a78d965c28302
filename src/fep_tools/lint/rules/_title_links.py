"""Links to a title or a label, which a fix that changes its words would break.

Texts are searched, and not the links that a parser found: of the other proposals these are not
always known. What only looks like a link, as in code, costs no more than a fix.
"""

from __future__ import annotations

import re
import unicodedata

from ...proposals.model import Corpus, Proposal

_ADVICE = "change both by hand"


def title_link_help(proposal: Proposal, line: int, corpus: Corpus) -> str:
    """Return what to do about a link to the title on *line*; ``""`` if nothing links to it."""
    title = re.sub("[`*]", "", proposal.lines[line - 1]).strip()
    return _own_link_help(_by_title(title), proposal) or anchor_link_help(proposal, title, corpus)


def anchor_link_help(proposal: Proposal, name: str, corpus: Corpus) -> str:
    """Return what to do about a link by URL to a title or a label; ``""`` if there is none."""
    anchor = _anchor(name)
    if not anchor:
        return ""
    # The second title of that name has "-2" at the end of its anchor.
    fragment = rf"#{re.escape(anchor)}(?:-[0-9]+)?(?![\w-])"
    if help_ := _own_link_help(fragment, proposal):
        return help_
    # ":fep:`7#motivation`", "fep-0007.rst#motivation", "https://feps.example/fep-0007/#motivation"
    other_link = re.compile(rf"\b0*{proposal.number}\b[^\s`<>#]*{fragment}", re.IGNORECASE)
    for other in corpus if proposal.number is not None else ():
        if other.path != proposal.path and other_link.search(other.text):
            return f"{other.path} links to it; {_ADVICE}"
    return ""


def _own_link_help(link: str, proposal: Proposal) -> str:
    pattern = re.compile(link, re.IGNORECASE)
    if match := pattern.search(proposal.text):
        number = proposal.text.count("\n", 0, match.start()) + 1
        return f"line {number} links to it; {_ADVICE}"
    return (
        f"a file that belongs to the proposal links to it; {_ADVICE}"
        if pattern.search(proposal.attached_text)
        else ""
    )


def _by_title(title: str) -> str:
    r"""Return the pattern of links to *title* in its own text.

    These are ``Motivation_``, ```Motivation`_`` and ```why <Motivation_>`_``, which may be broken
    into lines. ```Motivation`__`` leads to something else.
    """
    words = r"\s+".join(map(re.escape, title.split()))
    return rf"(?<!\w){words}`?_(?!\w)"


def _anchor(name: str) -> str:
    """Return the anchor of a title, made like ``docutils.nodes.make_id()``: of ASCII alone."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")
