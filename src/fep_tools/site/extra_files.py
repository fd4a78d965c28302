"""Files beside the pages: static files, exports of the catalog, and the record of a build."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TYPE_CHECKING

from sphinx import package_dir
from sphinx.theming import Theme
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.template import BaseRenderer

from .._cache import key
from .._files import read_file
from ..catalog.changes import changes_file
from ..catalog.exports import atom, badges, header_json, ical, json_api, redirects, rss, sitemap
from ..catalog.urls import SiteUrls
from ..extensions.upgrade import ChangesFile
from ..proposals.page_files import PAGES_OF_SITE
from .content import SiteContent
from .page_files import sizes, write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

# Static files ----------------------------------------------------------------------------------

STATIC = Path(__file__).parent / "static"
"""Files that our nodes need under any theme."""

STYLES, SCRIPT = ("fep-index.css", "fep-nodes.css"), "fep-index.js"
"""The style sheets, of which our theme uses the first as well, and the script."""

THEME = Path(__file__).parent / "theme"
"""Our own theme, whose style sheet covers our nodes."""

SEARCH_SCRIPTS = ("doctools.js", "documentation_options.js*", "language_data.js*",
                  "searchtools.js", "sphinx_highlight.js")  # fmt: skip
"""The files of Sphinx's theme ``basic`` that the search page loads."""


def add_static_files(app: Sphinx) -> None:
    """Make pages load the styles and the script of our nodes, under a theme that is not ours."""
    theme: Theme | None = getattr(app.builder, "theme", None)
    if theme is not None and not is_own_theme(theme):
        for style in STYLES:
            app.add_css_file(style)
        app.add_js_file(SCRIPT, loading_method="defer")
        if app.builder.name != "fep":  # which copies them itself
            app.config.html_static_path = [*app.config.html_static_path, str(STATIC)]


def is_own_theme(theme: Theme) -> bool:
    """Return whether a theme is ours, or inherits from it."""
    return THEME in map(Path, theme.get_theme_dirs())


def copy_static_files(static: Path) -> None:
    """Copy the styles and the script of our nodes."""
    for name in (*STYLES, SCRIPT):
        write_if_changed(static / name, STATIC.joinpath(name).read_bytes())


def copy_search_scripts(
    theme: Theme, static: Path, context: dict[str, Any], renderer: BaseRenderer
) -> None:
    """Copy the scripts of Sphinx's search, unless *theme* inherits them from ``basic``."""
    basic = Path(package_dir, "themes", "basic")
    if basic in map(Path, theme.get_theme_dirs()):
        return
    for pattern in SEARCH_SCRIPTS:
        for source in sorted(basic.joinpath("static").glob(pattern)):
            copy_asset_file(source, static, context, renderer, force=True)


def theme_digest(theme: Theme) -> str:
    """Return a digest of the files of our nodes, of *theme*, and of those it inherits from."""
    directories = [STATIC, *map(Path, theme.get_theme_dirs())]
    files = sorted(
        path for directory in directories for path in directory.rglob("*") if path.is_file()
    )
    return key(*(path.read_bytes() for path in files)).hex()


# Exports ---------------------------------------------------------------------------------------

EXTENSIONS_FILE = f"{json_api.DIRECTORY}/extensions.json"
"""The newest report on extensions."""


def write_exports(
    content: SiteContent,
    urls: SiteUrls,
    pages: Mapping[str, tuple[str, Path]],
    *,
    outdir: Path,
    record: Path,
    build_digest: str,
    root_doc: str,
) -> Set[str]:
    """Write the exports that have changed, remove stale ones, and return the paths of all.

    Nothing is done where everything is as in the last build.

    :param pages: URL and file of each page, by its name. An export never replaces a page.
    :param outdir: The directory of the site.
    :param record: A file in which the last build is recorded.
    :param build_digest: A digest of the program and its settings.
    :param root_doc: The name of the index.
    """
    # A build without changes must not spend time on rendering every export.
    digest, recorded, recorded_sizes = _read_record(record)
    catalog_json = content.catalog.model_dump_json()
    page_urls = repr(sorted((name, url) for name, (url, _file) in pages.items()))
    own = _process_files(content, urls)
    parts = (build_digest, catalog_json, urls.base, repr(urls.pages), page_urls, repr(own))
    new_digest = key(*parts).hex()
    if new_digest == digest and sizes(outdir, recorded) == recorded_sizes:
        return frozenset(recorded)
    page_files = {file.relative_to(outdir).as_posix() for _url, file in pages.values()}
    written: set[str] = set()
    # One group after the other: those of 1,500 proposals have 22 MB together.
    groups: list[Callable[[], Mapping[str, bytes]]] = [
        *_exports(content, urls, pages, root_doc),
        partial(dict, own),
    ]
    for render in groups:
        taken = page_files | written
        group = {path: data for path, data in render().items() if path not in taken}
        written |= group.keys()
        # After an interruption, the next build writes all of them again.
        begun = json.dumps(["", sorted({*recorded, *written}), ""], indent=0)
        write_if_changed(record, begun.encode())
        for path, data in group.items():
            write_if_changed(outdir / path, data)
    for path in sorted(set(recorded) - written - page_files):
        remove(outdir / path)
    finished = [new_digest, sorted(written), sizes(outdir, written)]
    write_if_changed(record, json.dumps(finished, indent=0).encode())
    return written


