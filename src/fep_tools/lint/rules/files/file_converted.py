from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....proposals.model import Corpus
from ...rule import rule


@rule("C018")
def file_converted(corpus: Corpus) -> Iterator[Finding]:
    """Git is told to write other bytes into a checkout than were committed.

    With ``working-tree-encoding`` what is checked is not what is in the repository: a text
    could be sound in one and not in the other, and every comparison of the two would fail.

    Bad::

        # proposals/.gitattributes
        *.rst text working-tree-encoding=UTF-16

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    for path in corpus.interfering_files:
        if path.endswith(".gitattributes"):
            message = "git changes the encoding of files here; remove working-tree-encoding"
            yield Finding(Span(), message, path=path)
