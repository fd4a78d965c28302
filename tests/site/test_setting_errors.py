"""What a project with a ``conf.py`` of its own hears about settings that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.errors import ConfigError

from .projects import sphinx_build
from .sites import proposal, SiteMaker


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("", "there is no fep/process.toml; set fep_root to the root of the repository"),
        ("fep_root = '../nowhere'", "nowhere: not a directory"),
        ("fep_process = 'pepp'", "there is no process pepp; did you mean pep?"),
        ("fep_process = 'pep'\nhtml_baseurl = 'a'", 'html_baseurl "a" is not the URL of a site'),
    ],
)
def test_a_setting_is_no_bug_of_the_extension(setting: str, message: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    docs.joinpath("conf.py").write_text(f"extensions = ['fep_tools.site']\n{setting}\n", "utf-8")
    docs.joinpath("index.rst").write_text("Docs\n====\n", "utf-8")
    with pytest.raises(ConfigError, match=r"fep_tools\.site: ") as caught:
        sphinx_build(docs, tmp_path / "out")
    assert message in str(caught.value)
    assert "--root" not in str(caught.value)


@pytest.mark.parametrize("name", ["sphinx.po", "sphinx.mo"])
def test_labels_that_sphinx_has_loaded_are_refused(
    make_site: SiteMaker, tmp_path: Path, name: str
) -> None:
    conf = "extensions = ['fep_tools.site']\nlanguage = 'fr'\nfep_restricted = True\n"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "Ours\n====\n"})
    site.write(f"locales/fr/LC_MESSAGES/{name}", "")
    with pytest.raises(ConfigError, match="sphinx-build writes its labels into pages as they are"):
        sphinx_build(site.root, tmp_path / "out")
    site.build()


@pytest.mark.parametrize("builder", ["", "dirhtml"])
@pytest.mark.parametrize(
    ("setting", "template"),
    [
        ("html_use_index = True", "genindex.html"),
        ("html_use_opensearch = 'https://example.org'", "opensearch.xml"),
    ],
)
def test_what_the_theme_has_no_template_for_is_left_out(
    make_site: SiteMaker, builder: str, setting: str, template: str
) -> None:
    """Sphinx ended the build at the last page with ``TemplateNotFound``."""
    conf = (
        f"extensions = ['fep_tools.site']\nhtml_theme = 'fep'\nfep_restricted = True\n{setting}\n"
    )
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "Ours\n====\n"})
    site.build(builder=builder)
    name = setting.partition(" ")[0]
    assert f"{name} is left out: the theme fep has no {template}" in site.warnings
    assert site.page("fep-0007").text


def test_other_themes_have_an_index(make_site: SiteMaker) -> None:
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'alabaster'\nhtml_use_index = True\n"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "Ours\n====\n"})
    site.build(builder="html")
    assert "left out" not in site.warnings
    assert site.output.joinpath("genindex.html").is_file()
