from collections.abc import Iterator

from ...._text import closest_match, quote
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ....proposals.rst.allowlist import DIRECTIVES
from ...rule import rule
from ._helpers import problems


@rule("B003")
def directive_refused(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A directive is not one that proposals may use.

    It is misspelt, or it would read a file, run something, or write the page's HTML. What is
    not on the list is not on the page.

    Bad::

        FEP: 7
        Title: Typed views

        .. cod-block:: python

           app = Flask(__name__)

    Good::

        FEP: 7
        Title: Typed views

        .. code-block:: python

           app = Flask(__name__)
    """
    known = (*DIRECTIVES, *process.ignored_directives, *(banner.name for banner in process.banners))
    for problem in problems(proposal, "directive"):
        yield Finding(problem.location.span, _message(problem.name, known))


def _message(name: str, known: tuple[str, ...]) -> str:
    name, _, option = name.partition(" ")
    if option:
        return f"the option {option} of {quote(name)} reads from elsewhere; write it out here"
    meant = closest_match(name, known)
    if meant:
        return f"{quote(name)} is no directive for a proposal; did you mean {meant}?"
    return f"{quote(name)} is no directive for a proposal; write it as text, or as a code-block"
