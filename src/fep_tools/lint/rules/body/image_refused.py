from posixpath import dirname, join, normpath

from .._api import Corpus, Finding, Findings, Proposal, quote, rule, Severity
from ._helpers import get_body


@rule("B052", severity=Severity.WARNING)
def image_refused(proposal: Proposal, corpus: Corpus) -> Findings:
    """Image file is not published.

    An SVG file can run scripts and load other files when a reader opens it, so one that does is
    not copied into the site. Readers get a text instead, as they do for a file that is no picture.
    The message says what is in the file. Export the picture again without it, or as PNG.

    Bad::

        # proposals/fep-0007.rst
        .. image:: fep-0007-views.svg

        # proposals/fep-0007-views.svg
        <svg xmlns="http://www.w3.org/2000/svg" onload="start()"/>

    Good::

        # proposals/fep-0007.rst
        .. image:: fep-0007-views.svg

        # proposals/fep-0007-views.svg
        <svg xmlns="http://www.w3.org/2000/svg"/>
    """
    directory = dirname(proposal.path)
    for image in get_body(proposal).images:
        if problem := corpus.images.get(normpath(join(directory, image.name))):
            message = f"the image {quote(image.name)} is not published: it {problem}"
            help_ = "export it again without that, or as a PNG file"
            yield Finding(image.location.span, message, help_)
