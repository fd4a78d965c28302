"""What the tables of contents of pages put into all other pages."""

from __future__ import annotations

import re

import pytest

from fep_tools.site import toctree

from .sites import proposal, SiteMaker

pytestmark = pytest.mark.slow

CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\nlanguage = 'fr'\n"
INDEX = "Ours\n====\n\n.. toctree::\n   :caption: {caption}\n\n   {title} <docs/a>\n"


@pytest.mark.parametrize("is_translated", [False, True])
def test_captions_and_titles_are_shortened_for_other_pages(
    make_site: SiteMaker, is_translated: bool
) -> None:
    """A page of 1 MB with such tables made 400 pages of 1 MB, also in a translation."""
    long = "w" * 2000
    index = INDEX.format(caption="Parts", title="A")
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Parts"\n'
    site = make_site(
        {7: proposal(7), "conf.py": CONF, "docs/a.rst": "A\n=\n", "index.rst": index}
        | ({"locales/fr/LC_MESSAGES/index.po": f'{po}msgstr "{long}"\n'} if is_translated else {})
    )
    if is_translated:  # of a page that is trusted
        process = site.root / "fep" / "process.toml"
        text = re.sub("handbook = .*", 'handbook = ["index.rst"]', process.read_text("utf-8"))
        process.write_text(text, "utf-8")
    else:
        site.write("index.rst", INDEX.format(caption=long, title=long))
    site.build()
    html = site.html("docs/a")
    assert "w" * (toctree.MAX_TITLE - 1) + "…" in html
    assert "w" * toctree.MAX_TITLE not in html


def test_too_many_captions_are_left_out(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toctree, "MAX_TABLE", 20)
    tables = INDEX.format(caption="Readers", title="First")
    tables += INDEX.format(caption="Writers of texts", title="A").partition("\n\n")[2]
    site = make_site(
        {7: proposal(7), "conf.py": CONF, "docs/a.rst": "Page A\n======\n", "index.rst": tables}
    )
    site.build()
    assert "Readers" in site.html("docs/a")
    assert "Writers" not in site.html("docs/a")
    message = "index.rst: WARNING: has too much text in its tables of contents; captions and titles"
    assert message in site.warnings
