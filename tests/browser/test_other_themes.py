"""Our nodes under themes that many projects use: they are styled, fit, and break nothing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from playwright.sync_api import BrowserContext, Page

from ..history.repositories import Made
from ..site.sites import proposal, ROOT, Site
from .conftest import served

pytestmark = pytest.mark.browser

INDEX = "Ours\n====\n\n.. fep-picture:: relations\n\n.. fep-index::\n"
STYLES = {
    ".fep-status": ("border-top-left-radius", "0px"),
    "ul.fep-groups": ("display", "block"),
    "form.fep-filter": ("display", "block"),
    ".fep-sortable th > button": ("cursor", "default"),
    ".fep-picture": ("overflow-x", "visible"),
    ".fep-question": ("font-weight", "400"),
}
"""Elements of the first page: a property of each, and the value that it has without a style."""


@pytest.fixture(scope="module", params=["furo", "pydata_sphinx_theme"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a small site with a theme, in the place of this repository's."""
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    directory = tmp_path_factory.mktemp(request.param)
    made = Site(directory / "repository", directory / "output", directory / "cache")
    made.write("fep/process.toml", (ROOT / "fep" / "process.toml").read_bytes())
    made.write("conf.py", f'extensions = ["fep_tools.site"]\nhtml_theme = "{request.param}"\n')
    made.write("index.rst", INDEX)
    git = Made(made.root)
    texts = {number: proposal(number, f"Views {number}") for number in range(10, 24)}
    texts[11] = proposal(11, "Blueprints", Status="Accepted", Requires="10")
    git.commit({f"proposals/fep-{number:04}.rst": text for number, text in texts.items()})
    made.build()
    yield from served(made.output)


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test if a script did; a theme may warn about its own settings."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    # There is no favicon, and pydata reports that no scheme was chosen yet.
    known = ("404 (", "Got invalid theme mode")
    assert [text for text in errors if not any(part in text for part in known)] == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["", "fep-0011/", "status/draft/"])
def test_pages_fit(page: Page, site: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}{path}", wait_until="networkidle")
    assert page.locator(".fep-status").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nodes_are_styled(page: Page, site: str) -> None:
    page.goto(site, wait_until="networkidle")
    for selector, (name, unstyled) in STYLES.items():
        get = "(element, name) => getComputedStyle(element).getPropertyValue(name)"
        assert page.locator(selector).first.evaluate(get, name) != unstyled, selector
