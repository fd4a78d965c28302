from posixpath import basename, splitext

from .._api import Finding, Findings, Process, Proposal, quote, rule, safe
from ._helpers import iter_problems


@rule("B006")
def image_outside(proposal: Proposal, process: Process) -> Findings:
    """Image is not a file next to the proposal.

    The build copies every image into the site, so a path to another directory could publish
    any file of the machine that builds the site. An image on another site tells that site who
    reads the page, and may disappear. Put the image next to the proposal.

    Bad::

        .. image:: ../../diagrams/views.png

    Good::

        .. image:: fep-0007-views.png
    """
    number = proposal.number if proposal.number is not None else 7
    path = proposal.path if proposal.path_fields else process.path_for_new(number, "views")
    name = f"{splitext(basename(path))[0]}-views.png"
    for problem in iter_problems(proposal, "image"):
        advice = f"put the file next to the proposal, for example as {safe(name)}"
        message = f"the image {quote(problem.name)} {problem.message}; {advice}"
        yield Finding(problem.location.span, message)
