"""Directives: the index, charts, rules and process on a page, and the banners of a process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .._numbers import NUMBER
from .._text import join_words
from ..catalog.schemas import FILES
from ..process.model import Process
from ..process.schema import Banner
from .charts import CHARTS
from .deferred import deferred
from .domain import domain_of
from .nodes import box
from .process_page import render_process, transition_table
from .reference_page import render_reference
from .roles import proposal_link
from .rules_page import render_rules

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class IndexDirective(SphinxDirective):
    """``.. fep-index::``: all proposals, in the groups of the process."""

    def run(self) -> list[nodes.Node]:
        """Return a placeholder."""
        domain_of(self.env).note_index(self.env.docname)
        return [deferred(kind="index")]


class ChartDirective(SphinxDirective):
    """``.. fep-picture:: timelines``: a chart of all proposals, with a table."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a placeholder."""
        name = self.arguments[0]
        if name not in CHARTS:
            names = join_words(sorted(CHARTS), "or")
            raise self.error(f"there is no picture {name!r}; use {names}")
        domain_of(self.env).note_chart(self.env.docname)
        return [deferred(kind=name)]


class RulesDirective(SphinxDirective):
    """``.. fep-rules::``: all lint rules."""

    def run(self) -> Sequence[nodes.Node]:
        """Return a section per family of rules."""
        content = domain_of(self.env).content
        for file in content.level_files:
            self.env.note_dependency(str(file))
        return render_rules(self, content.rules)


class ProcessDirective(SphinxDirective):
    """``.. fep-process::``: the process, or with ``transitions`` that table alone."""

    optional_arguments = 1

    def run(self) -> Sequence[nodes.Node]:
        """Return a section per part of the process, or a table."""
        process = domain_of(self.env).content.process
        if not self.arguments:
            return render_process(self, process)
        if self.arguments != ["transitions"]:
            raise self.error("the only argument of fep-process is 'transitions'")
        return [transition_table(process)]


class ReferenceDirective(SphinxDirective):
    """``.. fep-reference:: process``: every table and key of a file that communities write."""

    required_arguments = 1

    def run(self) -> Sequence[nodes.Node]:
        """Return a section per table."""
        name = self.arguments[0]
        if name not in FILES:
            raise self.error(f"there is no file {name!r}; use {join_words(FILES)}")
        return render_reference(self, FILES[name])


class BannerDirective(SphinxDirective):
    """A banner that the process defines: its text, and what the author adds."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    banner: Banner

    def run(self) -> list[nodes.Node]:
        """Return a box."""
        text, argument = self.banner.text, "".join(self.arguments)
        template = (self.banner.text_with or f"{text} {{0}}") if argument else text
        before, _placeholder, after = template.partition("{0}")
        parts = [*self._parse(before), *self._parse_argument(argument), *self._parse(after)]
        # A fixed text is a heading of what follows; with an argument, it is a sentence.
        first = nodes.paragraph("", "", *(parts if argument else [nodes.strong("", "", *parts)]))
        last = (
            [nodes.paragraph("", "", *self._parse(self.banner.after))] if self.banner.after else []
        )
        return [box(first, *self.parse_content_to_nodes(), *last)]

    def _parse(self, text: str) -> list[nodes.Node]:
        """Return inline markup, with the white space around it."""
        if not text.strip():
            return [nodes.Text(text)] if text else []
        parsed, messages = self.parse_inline(text.strip())
        blanks = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return [nodes.Text(blanks[0]), *parsed, *messages, nodes.Text(blanks[1])]

    def _parse_argument(self, argument: str) -> list[nodes.Node]:
        """Return the argument as inline markup, or as a link if it is a number.

        ``.. superseded:: 11`` links to FEP 11.
        """
        if not argument:
            return []
        if not re.fullmatch(NUMBER, argument):
            text, messages = self.parse_inline(argument)
            return [*text, *messages]
        domain = domain_of(self.env)
        domain.note_link(self.env.docname, int(argument))
        label = domain.content.process.label(int(argument))
        return [proposal_link(int(argument), label, self.env.docname)]


def banner_directive(process: Process, name: str) -> type[BannerDirective]:
    """Return the directive for a banner of a process."""
    banner = next(banner for banner in process.banners if banner.name == name)
    return type("ProcessBanner", (BannerDirective,), {"banner": banner})


def register(app: Sphinx) -> None:
    """Register the directives; those of a process are looked up while a proposal is parsed."""
    app.add_directive("fep-index", IndexDirective)
    app.add_directive("fep-picture", ChartDirective)
    app.add_directive("fep-rules", RulesDirective)
    app.add_directive("fep-process", ProcessDirective)
    app.add_directive("fep-reference", ReferenceDirective)
