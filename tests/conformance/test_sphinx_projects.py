"""Nothing is lost in a community's own Sphinx project that adds our extension.

The projects are cloned from a directory that FEP_COMMUNITIES names; their settings are reduced to
what Sphinx itself has.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.site.projects import sphinx_build

COMMUNITIES = os.environ.get("FEP_COMMUNITIES", "")

SLEP_CONF = (
    "extensions = ['sphinx.ext.extlinks']\ndefault_role = 'literal'\nextlinks = {\n"
    "    'issue': ('https://e.org/issues/%s', '#%s'),\n"
    "    'pr': ('https://e.org/pull/%s', '#%s'),\n"
    "    'user': ('https://e.org/%s', '@%s'),\n}\n"
)
PROJECTS = {"nep": ("doc/neps", "root_doc = 'content'\n"), "slep": ("", SLEP_CONF)}


class Words(HTMLParser):
    """The words that a page shows."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()
        self._hidden = 0
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.count.update(data.split())


@pytest.mark.slow
@pytest.mark.parametrize("name", PROJECTS)
def test_no_word_is_lost(name: str, tmp_path: Path) -> None:
    source = Path(COMMUNITIES, name)
    if not COMMUNITIES or not source.is_dir():
        pytest.skip(f"FEP_COMMUNITIES does not name a directory with a clone {name}")
    directory, conf = PROJECTS[name]
    root = tmp_path / "project"
    clone = ["clone", "--quiet", "--shared", "--no-checkout", str(source), str(root)]
    for command in (
        clone,
        ["-C", str(root), "sparse-checkout", "set", "--no-cone", f"/{directory}*"],
        ["-C", str(root), "checkout", "--quiet"],
    ):
        subprocess.run(["git", *command], check=True)
    project = root / directory
    conf += "project = 'Proposals'\nhtml_theme = 'alabaster'\nhtml_last_updated_fmt = ''\n"
    project.joinpath("conf.py").write_text(conf, "utf-8")
    plain = sphinx_build(project, tmp_path / "plain/html", jobs=2)
    up = os.path.relpath(root, project)
    project.joinpath("conf.py").write_text(
        f"{conf}fep_process = '{name}'\nfep_root = '{up}'\n"
        "extensions = [*globals().get('extensions', ()), 'fep_tools.site']\n",
        "utf-8",
    )
    ours = sphinx_build(project, tmp_path / "ours/html", jobs=2)
    assert sorted(ours.splitlines()) == sorted(plain.splitlines())
    pages = sorted(tmp_path.glob("plain/html/**/*.html"))
    lost = {}
    for page in pages:
        built = tmp_path / "ours/html" / page.relative_to(tmp_path / "plain/html")
        if missing := Words(page).count - Words(built).count:
            lost[page.name] = missing
    assert (len(pages) > 20, lost) == (True, {})
