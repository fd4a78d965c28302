"""The site in other languages: its own messages, and translations of proposals."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from fep_tools.errors import FepError
from fep_tools.site import i18n

from .sites import proposal, Reader, ROOT, Site, SiteMaker

pytestmark = pytest.mark.slow

TEMPLATE = i18n.LOCALE / f"{i18n.DOMAIN}.pot"
LANGUAGES = sorted(path.parent.parent.name for path in i18n.LOCALE.glob("*/LC_MESSAGES/*.po"))
CONF = 'html_theme = "fep"\nlanguage = "{}"\n'
FILES = {
    1: proposal(1, "First", Status="Active", Type="Process", Topic="Core"),
    2: proposal(2, "Second", Requires="1", body="Abstract\n========\n\nSee :fep:`1`.\n"),
}


def texts(message: Message) -> tuple[list[str], list[str]]:
    """A message and what stands for it, each with its plural forms."""
    ids, strings = message.id, message.string
    return (
        [ids] if isinstance(ids, str) else list(ids),
        [strings] if isinstance(strings, str) else list(strings or ()),
    )


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def own(catalog: Catalog) -> dict[object, Message]:
    return {message.id: message for message in catalog if message.id}


# The catalogue -------------------------------------------------------------------------------


def test_the_template_has_every_message(tmp_path: Path) -> None:
    """After a change of messages, run ``make messages``."""
    extracted = tmp_path / "messages.pot"
    arguments = ["--quiet", "extract", f"--mapping-file={ROOT / 'pyproject.toml'}"]
    sources = str(ROOT / "src" / "fep_tools")
    CommandLineInterface().run(["pybabel", *arguments, f"--output-file={extracted}", sources])  # type: ignore[no-untyped-call]
    assert own(read(TEMPLATE)).keys() == own(read(extracted)).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete(language: str) -> None:
    path = i18n.catalog_path(language)
    assert path is not None
    messages = own(read(path))
    assert messages.keys() == own(read(TEMPLATE)).keys()
    for message in messages.values():
        assert not message.fuzzy
        assert all(texts(message)[1]), f"{message.id!r} is not translated"


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_placeholders(language: str) -> None:
    """A missing placeholder loses a value, and an unknown one stops the build."""
    path = i18n.catalog_path(language)
    assert path is not None
    for message in own(read(path)).values():
        ids, strings = texts(message)
        for string in strings:
            assert placeholders(string) in map(placeholders, ids), message.id


def test_french_typography() -> None:
    path = i18n.catalog_path("fr")
    assert path is not None
    for message in own(read(path)).values():
        for string in texts(message)[1]:
            shown = re.sub(r"\{(\w+):,\}", r"{\1}", string)
            assert not re.search(r" [:;!?»]|« |[^\u202f][;!?]|'|[a-z}]:", shown), string


def test_a_regional_language_uses_its_base_language() -> None:
    assert i18n.catalog_path("fr_CA") == i18n.catalog_path("fr")
    assert i18n.catalog_path("xx") is None


# The site ------------------------------------------------------------------------------------


@pytest.fixture
def french(make_site: SiteMaker) -> Site:
    site = make_site(FILES | {"conf.py": CONF.format("fr")})
    site.build()
    return site


def page_warnings(site: Site) -> list[str]:
    """Return the warnings that are not about headers, of which the examples lack some."""
    return [line for line in site.warnings.splitlines() if "[fep.H" not in line]


def test_a_site_in_french(french: Site) -> None:
    page = french.page("fep-0002")
    assert page.all("html")[0]["lang"] == "fr"
    assert "Aller au contenu" in page.text
    assert "À propos de cette FEP" in page.text
    assert "Précédente :" in page.text
    assert "Sur cette page" in page.text
    assert "Flask Enhancement Proposals par statut" in french.page("status").text
    assert "Quartiles du nombre de jours" in french.page("figures").text
    assert not page_warnings(french)


def test_texts_of_the_source_are_not_translated(french: Site) -> None:
    page = french.page("fep-0002")
    for word in ("Draft", "Process", "Author", "FEP 2: Second"):
        assert word in page.text


def test_changing_the_language_rewrites_everything(french: Site) -> None:
    """Nothing of the first language is left."""
    french.write("conf.py", CONF.format("en"))
    french.build()
    at_once = french.with_output("english")
    at_once.build()
    different = french.files().items() ^ at_once.files().items()
    assert all(name.startswith("_static/") for name, _data in different)  # which Sphinx leaves


def test_plural_forms(french: Site) -> None:
    assert '"2 propositions"' in french.html(".")
    assert '"1 proposition"' in french.html("status/active")


# Proposals -----------------------------------------------------------------------------------

BODY = """\
Abstract
========

