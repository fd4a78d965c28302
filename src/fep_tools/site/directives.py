"""The directives that put the index, the rules and the process on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .._text import join_words
from . import charts, lifecycle, rules
from .deferred import deferred
from .domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class IndexDirective(SphinxDirective):
    """``.. fep-index::`` The proposals in the groups of the process."""

    def run(self) -> list[nodes.Node]:
        """A place for the index, which is made when the page is written."""
        domain_of(self.env).note_list(self.env.docname)
        return [deferred(kind="index")]


class RulesDirective(SphinxDirective):
    """``.. fep-rules::`` Every rule, from its docstring."""

    def run(self) -> list[nodes.Node]:
        """A section for each family, and one in it for each rule."""
        return rules.make(self)


class ProcessDirective(SphinxDirective):
    """``.. fep-process::`` Types, statuses, transitions, headers and sections.

    With ``transitions`` behind it, the table of these alone.
    """

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A section for each table of the process file, or one table."""
        process = domain_of(self.env).edition.process
        if not self.arguments:
            return lifecycle.make(self, process)
        if self.arguments != ["transitions"]:
            raise self.error("only 'transitions' may stand behind fep-process")
        return [lifecycle.transitions(process)]


class PictureDirective(SphinxDirective):
    """``.. fep-picture:: timelines`` All proposals as a picture and a table."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A place for the picture, which is made when the page is written."""
        name = self.arguments[0]
        if name not in charts.MAKERS:
            raise self.error(f"behind fep-picture may stand {join_words(sorted(charts.MAKERS))}")
        domain_of(self.env).note_picture(self.env.docname)
        return [deferred(kind=name)]


def register(app: Sphinx) -> None:
    """Make Sphinx know them."""
    app.add_directive("fep-index", IndexDirective)
    app.add_directive("fep-picture", PictureDirective)
    app.add_directive("fep-rules", RulesDirective)
    app.add_directive("fep-process", ProcessDirective)
