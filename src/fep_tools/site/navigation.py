"""Navigation: the menus, the way from the index to a page, and what can be done with its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes

from ..proposals.fields import is_url
from ..proposals.rst.allowlist import link_problem
from .content import SiteContent
from .i18n import _

Pages = dict[str, str]
"""The titles of pages by their names."""


@dataclass(frozen=True)
class Menu:
    """An entry of the bar: the lists of proposals, a part of the handbook, or a page by itself.

    :param title: Empty for pages that are in the bar themselves.
    """

    title: str
    pages: Pages


@dataclass(frozen=True)
class Navigation:
    """The menus of a site.

    :param lists: The lists of proposals.
    :param parts: The parts of the handbook: the tables of contents of the index, which have a
        caption for each kind of reader.
    """

    lists: Menu
    parts: tuple[Menu, ...]

    @property
    def handbook(self) -> tuple[Menu, ...]:
        """The parts that have a title; they share one menu if there are several."""
        return tuple(part for part in self.parts if part.title)

    def part_of(self, page: str) -> Menu | None:
        """Return the part of the handbook that a page is in."""
        return next((part for part in self.handbook if page in part.pages), None)

    def template_context(self) -> dict[str, object]:
        """Return what the template of each page gets, as values that any builder can store."""
        handbook = [(part.title, part.pages) for part in self.handbook]
        shared = [(_("Handbook"), handbook)] if len(handbook) > 1 else []
        single = [] if shared else [(title, [("", pages)]) for title, pages in handbook]
        lists = [(self.lists.title, [("", self.lists.pages)])] * bool(self.lists.pages)
        untitled = [part.pages for part in self.parts if not part.title]
        return {
            "fep_menus": [*lists, *shared, *single],
            "fep_links": dict(page for pages in untitled for page in pages.items()),
            "fep_handbook": handbook,
        }


def read_navigation(
    content: SiteContent, toc: nodes.Node, titles: dict[str, nodes.title]
) -> Navigation:
    """Return the navigation of a site.

    :param toc: The table of contents of the index.
    :param titles: The title of each page.
    """
    parts = (
        Menu(
            tree.get("caption") or "",
            {
                page: title or titles[page].astext()
                for title, page in tree["entries"]
                if page in titles
            },
        )
        for tree in toc.findall(addnodes.toctree)
    )
    return Navigation(Menu(_("Proposals"), content.menu), tuple(parts))


def find_trail(
    page: str, title: str, navigation: Navigation, content: SiteContent, root_doc: str
) -> list[tuple[str, str]]:
    """Return the way from the index to a page, as titles with names of pages or nothing."""
    if page == root_doc:
        return []
    trail = [(_("Index"), root_doc)]
    entry = content.entry(page)
    list_page, _slash, value = page.partition("/")
    if entry is not None:
        if entry.status and (group := content.group_page("status", entry.status)):
            trail.append((entry.status, group))
        return [*trail, (content.process.label(entry.numeral), "")]
    if page in content.menu:
        title = content.menu[page]
    elif value and list_page in content.menu:
        trail.append((content.menu[list_page], list_page))
        title = title.rpartition(": ")[2]  # "Final" of "Status: Final"
    elif part := navigation.part_of(page):
        trail.append((part.title, ""))
    return [*trail, (title, "")]


def find_actions(page: str, path: str, content: SiteContent) -> Iterator[tuple[str, str]]:
    """Yield labels and URLs of what readers can do with a page.

    :param path: The file that the page was read from, in the repository.
    """
    entry, hosting = content.entry(page), content.process.repository
    links = [(_("Discuss"), entry.discussion if entry else None)]
    if path and hosting:
        links.append((_("Edit"), hosting.url_for_editing(path)))
    yield from (
        (label, url) for label, url in links if url and is_url(url) and not link_problem(url)
    )


def url_of_lines(page: str, content: SiteContent) -> str:
    """Return the URL of the lines of a proposal, with ``{first}`` and ``{last}``.

    The commit is the last one that changed the file, so the lines are those of the page, and
    other commits do not change it.
    """
    entry, hosting = content.entry(page), content.process.repository
    if entry is None or hosting is None or not entry.changed_in:
        return ""
    url = hosting.template_of_lines(entry.path, entry.changed_in)
    return "" if link_problem(url) else url
