"""The snippets of a proposal's notes: behind each is a place for what it has shown."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from ..notes.model import SNIPPET_CLASS
from ..notes.results import results_path
from .deferred import deferred
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class MarkSnippets(SphinxTransform):
    """Keep a place for the verdict behind each snippet of a proposal."""

    default_priority = 400

    def apply(self, **_: Any) -> None:
        """Look at every block of code, if this is a proposal of a community with notes."""
        edition = domain_of(self.env).edition
        proposal = edition.proposals.get(self.env.docname)
        if proposal is None or edition.process.notes is None:
            return
        for block in list(self.document.findall(nodes.literal_block)):
            if SNIPPET_CLASS in block["classes"]:
                self.env.note_dependency(str(edition.root / results_path(proposal.path)))
                _behind(block, deferred(kind="snippet", about=_digest(block.astext())))


def _behind(block: nodes.literal_block, place: nodes.Node) -> None:
    """Put *place* behind *block*, and behind its caption if it has one."""
    captioned = "literal-block-wrapper" in block.parent.get("classes", ())
    whole: Any = block.parent if captioned else block
    whole.parent.insert(whole.parent.index(whole) + 1, place)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def register(app: Sphinx) -> None:
    """Make Sphinx look for snippets."""
    app.add_transform(MarkSnippets)
