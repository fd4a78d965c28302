"""Which files are documents by the ends of their names, and that our parser reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..process.model import Process
from ..proposals.page_files import page_suffixes
from .page_texts import text_suffixes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_OURS = "restructuredtext"
"""The kind of file for which our parser is registered; it reads Markdown, too."""


def add_suffixes(app: Sphinx, config: Config, process: Process) -> tuple[str, ...]:
    """Add the suffixes of proposals and their pages; return those of all other documents.

    A proposal in a ``.txt`` file is a document, but no other file of that kind is.
    """
    if isinstance(config.source_suffix, (str, list, tuple)):
        suffixes = config.source_suffix
        names = (suffixes,) if isinstance(suffixes, str) else suffixes
        config.source_suffix = dict.fromkeys(names, _OURS)
    # Those of extensions, such as ".md" of MyST-Parser, are not in the configuration yet.
    added = app.registry.source_suffix if config.fep_restricted else ()
    others = tuple(dict.fromkeys((*config.source_suffix, *added)))
    shown = {*text_suffixes(process), *page_suffixes(process)}
    missing = sorted(shown.difference(config.source_suffix))
    # A new dictionary: the old one may be the default, for the next build of this process, too.
    config.source_suffix = config.source_suffix | dict.fromkeys(missing, _OURS)
    return others


def keep_parser(config: Config, process: Process) -> None:
    """Parse documents with our parser, and not with that of an extension for the same files.

    That of MyST-Parser would let a page in Markdown read files.
    """
    names = (*page_suffixes(process), ".rst")
    config.source_suffix = config.source_suffix | dict.fromkeys(names, _OURS)