See Motivation_ and :fep:`1`.

It stays as it is.

Motivation
==========

Views should have ``types``.
"""
TRANSLATED = {
    "Abstract": "Résumé",
    "See Motivation_ and :fep:`1`.": "Voir la Motivation_ et la :fep:`1`.",
    "Motivation": "Raisons d'être",
    "Views should have ``types``.": "Les vues devraient avoir des ``types``.",
}


def of_translator(messages: dict[str, str], *, day: str = "2030-01-01 12:00+0000") -> str:
    """The file of a translator; what begins with a ``?`` is in doubt."""
    head = f'msgid ""\nmsgstr ""\n"POT-Creation-Date: {day}\\n"\n'
    rows = (
        ("#, fuzzy\n" if text.startswith("?") else "")
        + f'msgid "{message}"\nmsgstr "{text.removeprefix("?")}"\n'
        for message, text in messages.items()
    )
    return "\n".join([head, *rows])


PO = "locales/fr/LC_MESSAGES/fep-0002.po"


@pytest.fixture
def translated(make_site: SiteMaker) -> Site:
    site = make_site(FILES | {2: proposal(2, "Second", Requires="1", body=BODY)})
    site.write("conf.py", CONF.format("fr"))
    site.write(PO, of_translator(TRANSLATED))
    site.build()
    return site


def test_a_proposal_in_french(translated: Site) -> None:
    page = translated.page("fep-0002")
    assert "Les vues devraient avoir des types ." in page.text
    assert "It stays as it is." in page.text
    assert "Résumé" in page.text
    assert "Raisons d'être" in page.text
    assert "FEP 2: Second" in page.text
    assert not page_warnings(translated)


def test_headers_and_links_in_a_translation(translated: Site) -> None:
    page = translated.page("fep-0002")
    assert "Created 2025-03-09" in page.text.replace(" :", "")
    assert page.links()["../fep-0001/"] == "FEP 1: First"


def test_anchors_are_the_same_in_every_language(translated: Site) -> None:
    page = translated.page("fep-0002")
    ids = [section.get("id") for section in page.all("section")]
    assert {"abstract", "motivation"} <= set(ids)
    assert "#motivation" in page.links()


LABELS = """
from sphinx.locale import get_translation

def add_label(app, page, template, context, document):
    context["body"] = get_translation("booktheme")("Search") + context.get("body", "")

def setup(app):
    app.connect("html-page-context", add_label)
