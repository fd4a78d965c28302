from posixpath import basename, dirname, join, relpath

from .._api import (
    Corpus,
    Finding,
    Findings,
    Process,
    Proposal,
    quote,
    rule,
    safe,
    Severity,
    Suggestions,
)
from ._helpers import get_body

_NAME_SIMILARITY = 0.8
"""How similar a file name must be to an existing one to be taken for it (0 to 1)."""


@rule("B036", severity=Severity.WARNING)
def image_missing(proposal: Proposal, corpus: Corpus, process: Process) -> Findings:
    """Image file does not exist.

    Readers see a gap instead of the image. Add the file, or correct its name.

    Bad::

        # proposals/fep-0007.rst
        .. image:: fep-0007-veiws.png

        # proposals/fep-0007-views.png
        (a picture)

    Good::

        # proposals/fep-0007.rst
        .. image:: fep-0007-views.png

        # proposals/fep-0007-views.png
        (a picture)
    """
    directory = dirname(proposal.path) or "."
    suggestions = Suggestions()
    for image in get_body(proposal).images:
        path = process.files.image_path(proposal.path, image.name)
        if path is not None and path not in corpus.images:
            names = corpus.images_by_directory.get(dirname(path), ())
            similar = suggestions.closest(basename(path), names, _NAME_SIMILARITY)
            meant = similar and relpath(join(dirname(path), similar), directory)
            advice = f"write {safe(meant)}" if meant else f"add the file {safe(path)}"
            message = f"the image {quote(image.name)} does not exist; {advice}"
            yield Finding(image.location.span, message)
