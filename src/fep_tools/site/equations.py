"""Formulas with a label, and links to them. Labels are local to a proposal.

In the domain of Sphinx, the name of a formula begins with the name of its page: two proposals may
both have a formula ``euler``.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.directives.patches import MathDirective as SphinxMathDirective
from sphinx.domains.math import MathReferenceRole
from sphinx.environment import BuildEnvironment


class MathDirective(SphinxMathDirective):
    """``.. math::`` in a proposal."""

    def run(self) -> list[nodes.Node]:
        """Return the formula."""
        label = self.options.get("label", self.options.get("name"))
        # Without a label, Sphinx would make one of the name.
        self.options["label"] = _local(self.env, label) if label else None
        return super().run()


class EquationRole(MathReferenceRole):
    """The role ``:eq:`` in a proposal; a missing formula is a finding of the check."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Return the text and the name of the formula."""
        title, target = super().process_link(env, refnode, has_explicit_title, title, target)
        return title, _local(env, target)


def _local(env: BuildEnvironment, label: str) -> str:
    # Sphinx puts the name between braces, where LaTeX would obey commands in it.
    plain = re.sub(r"[^\w .:-]", lambda match: f"u{ord(match[0]):x}", label)
    return f"{env.docname}:{plain}"
