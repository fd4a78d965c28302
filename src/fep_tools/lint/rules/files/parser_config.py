from .._api import Corpus, Finding, Findings, rule, Span


@rule("C007")
def parser_config(corpus: Corpus) -> Findings:
    """Configuration file changes how docutils reads proposals.

    docutils applies a ``docutils.conf`` before all other settings. It can make docutils read
    and write other files, and hide every warning. This tool ignores the file, but other
    programs do not. Remove it.

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
            message = "docutils applies this file whenever it reads proposals; remove it"
            yield Finding(Span(), message, path=path)
