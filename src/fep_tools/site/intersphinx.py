"""An extension for other projects: ``:fep:`11``` in their documentation, through intersphinx.

Sphinx looks up in an inventory only what a domain of the project knows. This is such a domain,
without proposals; they are in the ``objects.inv`` that ``intersphinx_mapping`` names.
"""

from __future__ import annotations

import re
from typing import ClassVar, TYPE_CHECKING

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole

from .._numbers import NUMBER
from .._version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class ReferenceRole(XRefRole):
    """A role for ``11`` or ``text <11>``; without a text, the link shows the proposal's title."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Return the text, and the number without leading zeros."""
        refnode["refdomain"], refnode["reftype"] = ReferenceDomain.name, "proposal"
        return title, target.lstrip("0") if re.fullmatch(NUMBER, target) else target


_ROLE = ReferenceRole(innernodeclass=nodes.inline, warn_dangling=True)


class ReferenceDomain(Domain):
    """The domain for the proposals of another site."""

    name = "fep"
    label = "Proposals"
    object_types: ClassVar = {"proposal": ObjType("proposal", "proposal")}
    roles: ClassVar = {"proposal": _ROLE}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; called by Sphinx."""
    app.add_domain(ReferenceDomain)
    app.add_config_value("fep_role", "fep", "env", types=(str,))
    app.connect("config-inited", _add_role)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _add_role(app: Sphinx, config: Config) -> None:
    app.add_role(config.fep_role, _ROLE)
