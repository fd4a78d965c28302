from posixpath import basename, dirname, join, relpath

from .._api import (
    closest_match,
    Corpus,
    Finding,
    Findings,
    Process,
    Proposal,
    quote,
    rule,
    safe,
    Severity,
)
from ._helpers import get_body

_NAME_SIMILARITY = 0.8
"""How similar a file name must be to an existing one to be taken for it (0 to 1)."""


_MAX_COMPARED = 5000
"""With how many names those of missing images are compared, for each proposal."""


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
    rest = _MAX_COMPARED
    for image in get_body(proposal).images:
        path = process.files.image_path(proposal.path, image.name)
        if path is not None and path not in corpus.images:
            names = corpus.images_by_directory.get(dirname(path), ())
            rest -= len(names)
            similar = closest_match(basename(path), names, _NAME_SIMILARITY) if rest >= 0 else None
            meant = similar and relpath(join(dirname(path), similar), directory)
            advice = f"write {safe(meant)}" if meant else f"add the file {safe(path)}"
            message = f"the image {quote(image.name)} does not exist; {advice}"
            yield Finding(image.location.span, message)
