"""Parse a body with docutils, and collect its facts.

Nothing is included, fetched, executed or configured from outside (see docs/security.rst,
*sec-markup*). Docutils is a library for trusted text, and some texts make it loop, recurse or
fail: :mod:`fep_tools.proposals.pool` calls this in another process.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from docutils import frontend, utils
from docutils.parsers.rst import Parser
from docutils.readers.standalone import Reader

from ..body import Body, IncludedFile, MARKDOWN_MISSING, unparsable
from ..vocabulary import Vocabulary
from .checking import CheckingBackEnd
from .collector import FactCollector
from .lookup import allowed_only
from .traversal import watched
from .tree import collect_facts, tree_depth, tree_length

DOCUTILS_SETTINGS: dict[str, Any] = {
    # Do not read docutils.conf from the current directory or the home directory.
    "_disable_config": True,
    # No include, no csv-table with a file, no raw HTML.
    "file_insertion_enabled": False,
    "raw_enabled": False,
    # Never stop, and print nothing: messages go to an observer.
    "halt_level": 5,
    "report_level": 5,
    "warning_stream": "",
    # Longer lines are refused; some regular expressions take quadratic time.
    "line_length_limit": 5000,
    # Keep titles and field lists where they are.
    "doctitle_xform": False,
    "docinfo_xform": False,
    "sectsubtitle_xform": False,
    # No Pygments, and quotes as they are.
    "syntax_highlight": "none",
    "smart_quotes": False,
    "input_encoding": "utf-8",
}

MAX_DEPTH = 60
"""How many nodes may be inside each other; the deepest of the PEPs has 16 levels.

Sphinx walks trees with recursive functions, which would fail on deeper ones.
"""

MAX_LENGTH: Final = 4_000_000
"""How many characters a tree may have; the longest of the PEPs has 118,000.

Substitutions and links with names write long text in few characters: 40 KB made a page of 57 MB.
"""

TOO_LONG = f"has more than {MAX_LENGTH:,} characters, with what substitutions and links repeat"


def parse_body(text: str, vocabulary: Vocabulary, files: Iterable[IncludedFile] = ()) -> Body:
    """Return the facts of a body.

    :param text: The text of a proposal, with its header lines emptied.
    :param files: The files that it includes.
    :raises RecursionError: It is nested deeper than :data:`MAX_DEPTH`.
    :raises Exception: Docutils fails on it.
    """
    collector = FactCollector(text, vocabulary, files)
    back_end = CheckingBackEnd(collector)
    with allowed_only(back_end):
        document = utils.new_document("<body>", _settings())
        document.reporter.attach_observer(collector.on_message)
        if vocabulary.markup == "markdown":
            from .myst import parse_markdown  # not at the top: it is an extra

            parse_markdown(text, document, back_end)
        else:
            Parser().parse(text, document)
        if tree_depth(document) > MAX_DEPTH:
            raise RecursionError
        with watched(document):
            # Before the transforms, which replace references by what they refer to.
            collect_facts(document, collector)
            document.transformer.populate_from_components((Reader(), Parser()))
            document.transformer.apply_transforms()
            if tree_length(document) > MAX_LENGTH:
                return unparsable(TOO_LONG)
            return collector.build_body(document)


def parse_body_safely(
    text: str, vocabulary: Vocabulary, files: Iterable[IncludedFile] = ()
) -> Body:
    """Return the facts of a body; a failure of docutils is a problem of the text.

    Time and memory are limited by the caller.
    """
    try:
        return parse_body(text, vocabulary, files)
    except RecursionError:
        return unparsable("is nested too deeply to parse")
    except MemoryError:
        return unparsable("needs too much memory to parse")
    except ModuleNotFoundError:
        return unparsable(MARKDOWN_MISSING)
    except Exception:
        return unparsable("cannot be parsed: docutils fails on it")


@cache
def _settings() -> Any:
    settings = frontend.get_default_settings(Parser, Reader)
    for name, value in DOCUTILS_SETTINGS.items():
        setattr(settings, name, value)
    return settings
