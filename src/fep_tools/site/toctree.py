"""Tables of contents that name proposals by their files.

Proposals are documents under names made from their numbers: ``fep-0011`` and not
``proposals/fep-0011``. A builder that makes one file, such as ``latex``, has only what such a table
names, so it must be possible to name proposals as all other files.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from posixpath import join, normpath
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.directives.other import TocTree

from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ProposalTocTree(TocTree):
    """``.. toctree::`` with ``proposals/fep-0011`` and, as a glob, ``proposals/*``."""

    def parse_content(self, toctree: nodes.Element) -> None:
        """Replace the names of files by those of documents."""
        lines = [name for entry in self.content for name in self._names(entry)]
        self.content = StringList(lines, source=self.get_source_info()[0])
        super().parse_content(toctree)  # type: ignore[arg-type]

    def _names(self, entry: str) -> list[str]:
        """Return the names of the documents that an entry names by their files."""
        if not domain_of(self.env).restricted:
            return [entry]  # documents have the names of their files
        suffixes = tuple(self.config.source_suffix)
        wanted = entry.removesuffix(next((s for s in suffixes if entry.endswith(s)), ""))
        wanted = normpath(join("/", self.env.docname, "..", wanted))
        files = domain_of(self.env).content.pages_by_file
        if wanted in files:
            return [files[wanted]]
        if "glob" not in self.options:
            return [entry]
        found = [page for file, page in files.items() if fnmatchcase(file, wanted)]
        return found or [entry]


def register(app: Sphinx) -> None:
    """Register the directive in the place of Sphinx's."""
    app.add_directive("toctree", ProposalTocTree, override=True)