"""


def test_labels_of_a_theme_are_not_translated(make_site: SiteMaker) -> None:
    """Its templates write them with their markup, and anybody can propose a translation."""
    site = make_site(FILES | {2: proposal(2, "Second", Requires="1", body=BODY)})
    site.write("conf.py", CONF.format("fr") + LABELS)
    site.write("locales/fr/LC_MESSAGES/booktheme.po", of_translator({"Search": "<b id=x>"}))
    site.write("booktheme/page.rst", "Page\n====\n")
    site.write(PO, of_translator(TRANSLATED))
    site.build()
    html = site.html("fep-0002")
    assert "<b id=x>" not in html
    assert "Les vues" in html


def test_nothing_is_written_among_the_sources(translated: Site) -> None:
    assert not list(translated.root.rglob("*.mo"))


def test_an_unchanged_translation_is_not_written(translated: Site) -> None:
    report = translated.build()
    assert (report.read, report.written) == (0, 0)


def test_a_changed_translation_is_written(translated: Site) -> None:
    translated.write(PO, of_translator({"It stays as it is.": "Cela reste ainsi."}))
    assert translated.build().read == 1
    page = translated.page("fep-0002")
    assert "Cela reste ainsi." in page.text
    assert "Abstract" in page.text
    at_once = translated.with_output("at-once")
    at_once.build()
    assert translated.files() == at_once.files()


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Une _`cible` et cible_.", "'cible' is not linked: nothing has that name"),
        ("Voir [1]_.", 'the link "1" has no target'),
        ("Voir [Cit20]_.", "inconsistent citation references in translated message"),
    ],
)
def test_marks_that_only_a_translation_has(translated: Site, text: str, warning: str) -> None:
    translated.write(PO, of_translator({"It stays as it is.": text}))
    translated.build()
    assert warning in translated.warnings
    assert text.split()[0] in translated.page("fep-0002").text


def test_a_removed_translation(translated: Site) -> None:
    translated.root.joinpath(PO).unlink()
    assert translated.build().read == 1
    at_once = translated.with_output("at-once")
    at_once.build()
    assert translated.files() == at_once.files()


def test_fuzzy_messages_are_not_shown(translated: Site) -> None:
    translated.write(PO, of_translator({"It stays as it is.": "?Doute."}))
    translated.build()
    assert "It stays as it is." in translated.page("fep-0002").text


HOSTILE = (
    "<script>alert(1)</script>",
    "`Klick <javascript:alert(1)>`_",
    ".. raw:: html\\n\\n   <script>alert(1)</script>",
    "|x|\\n\\n.. |x| raw:: html\\n\\n   <script>alert(1)</script>",
    "|x|\\n\\n.. |x| include:: /etc/passwd",
    ":raw:`<script>alert(1)</script>`",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_translator_can_do_no_more_than_an_author(translated: Site, text: str) -> None:
    translated.write(PO, of_translator({"It stays as it is.": text, "Abstract": text}))
    translated.build()
    html = translated.html("fep-0002")
    page = Reader(html)
    assert "<script>alert" not in html
    assert "root:x:" not in html
    assert not [link for link in page.links() if link.startswith("javascript:")]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b'msgid ""\nmsgstr "Plural-Forms: nplurals=x;\\n"\n',
        b'msgid ""\nmsgstr "POT-Creation-Date: never\\n"\n',
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=nonsense\\n"\n',
        b'msgid ""\nmsgstr "Plural-Forms: nplurals=99999999;\\n"\nmsgid "a"\nmsgid_plural "b"\n',
        b"#" * 2_000_000,
    ],
)
def test_a_damaged_file_is_ignored(translated: Site, content: bytes) -> None:
    translated.write(PO, content)
    translated.build()
    assert "It stays as it is." in translated.page("fep-0002").text


def test_a_line_that_is_no_message_is_reported_and_nothing_is_printed(
    translated: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Babel would print the line as it is."""
    translated.write(PO, b'msgid ""\nmsgstr ""\n\nmsgstring "::error::x"\n')
    report = translated.build()
    assert "line 4 is not in the format of gettext; the file is ignored" in translated.warnings
    assert report.warnings == translated.warnings.count("WARNING: ") > 0
    assert "::error::x" not in "".join(capsys.readouterr())


def test_a_link_is_ignored(translated: Site) -> None:
    path = translated.root / PO
    path.rename(translated.root / "elsewhere.po")
    path.symlink_to(translated.root / "elsewhere.po")
    translated.build()
    assert "It stays as it is." in translated.page("fep-0002").text
    assert "is a link" in translated.warnings


@pytest.mark.parametrize("link", ["locales", "locales/fr", "locales/fr/LC_MESSAGES"])
def test_a_directory_that_is_a_link_is_not_read(
    translated: Site, tmp_path: Path, link: str
) -> None:
    directory = translated.root / link
    elsewhere = tmp_path / "elsewhere"
    directory.rename(elsewhere)
    secret = elsewhere / Path(PO).parent.relative_to(link) / "a/b/c/secret.po"
    secret.parent.mkdir(parents=True)
    secret.write_text("msgstring x", "utf-8")  # a warning would say that it was read
    directory.symlink_to(elsewhere)
    translated.build()
    assert "It stays as it is." in translated.page("fep-0002").text
    assert f"{link}: is a link; the file is ignored" in translated.warnings
    assert "secret" not in translated.warnings
    assert translated.warnings.count("is ignored") == 1


