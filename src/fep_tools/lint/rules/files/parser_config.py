from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....proposals.model import Corpus
from ...rule import rule


@rule("C007")
def parser_config(corpus: Corpus) -> Iterator[Finding]:
    """A file beside the proposals changes how docutils reads them.

    Docutils obeys such a file before everything else: it may read and write other files,
    and silence every warning. This tool does not look into it, but others do.

    Bad::

        # docutils.conf
        [general]
        file_insertion_enabled: yes

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    for path in corpus.interfering_files:
        if path.endswith(".conf"):
            message = "docutils obeys this file wherever it reads proposals; remove it"
            yield Finding(Span(), message, path=path)
