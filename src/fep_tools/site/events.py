"""How a build begins: its settings, what is read before anything is built, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TYPE_CHECKING

from sphinx.config import ENUM
from sphinx.util import logging

from .._cache import key
from ..catalog.urls import site_address
from ..repository import Repository
from . import assets, i18n, languages, outdated, pagefind
from .content import SHALLOW, SiteContent
from .domain import domain_of
from .progress import progress
from .project import PAGES, Sources
from .roles import roles_of
from .translation_files import load_translations, LoadedTranslations

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

DEFAULTS: dict[str, Any] = {
    "exclude_patterns": [".*", "README.rst", "build", "dist"],
    "html_domain_indices": False,
    "html_use_index": False,
    "include_patterns": ["*.rst", "docs/**"],
    "smartquotes": False,
}
"""What holds for a site whose ``conf.py`` does not say otherwise."""


class BuildEvents:
    """The handlers of Sphinx's first events, and what they hand on to each other."""

    repository: Repository
    pages: list[str]
    gathered: LoadedTranslations

    def __init__(self, app: Sphinx) -> None:
        self.app = app

    def connect(self) -> None:
        """Add the settings, and listen."""
        app = self.app
        app.add_config_value("fep_root", "", "", types=(str,))
        app.add_config_value("fep_process", "", "", types=(str,))
        app.add_config_value("fep_cache", "", "", types=(str,))
        app.add_config_value("fep_languages", [], "html", types=(list, tuple))
        app.add_config_value("fep_local_links", False, "html", types=(bool,))
        app.add_config_value("fep_only", 0, "env", types=(int,))
        app.add_config_value("fep_search", "sphinx", "html", types=ENUM("sphinx", "pagefind"))
        app.add_config_value("fep_made_with", "", "env", types=(str,))
        app.connect("config-inited", self.configure)
        app.connect("builder-inited", self.read)
        app.connect("builder-inited", assets.load)
        app.connect("env-get-outdated", outdated.spare)
        app.connect("env-before-read-docs", self.tell)
        app.connect("env-updated", self.remember)

    def configure(self, app: Sphinx, config: Config) -> None:
        """Open the repository, and set what its process and the author of conf.py leave open."""
        i18n.speak(config.language)
        if config.fep_search == pagefind.NAME:
            pagefind.must_be_there()
        root = Path(app.confdir, config.fep_root).resolve()
        cache = Path(config.fep_cache or app.doctreedir / "facts")
        self.repository = Repository.open(root, config.fep_process or None, cache)
        process = self.repository.process
        for name, value in {**DEFAULTS, "project": process.plural}.items():
            _set_if_open(config, name, value)
        _set_if_open(config, "html_title", config.project)
        self.gathered = load_translations(app, config)
        spoken = languages.chosen(config.fep_languages, config.language)
        config.html_baseurl = site_address(config.html_baseurl, "html_baseurl")
        if config.html_baseurl:
            config.html_baseurl += spoken.folder
        if config.fep_only:
            config.root_doc = process.slug(config.fep_only)
        config.fep_made_with = key(
            _tool(), i18n.digest(config.language), self.repository.process_text
        ).hex()

    def read(self, app: Sphinx) -> None:
        """Read every proposal, and let Sphinx find those that are published."""
        only = app.config.fep_only
        edition = SiteContent.read(self.repository, max(app.parallel, 1), only)
        done = progress(self.gathered.folders, frozenset(edition.pages.values()))
        edition = replace(edition, translated=done)
        domain_of(app.env).begin(edition, app.builder, self.gathered)
        # Sphinx looks there for roles whose name has no domain in front.
        app.env.get_domain("std").roles.update(roles_of(edition.process))
        hidden = [*edition.process.files.include, *_inside(app.srcdir, app.outdir)]
        added = {n: edition.root / p.path for n, p in edition.proposals.items()}
        own = app.srcdir.joinpath(f"{app.config.root_doc}.rst").is_file()
        if only:
            hidden, added = ["**"], {app.config.root_doc: added[app.config.root_doc]}
        elif not (own and app.config.include_patterns):
            added |= {page.stem: page for page in sorted(PAGES.glob("*.rst"))}
        app.project = Sources(app.project, added, hidden)
        app.env.project = app.project

    def tell(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Say which proposals are not in the site, and why."""
        self.pages = list(docnames)
        if doubt := domain_of(env).edition.doubt:
            kind = "shallow" if doubt == SHALLOW else "history"
            logger.warning("%s", doubt, type="fep", subtype=kind)
        for path, trouble in domain_of(env).edition.left_out.items():
            told = f"{trouble}; it is left out"
            logger.error(told, type="fep", subtype="left-out", location=f"{path}:1")

    def remember(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Note what the pages that were read are made from."""
        outdated.remember(env, self.pages)


def _set_if_open(config: Config, name: str, value: object) -> None:
    """Give a setting a value, unless the author of conf.py or the command has."""
    if name not in config.overrides and name not in config._raw_config:
        setattr(config, name, value)


def _inside(folder: Path, other: Path) -> Iterator[str]:
    """A pattern that hides *other*, if it is in *folder*."""
    if other.is_relative_to(folder):
        yield other.relative_to(folder).as_posix()


@cache
def _tool() -> str:
    """What this tool's modules say that have a part in pages; made with others, they differ."""
    package = Path(__file__).parent.parent
    folders = (
        package,
        *(
            package / name
            for name in (
                "catalog",
                "catalog/charts",
                "catalog/exports",
                "process",
                "proposals",
                "proposals/fields",
                "proposals/rst",
                "site",
            )
        ),
    )
    files = (path for folder in folders for path in sorted(folder.glob("*.py")))
    return key(*(path.read_bytes() for path in files)).hex()