# Progress ------------------------------------------------------------------------------------


def test_progress_of_a_translation(translated: Site) -> None:
    translated.write(PO, of_translator({**TRANSLATED, "It stays as it is.": ""}))
    translated.build()
    page = translated.page("translations")
    assert "Français" in page.text
    assert "FEP 2: Second 4 sur 5 incomplète" in page.text
    assert "FEP 1" not in page.text.split("Français")[1].split("Données")[0]
    assert "../translations/" in translated.page("fep-0001").links()


def test_a_translation_with_fuzzy_messages_is_outdated(translated: Site) -> None:
    translated.write(PO, of_translator({**TRANSLATED, "It stays as it is.": "?Doute."}))
    translated.build()
    state = "4 sur 5 1 périmée : la proposition a changé depuis le 2030-01-01"
    assert state in translated.page("translations").text


def test_without_translations_there_is_no_progress_page(french: Site) -> None:
    assert not french.output.joinpath("translations").exists()


# Languages -----------------------------------------------------------------------------------


@pytest.fixture
def both(make_site: SiteMaker) -> Site:
    site = make_site(dict(FILES))
    site.write("conf.py", 'html_theme = "fep"\nfep_languages = ["en", "fr"]\n')
    site.build(base="https://example.org/feps/")
    return site


def test_pages_link_to_the_other_language(both: Site) -> None:
    for page in ("", "fep-0002", "status/active", "timelines"):
        for path, other in ((page, f"fr/{page}"), (f"fr/{page}", page)):
            to = both.output / path
            link = [a for a in both.page(path).all("a") if a.get("hreflang")]
            assert len(link) == 1
            assert (to / link[0]["href"]).resolve() == (both.output / other).resolve()


def test_heads_have_all_languages(both: Site) -> None:
    for page in ("fep-0002", "fr/fep-0002"):
        links = both.page(page).all("link")
        found = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
        top = "https://example.org/feps/"
        assert found == {"en": f"{top}fep-0002/", "fr": f"{top}fr/fep-0002/"}
        canonical = next(link["href"] for link in links if link["rel"] == "canonical")
        assert canonical == f"https://example.org/feps/{page}/"


def test_an_unchanged_site_in_two_languages_is_not_written(both: Site) -> None:
    before = both.files()
    report = both.build(base="https://example.org/feps/")
    assert (report.read, report.written) == (0, 0)
    assert both.files() == before


def test_languages_of_the_command_line(make_site: SiteMaker) -> None:
    site = make_site(dict(FILES))
    site.build(languages=("fr", "en"))
    assert site.page("").all("html")[0]["lang"] == "fr"
    assert site.page("en").all("html")[0]["lang"] == "en"
    assert "../fr" not in site.page("en").links()


def test_one_language_has_no_switch(french: Site) -> None:
    assert "hreflang" not in french.html("fep-0002")


@pytest.mark.parametrize(
    ("conf", "message"),
    [
        ('fep_languages = ["../x"]', 'fep_languages has "../x"; use a code such as "fr"'),
        ('fep_languages = ["fr"]', 'fep_languages has "fr", but language is "en"'),
        (
            'fep_languages = ["fr", "en"]',
            'the first of fep_languages is "fr", but language is "en"; they must agree',
        ),
    ],
)
def test_invalid_languages(make_site: SiteMaker, conf: str, message: str) -> None:
    site = make_site(FILES | {"conf.py": f"{conf}\n"})
    with pytest.raises(FepError) as raised:
        site.build()
    assert str(raised.value) == message


# What is collected ---------------------------------------------------------------------------


