"""Sphinx's own search, with the addresses of this site."""

from __future__ import annotations

from typing import Any, IO, TYPE_CHECKING

from sphinx.search import js_index

from .i18n import _

if TYPE_CHECKING:
    from .builder import SiteBuilder


class ProposalSearch:
    """The format of the index: Sphinx's, with addresses in place of the names of documents.

    The script of the search page makes addresses of names as Sphinx's builders do, which is
    not how ours are made; to an address it adds nothing.
    """

    def __init__(self, builder: SiteBuilder) -> None:
        self.builder = builder

    def dump(self, data: dict[str, Any], file: IO[str]) -> None:
        """Write the index, without the words that only pages had which are gone."""
        words = {part: _in_use(data[part]) for part in ("terms", "titleterms")}
        addresses = [self._address(name) for name in data["docnames"]]
        js_index.dump({**data, **words, "docnames": addresses}, file)

    def load(self, file: IO[str]) -> dict[str, Any]:
        """Read what :meth:`dump` wrote."""
        data = js_index.load(file)
        names = {self._address(name): name for name in self.builder.env.found_docs}
        known = [names.get(address, address) for address in data["docnames"]]
        return {**data, "docnames": known}

    def _address(self, name: str) -> str:
        return self.builder.get_target_uri(name) or "./"


def words() -> dict[str, object]:
    """What the script of pagefind's search page says."""
    return {
        "all": _("All"),
        "found": _("Pages found: {count}"),
        "more": _("More"),
        "names": {"status": _("Status"), "topic": _("Topic"), "type": _("Type")},
        "none": _("No page has these words."),
    }


def _in_use(words: dict[str, Any]) -> dict[str, Any]:
    return {word: pages for word, pages in words.items() if pages != []}
