"""The French edition: no English label, and English texts marked as such."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fep_tools.site.i18n import LOCALE, messages
from fep_tools.site.languages import Classifier, mark_svg

from ..history.repositories import Made
from .sites import proposal, ROOT, Site, SiteMaker

LABELS = {*"h1 h2 h3 h4 h5 h6 dt th summary label button legend caption option a".split()}  # noqa: SIM905
VOID = {*"br hr img input link meta col source wbr area".split()}  # noqa: SIM905
INDEX = """\
FEPs
====

An English page.

.. fep-index::

.. toctree::
   :caption: Readers

   docs/guide
"""


class Texts(HTMLParser):
    """The texts of a page, each with the elements around it and its language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = [("", "")]
        self.found: list[tuple[str, str, frozenset[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            language = dict(attrs).get("lang") or self.stack[-1][1]
            self.stack.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        if tag in {open_tag for open_tag, _language in self.stack}:
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tags = frozenset(tag for tag, _language in self.stack)
        if not tags & {"script", "style", "title", "svg", "math", "pre"}:
            self.found.append((" ".join(data.split()), self.stack[-1][1], tags))


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    guide = "Guide\n=====\n\nRead this.\n\nMore\n----\n\nEnglish words.\n"
    french = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Goals"\nmsgstr "Objectifs"\n\nmsgid "Views may be typed."\n'
        'msgstr "Les vues peuvent être typées."\n'
    )
    body = "Abstract\n========\n\nViews are typed.\n\nGoals\n=====\n\nViews may be typed.\n"
    site = make_site(
        {
            "conf.py": 'extensions = ["fep_tools.site"]\nhtml_theme = "fep"\n'
            'fep_languages = ["en", "fr"]\n',
            "index.rst": INDEX,
            "docs/guide.rst": guide,
            "locales/fr/LC_MESSAGES/fep-0010.po": french,
        }
    )
    git = Made(site.root)
    for status in ("Draft", "Accepted", "Final"):
        text = proposal(10, "Typed views", body=f"{body}\nIt is {status}.\n", Status=status)
        git.commit({"proposals/fep-0010.rst": text})
    git.commit({"proposals/fep-0011.rst": proposal(11, "Others", Requires="10")})
    site.build()
    return site


def pages(site: Site) -> list[Path]:
    return sorted(site.output.joinpath("fr").rglob("*.html"))


def test_every_message_is_translated() -> None:
    text = LOCALE.joinpath("fr", "LC_MESSAGES", "fep_tools.po").read_text("utf-8")
    assert "fuzzy" not in text
    template = LOCALE.joinpath("fep_tools.pot").read_text("utf-8")
    assert text.count("\nmsgid ") == template.count("\nmsgid ")
    assert not re.search(r'msgstr(\[\d\])? ""\n(?!")', text)


def test_texts_in_charts_are_marked(site: Site) -> None:
    french, english = site.html("fr/fep-0011"), site.html("fep-0011")
    assert re.search(r'<text [^>]*lang="en">Draft</text>', french)
    assert not re.search(r"<text (?![^>]*lang=)[^>]*>Draft</text>", french)
    assert "lang=" not in "".join(re.findall("<text [^>]*>", english))


def test_an_own_text_in_a_chart_is_not_marked() -> None:
    chart = '<text x="1">Nouvelle</text><text x="2">A &amp; B</text>'
    marked = mark_svg(chart, "en", lambda text: text == "A & B")
    assert marked == '<text x="1">Nouvelle</text><text x="2" lang="en">A &amp; B</text>'


def test_labels_in_french_pages_are_french_or_marked(site: Site) -> None:
    """A text that the English page has as well is either marked, or the same in both languages."""
    same = {m for m in messages("fr") if m in (ROOT / "src/fep_tools/site/locale/fep_tools.pot")
            .read_text("utf-8")}  # fmt: skip
    unmarked: set[str] = set()
    for path in pages(site):
        english = site.output / path.relative_to(site.output / "fr")
        if not english.is_file():
            continue
        known = {text for text, _language, _tags in Texts(english.read_text("utf-8")).found}
        for text, language, tags in Texts(path.read_text("utf-8")).found:
            is_label = bool(tags & LABELS) and bool(re.search(r"[^\W\d_]{3}", text))
            is_name = text in {"FEP", "BibTeX", "CSL JSON", "JSON"}
            is_same = text not in known or text in same
            if is_label and language == "fr" and not (is_name or is_same):
                unmarked.add(f"{path.relative_to(site.output)}: {text}")
    assert unmarked == set()


def language_of(site: Site, page: str, text: str) -> set[str]:
    found = Texts(site.html(page)).found
    return {language for part, language, _tags in found if part == text}


@pytest.mark.parametrize(
    ("page", "text", "language"),
    [
        ("fr/fep-0010", "Abstract", "en"),
        ("fr/fep-0010", "Objectifs", "fr"),
        ("fr/fep-0010", "Views are typed.", "en"),
        ("fr/fep-0010", "Les vues peuvent être typées.", "fr"),
        ("fr/fep-0010", "Created", "en"),
        ("fr/fep-0010", "Suivante :", "fr"),
        ("fr/fep-0010", "Historique", "fr"),
        ("fr/fep-0010", "Final", "en"),
        ("fr/docs/guide", "Read this.", "en"),
        ("fr/docs/guide", "Guide", "en"),
        ("fr", "An English page.", "en"),
        ("fr", "Titre", "fr"),
        ("fr/fep-0010/changes", "Goals", "en"),
    ],
)
def test_languages(site: Site, page: str, text: str, language: str) -> None:
    assert language_of(site, page, text) == {language}


def test_pages_in_the_language_of_the_sources_have_no_marks(site: Site) -> None:
    marks = re.findall(r' lang="(\w+)"', site.html("fep-0010"))
    assert sorted(marks) == ["en", "fr"]  # of the page, and of the link to the other edition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Statut", False),
        ("FEP", False),
        ("12", False),
        ("28 juin 2011", False),
        ("3 jours", False),
        ("Suivante\u202f:", False),
        ("Status", True),
        ("Blueprints", True),
    ],
)
def test_what_is_foreign(text: str, expected: bool) -> None:
    own = frozenset({"Statut", "{count:,} jours", "{a}, {b}", "Suivante\u202f: "})
    assert Classifier(own, frozenset({"FEP"})).is_foreign(text) is expected


def test_a_text_that_repeats_the_words_of_a_message_takes_linear_time() -> None:
    message = "{a} of {b}, in {c}. Since {d}: {e} times."
    text = " of x, in y. Since z: " * 2000
    classifier = Classifier(frozenset({message}), frozenset())
    assert classifier.is_foreign(text)
    assert not classifier.is_foreign(f"{text} times.")
