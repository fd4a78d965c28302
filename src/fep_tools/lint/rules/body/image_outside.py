from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....proposals.model import Proposal
from ...rule import rule
from ._helpers import problems


@rule("B006")
def image_outside(proposal: Proposal) -> Iterator[Finding]:
    """An image is not a picture that lies beside the proposal.

    Whatever an image names is copied into the site: it could be any file of the machine that
    builds it. An image from elsewhere tells a stranger who reads the page, and may be gone
    tomorrow.

    Bad::

        FEP: 7
        Title: Typed views

        .. image:: ../../diagrams/views.png

    Good::

        FEP: 7
        Title: Typed views

        .. image:: fep-0007-views.png
    """
    number = proposal.number if proposal.number is not None else 7
    for problem in problems(proposal, "image"):
        such = f"put the file beside the proposal, such as fep-{number:04}-views.png"
        message = f"the image {quote(problem.name)} {problem.message}; {such}"
        yield Finding(problem.location.span, message)