def _process_files(content: SiteContent, urls: SiteUrls) -> dict[str, bytes]:
    """Return the files that the process defines, by path."""
    catalog, process = content.catalog, content.process
    published = [content.proposals[page] for page in content.pages.values()]

    def url_of(number: int) -> str:
        return (process.url.format(number) if "{0" in process.url else "") or urls.page(number)

    copied = {}
    for file in process.copied_files:
        data = read_file(content.root, file.from_)
        if isinstance(data, bytes):
            copied[file.to] = data
        elif not file.optional or os.path.lexists(content.root / file.from_):
            message = "%s %s, so %s is not published"
            values = (file.from_, data.message, file.to)
            logger.warning(message, *values, type="fep", subtype="copy")
    extensions = content.extensions
    return {
        **({EXTENSIONS_FILE: extensions.to_json().encode("ascii")} if extensions else {}),
        **rss.files(catalog, process, urls),
        **header_json.files(published, process, url_of),
        **copied,
    }


def _exports(
    content: SiteContent, urls: SiteUrls, pages: Mapping[str, tuple[str, Path]], root_doc: str
) -> list[Callable[[], Mapping[str, bytes]]]:
    """Return functions that render exports, by path; of two with one path, the first counts."""
    catalog, process = content.catalog, content.process
    page_urls = {name: url for name, (url, _file) in pages.items()}
    page_urls[""] = page_urls.get(root_doc, "")
    listed = sorted(pages.keys() - PAGES_OF_SITE)
    last_modified = {pages[name][0]: _last_modified(content, name) for name in listed}
    return [
        lambda: sitemap.files(last_modified, urls),
        lambda: ical.files(catalog, process, urls),
        lambda: badges.files(catalog, process),
        lambda: atom.files(catalog, process, urls),
        lambda: json_api.files(
            catalog, urls, _changes(content, urls), has_extensions=process.extensions is not None
        ),
        lambda: redirects.files(catalog, process, urls, page_urls),
    ]


def _changes(content: SiteContent, urls: SiteUrls) -> ChangesFile | None:
    """Return what the proposals declare; nothing for a community whose proposals do not."""
    titles = {entry.number: entry.title for entry in content.catalog.proposals}
    found = changes_file(content.proposals.values(), content.process, urls.page, titles)
    return found if found.changes else None


def _last_modified(content: SiteContent, page: str) -> datetime.date | None:
    entry = content.entry(page)
    return entry.changed if entry else None


def _read_record(record: Path) -> tuple[str, list[str], str]:
    """Return the digest, the paths and the sizes of the last export.

    They are empty for a damaged record.
    """
    try:
        digest, paths, recorded_sizes = json.loads(record.read_bytes())
        return str(digest), [str(path) for path in paths], str(recorded_sizes)
    except (OSError, ValueError, TypeError):
        return "", [], ""


# Files -----------------------------------------------------------------------------------------


def replace_names(directory: Path, names: Set[str], record: Path) -> None:
    """Remove the files of the last build from a directory, except those with one of *names*.

    Files that no build has written stay: a site can be built into a directory that has others.

    :param record: A file with the names of the last build; those of this one are written to it.
    """
    before = read_names(record)
    for name in sorted(before - names):
        if (path := directory / name).is_file():
            remove(path)
    if before != names:
        write_if_changed(record, json.dumps(sorted(names)).encode())


def read_names(record: Path) -> set[str]:
    """Return the names in a record; none if there is none, or if it is damaged."""
    try:
        return {str(name) for name in json.loads(record.read_bytes())}
    except (OSError, ValueError, TypeError):
        return set()


def remove(path: Path) -> None:
    """Remove a file, and its directory if nothing else is in it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()
