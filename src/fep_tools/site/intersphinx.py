"""For the documentation of others: ``:fep:`11``` through intersphinx, and nothing else of ours.

Sphinx asks an inventory only for what some domain of its own knows. This is that domain,
without any proposals: they are found in the ``objects.inv`` of the site that
``intersphinx_mapping`` names.
"""

from __future__ import annotations

import re
from typing import ClassVar, TYPE_CHECKING

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole

from .. import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class ReferenceRole(XRefRole):
    """A number, or ``text <number>``; without a text, the link shows the proposal's title."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """The text, and the number without zeros in front."""
        refnode["refdomain"], refnode["reftype"] = ReferenceDomain.name, "proposal"
        return title, target.lstrip("0") if re.fullmatch("[0-9]{1,4}", target) else target


_ROLE = ReferenceRole(innernodeclass=nodes.inline, warn_dangling=True)


class ReferenceDomain(Domain):
    """The proposals of somebody else."""

    name = "fep"
    label = "Proposals"
    object_types: ClassVar = {"proposal": ObjType("proposal", "proposal")}
    roles: ClassVar = {"proposal": _ROLE}


def setup(app: Sphinx) -> ExtensionMetadata:
    """What Sphinx calls for an extension of that name."""
    app.add_domain(ReferenceDomain)
    app.add_config_value("fep_role", "fep", "env", types=(str,))
    app.connect("config-inited", _add_role)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _add_role(app: Sphinx, config: Config) -> None:
    app.add_role(config.fep_role, _ROLE)
