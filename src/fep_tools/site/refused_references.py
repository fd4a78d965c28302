"""References that a proposal may write in docutils, and that stay text on its page."""

from __future__ import annotations

from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from ..proposals.rst.labels import misled_references
from .domain import domain_of
from .sanitize import warn_on_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class RefuseDefaultSubstitutions(SphinxTransform):
    """Leave ``|today|``, ``|version|`` and ``|release|`` undefined in proposals.

    Sphinx has values for them, which say something about the site, and change with it.
    """

    default_priority = 205
    """Before Sphinx's DefaultSubstitutions (210)."""

    def apply(self, **_: Any) -> None:
        """Replace the references in a proposal, as docutils does if there is no definition."""
        document = self.document
        if not domain_of(self.env).is_restricted(self.env.docname):
            return
        for reference in list(document.findall(nodes.substitution_reference)):
            name = reference["refname"]
            defined = {*document.substitution_defs, *document.substitution_names}
            if name in defined or name.lower() in defined:
                continue
            text = f'Undefined substitution referenced: "{name}".'
            message = document.reporter.error(text, base_node=reference)
            message_id = document.set_id(message)
            problem = nodes.problematic(reference.rawsource, reference.rawsource, refid=message_id)
            message.add_backref(document.set_id(problem))
            reference.replace_self(problem)


class RefuseMisledReferences(SphinxTransform):
    """Make text of footnote references that lead to something else, a finding of the check."""

    default_priority = 995
    """After the check of the page has seen them."""

    def apply(self, **_: Any) -> None:
        """Replace them in a proposal, and those that lead to nothing in any page.

        A translation may have ``[#]_``, though its original has none. No builder can write it.
        """
        if domain_of(self.env).is_restricted(self.env.docname):
            for note in list(misled_references(self.document)):
                note.replace_self(nodes.inline(note.rawsource, note.rawsource))
        for note in list(self.document.findall(nodes.footnote_reference)):
            if "refid" not in note:
                warn_on_page(note, f"{note.rawsource!r} is not linked: it has no footnote")
                note.replace_self(nodes.inline(note.rawsource, note.rawsource))


def register(app: Sphinx) -> None:
    """Add the transforms."""
    app.add_transform(RefuseDefaultSubstitutions)
    app.add_transform(RefuseMisledReferences)
