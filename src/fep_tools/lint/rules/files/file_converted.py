from .._api import Corpus, Finding, Findings, rule, Span


@rule("C018")
def file_converted(corpus: Corpus) -> Findings:
    """Git is configured to convert the encoding of files.

    With ``working-tree-encoding``, the checked files differ from those in the repository. A
    text could be valid in one place and invalid in the other, and every comparison of the two
    would fail. Remove the attribute.

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
            message = "git converts the encoding of files here; remove working-tree-encoding"
            yield Finding(Span(), message, path=path)
