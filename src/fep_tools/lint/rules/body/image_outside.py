from posixpath import basename, splitext

from ....proposals.rst.allowlist import IMAGE_OUTSIDE
from .._api import Finding, Findings, Process, Proposal, quote, rule, safe
from ._helpers import get_body, iter_problems


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
    advice = f"put the file next to the proposal, for example as {safe(name)}"
    refused = [(p.name, p.message, p.location) for p in iter_problems(proposal, "image")]
    # The path of the proposal is unknown where its text is parsed.
    refused += [
        (image.name, IMAGE_OUTSIDE, image.location)
        for image in get_body(proposal).images
        if process.files.image_path(proposal.path, image.name) is None
    ]
    for url, problem, location in refused:
        yield Finding(location.span, f"the image {quote(url)} {problem}; {advice}")
