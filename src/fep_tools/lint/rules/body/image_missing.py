from collections.abc import Iterator
from posixpath import dirname, join, normpath, relpath

from ...._text import closest_match, quote, safe
from ....diagnostics import Finding, Severity
from ....proposals.model import Corpus, Proposal
from ....proposals.rst.allowlist import IMAGE_DEPTH
from ...rule import rule
from ._helpers import facts


@rule("B036", severity=Severity.WARNING)
def image_missing(proposal: Proposal, corpus: Corpus) -> Iterator[Finding]:
    """An image that the text shows is not there.

    Readers see a gap, and who decides does not see what it is about.

    Bad::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        .. image:: fep-0007-veiws.png

        # proposals/fep-0007-views.png
        (a picture)

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        .. image:: fep-0007-views.png

        # proposals/fep-0007-views.png
        (a picture)
    """
    folder = dirname(proposal.path)
    for image in facts(proposal).images:
        path = normpath(join(folder, image.name))
        if path not in corpus.images and image.name.count("/") <= IMAGE_DEPTH:
            known = [relpath(there, folder or ".") for there in corpus.images]
            meant = closest_match(image.name, known, 0.8)
            advice = f"write {safe(meant)}" if meant else f"put the file at {safe(path)}"
            message = f"the image {quote(image.name)} does not exist; {advice}"
            yield Finding(image.location.span, message)
