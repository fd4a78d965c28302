"""Bodies as docutils reads them: the only room beside ``site/`` that imports docutils.

Nothing is included, fetched, executed or configured from outside (SEC-A1). What a proposal
may say is listed in :mod:`fep_tools.proposals.rst.allowlist`; whatever is not there is a
fact for a rule.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from docutils import frontend, utils
from docutils.parsers.rst import Parser
from docutils.readers.standalone import Reader

from ..body import Body, unparsable, Vocabulary
from .collector import FactCollector
from .registry import only_allowed
from .tree import collect_facts, depth

DOCUTILS_SETTINGS: dict[str, Any] = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "halt_level": 5,
    "report_level": 5,
    "line_length_limit": 5000,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "sectsubtitle_xform": False,
    "syntax_highlight": "none",
    "smart_quotes": False,
    "warning_stream": "",
    "input_encoding": "utf-8",
}
"""What docutils is told, wherever this project calls it."""


MAX_DEPTH = 60
"""Levels of nodes within nodes; the deepest of the PEPs has 16."""


def parse_body(text: str, vocabulary: Vocabulary) -> Body:
    """The facts of *text*, a proposal with its header lines emptied.

    Whatever docutils does to itself is for the caller, which runs this apart. Raises
    :class:`RecursionError` for what is nested deeper than the site could bear.
    """
    seen = FactCollector(text, vocabulary)
    with only_allowed(seen):
        document = utils.new_document("<body>", _settings())
        document.reporter.attach_observer(seen.on_message)
        Parser().parse(text, document)
        if depth(document) > MAX_DEPTH:
            raise RecursionError
        facts = collect_facts(document, seen.locator, vocabulary)
        document.transformer.populate_from_components((Reader(), Parser()))
        document.transformer.apply_transforms()
    return seen.build_body(document, facts)


def parse_body_safely(text: str, vocabulary: Vocabulary) -> Body:
    """As :func:`load`; a text that docutils cannot bear is a fact about that text (SEC-D4)."""
    try:
        return parse_body(text, vocabulary)
    except RecursionError:
        return unparsable("is nested too deeply to parse")
    except MemoryError:
        return unparsable("needs too much memory to parse")
    except Exception as problem:  # whatever docutils raises is about this text alone
        return unparsable(f"cannot be parsed: docutils raises {type(problem).__name__}")


@cache
def _settings() -> Any:
    settings = frontend.get_default_settings(Parser, Reader)
    for name, value in DOCUTILS_SETTINGS.items():
        setattr(settings, name, value)
    return settings
