"""Classes in texts of authors, of which the site keeps some for itself.

With these, its style sheets hide and move text, and mark statuses, notices and the like. An author
could hide a sentence from readers, or make a banner that the process does not have.
"""

from __future__ import annotations

import re

from docutils.nodes import make_id
from docutils.parsers.rst import Directive

# The only one for authors is "fep-check", which marks snippets of notes.
_OWN = re.compile(
    r"(?:fep|page|site)-(?!check\Z).+|copy|headerlink|lines|menu|page|parts|site|skip|trail|unseen"
)

_DIRECTIVES = ("class", "container", "cssclass", "rst-class")
_OPTIONS = ("class", "figclass")


def own_class(directive: Directive) -> str:
    """Return the first class of a directive that only the site may use, or ``""``."""
    names: list[str] = []
    if directive.name.lower() in _DIRECTIVES:
        names += " ".join(directive.arguments).split()
    if directive.name.lower() == "role":  # ".. role:: red(code)", with ":class:" in its content
        # docutils makes "fep-hidden" of "fep(hidden" in the option.
        names += [*re.split(r"[\s()]+", directive.block_text), *directive.block_text.split()]
    for option in _OPTIONS:
        names += directive.options.get(option) or ()
    return next((name for name in names if _OWN.fullmatch(make_id(name))), "")