def test_gettext_builder_extracts_bodies(make_site: SiteMaker, tmp_path: Path) -> None:
    """Bodies, and neither headers nor what the site says itself."""
    body = f"{BODY}\n.. note:: Read on.\n\n- One item.\n"
    site = make_site({2: proposal(2, "Second", Requires="1", body=body)})
    with docutils_namespace():
        Sphinx(
            srcdir=site.root,
            confdir=None,
            outdir=tmp_path / "out",
            doctreedir=tmp_path / "trees",
            buildername="gettext",
            confoverrides={"extensions": ["fep_tools.site"], "fep_restricted": True},
            status=None,
            warning=None,
        ).build()
    found = {str(key) for key in own(read(tmp_path / "out" / "fep-0002.pot"))}
    assert found == {*TRANSLATED, "It stays as it is.", "Read on.", "One item."}


# Messages on pages --------------------------------------------------------------------------

MARK = "\N{SNOWMAN}"
SAME = {"BibTeX", "CSL JSON", "Français"}
"""What is the same in every language."""


PAST = {
    "Retroactive": "yes",
    "Status-History": (
        "2025-03-09 Draft https://example.org/6\n  2025-04-01 Superseded https://example.org/7"
    ),
}


@pytest.fixture
def marked(make_site: SiteMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site in a language whose every word is marked."""
    made = Catalog()
    for message in own(read(TEMPLATE)).values():
        ids = texts(message)[0]
        made.add(message.id, tuple(map(mark, ids)) if len(ids) > 1 else mark(ids[0]))
    path = tmp_path / "xx" / "LC_MESSAGES" / f"{i18n.DOMAIN}.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    site = make_site(
        FILES
        | {3: proposal(3, "Third", Status="Superseded", Superseded_By="2", Replaces="1", **PAST)}
    )
    site.write(PO, of_translator(TRANSLATED))
    site.build(languages=("xx",))
    return site


def mark(text: str) -> str:
    """Mark each word of *text* except placeholders and markup."""
    parts = re.split(r"(\{[^}]*\}|``[^`]*``|[^\W\d_]+)", text)
    return "".join(f"{MARK}{part}" if part.isalpha() else part for part in parts)


class Shown(Reader):
    """The words of a page that stand for themselves, without its code, scripts and names."""

    SILENT = ("script", "style", "code", "pre", "title")
    inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.inside += tag in self.SILENT
        attributes = dict(attrs)
        labels = ("aria-label", "placeholder")
        self.words += [attributes[name] or "" for name in labels if name in attributes]

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.inside:
            super().handle_data(data)


def unmarked(site: Site, html: str) -> set[str]:
    """What *html* shows that is neither marked nor from the process or a proposal."""
    files = [*site.root.rglob("*.rst"), *site.root.rglob("*.toml")]
    source = " ".join(" ".join(path.read_text("utf-8") for path in files).split()).casefold()
    shown = {
        re.sub(r"^(FEP|\d+:) \d+:? ?| \(\d+$", "", part.strip(" :;.()·"))
        for words in Shown(html).words
        for part in " ".join(words.split()).split(",")
    }
    named = (text for text in shown if re.search(r"[^\W\d_]{2}", text))
    return {text for text in named if MARK not in text and text.casefold() not in source} - SAME


@pytest.mark.parametrize(
    "page",
    [".", "fep-0002", "fep-0003", "status", "status/draft", "number", "figures", "timelines",
     "process", "author/ada-lovelace", "translations"],
)  # fmt: skip
def test_every_message_of_a_page_is_translated(marked: Site, page: str) -> None:
    assert MARK in marked.html(page)
    assert not unmarked(marked, marked.html(page))


@pytest.mark.parametrize("page", ["404.html", "search.html"])
def test_every_message_of_the_search_page_is_translated(marked: Site, page: str) -> None:
    assert not unmarked(marked, marked.output.joinpath(page).read_text("utf-8"))


def test_every_label_of_the_script_is_translated(marked: Site) -> None:
    [text] = re.findall(r'<script class="fep-words"[^>]*>(.*?)</script>', marked.html("number"))
    assert all(MARK in said for said in json.loads(text).values())
