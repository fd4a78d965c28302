"""Untrusted proposals: nothing in them runs, reads a file, or breaks out of its page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from docutils.nodes import Node
from docutils.parsers.rst.directives.body import Epigraph
from sphinx.directives.other import Centered

from fep_tools.proposals.discovery import find_documents
from fep_tools.site import sanitize

from .sites import proposal, Reader, Site, SiteMaker

HOSTILE = "</title><script>alert(1)</script>\"'{{7*7}}&<img src=x onerror=alert(2)>"
CANARY = "canary-3f9c1e"
CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"
TAGS = """
    a aside body button code dd details div dl dt em figure footer form h1 h2 h3 head header html
    img input label li link main meta nav ol p pre script section span strong summary title ul
    defs desc g marker path rect svg text
    table tbody td th thead tr
"""
SCHEMES = ("http", "https", "mailto")

LINKS = """\
Links
=====

javascript:alert(1) and `data <data:text/html,x>`_ and `host <//evil.example/>`_ and target_.

.. _target: vbscript:alert(1)

.. image:: ok.png
   :target: javascript:alert(1)

.. |picture| image:: /etc/passwd

A |picture|, `fine <https://example.org/>`_, `mail <mailto:a@example.org>`_.
"""

READERS = """\
Readers
=======

.. include:: ../secret.txt

.. literalinclude:: ../secret.txt

.. raw:: html

   <script>alert(1)</script>

.. csv-table::
   :file: ../secret.txt

.. image:: ../secret.png

.. image:: file:///etc/passwd
   :loading: embed

.. figure:: link.png

.. code-block:: python
   :emphasize-lines: 1-99999999

   pass

.. toctree::
   :glob:

   *

.. default-role:: raw

.. eval-rst:: nothing

:download:`../secret.txt` :ref:`a`
"""

SCRIPTS = ("index", "page", "search-box", "search-index", "theme")
"""The scripts of ordinary pages."""

DATA = {"application/json", "application/ld+json"}
"""Scripts that are not run."""


@pytest.fixture(scope="module")
def site(make_site: SiteMaker) -> Site:
    title = HOSTILE[:79]
    site = make_site(
        {
            1: proposal(
                1,
                title,
                Author=HOSTILE,
                Topic=HOSTILE,
                Discussions_To='javascript:alert(1)"onclick="x',
                Resolution=f"2025-01-01 https://example.org/{HOSTILE}",
                body=f"{HOSTILE}\n{'=' * 90}\n\n{HOSTILE} |x|\n\n.. |x| replace:: {HOSTILE}\n",
            ),
            2: proposal(2, "Links", body=LINKS),
            3: proposal(3, "Readers", body=READERS),
            4: proposal(4, "Links to the hostile", Requires="1", body=":fep:`1`\n"),
            "secret.txt": CANARY,
            "secret.png": CANARY,
            "proposals/ok.png": b"\x89PNG\r\n\x1a\n" + bytes(16),
            "docutils.conf": "[general]\nraw_enabled: yes\nfile_insertion_enabled: yes\n",
            "proposals/docutils.conf": "[general]\nraw_enabled: yes\n",
        }
    )
    site.root.joinpath("proposals/link.png").symlink_to("../secret.png")
    site.build()
    return site


def test_untrusted_markup_is_escaped_on_every_page(site: Site) -> None:
    for file in site.output.rglob("*.html"):
        page = Reader(file.read_text("utf-8"))
        images = [image.get("src", "") for image in page.all("img")]
        assert all(source.endswith("_images/ok.png") for source in images), file
        if file.name not in {"404.html", "search.html"}:
            run = [s for s in page.all("script") if s.get("type") not in DATA]
            named = {script["src"].removeprefix("../").removeprefix("../") for script in run}
            assert named <= {f"_static/fep-{name}.js" for name in SCRIPTS}, file
        for _tag, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on")], file


def test_pages_have_only_known_elements(site: Site) -> None:
    for page in ("fep-0001", "fep-0002", "fep-0003", "fep-0004"):
        tags = {tag for tag, _attributes in site.page(page).elements}
        assert tags <= {*TAGS.split()}, page


def test_titles_are_shown_unchanged(site: Site) -> None:
    for page in ("", "fep-0001", "fep-0004"):
        assert HOSTILE[:40] in site.page(page).text


def test_template_syntax_in_text_is_not_evaluated(site: Site) -> None:
    assert "{{7*7}}" in site.page("fep-0001").text
    assert "49" not in site.page("").text


def test_links_have_safe_schemes(site: Site) -> None:
    for file in site.output.rglob("*.html"):
        for _tag, attributes in Reader(file.read_text("utf-8")).elements:
            for name in ("href", "src", "action"):
                url = attributes.get(name, "")
                scheme, colon, _rest = url.partition(":")
                assert not colon or scheme in SCHEMES or "/" in scheme, (file, url)
                assert not url.startswith("//"), (file, url)


def test_refused_links_are_text(site: Site) -> None:
    page = site.page("fep-0002")
    assert "data" in page.text
    assert {"https://example.org/", "mailto:a%40example.org"} <= page.links().keys()
    assert site.warnings.count("[fep.B005]") == 5


def test_no_file_outside_the_directory_is_read(site: Site) -> None:
    for name, data in site.files().items():
        assert CANARY.encode() not in data, name
        assert b"root:x:" not in data, name
    assert site.page("fep-0003").text.count("not allowed here") >= 8


@pytest.mark.parametrize(
    "expected",
    [
        'ERROR: B003 the directive "include" is not allowed',
        'ERROR: B003 the directive "raw" is not allowed',
        'ERROR: B003 the option :file: of "csv-table" reads another file',
        'ERROR: B003 the option :loading: of "image"',
        'ERROR: B003 the option :emphasize-lines: of "code-block"',
        'ERROR: B003 the directive "toctree" is not allowed',
        'ERROR: B004 the role "download" is unknown',
        'WARNING: B006 the image "../secret.png" is not a file in the proposal\'s own directory',
        'WARNING: B052 the image "link.png" is not published: it is a symbolic link',
        'WARNING: B006 the image "/etc/passwd" is not a file in the proposal\'s own directory',
    ],
)
def test_refusals_are_reported(site: Site, expected: str) -> None:
    assert expected in site.warnings


def test_warnings_have_a_location(site: Site) -> None:
    assert 'proposals/fep-0003.rst:11: ERROR: B003 the directive "include"' in site.warnings


def test_the_search_index_is_data(site: Site) -> None:
    index = site.output.joinpath("searchindex.js").read_text("utf-8")
    assert json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))


BAD: dict[str, bytes] = {
    "fep-0020.rst": b"",
    "fep-0021.rst": b"\x00\x01\x02",
    "fep-0022.rst": "FEP: 22\n\nText\n".encode("utf-16"),
    "fep-0023.rst": b"FEP: 23\n\n" + b"* " * 400 + b"x\n",
    "fep-0024.rst": b"FEP: 24\n\n.. |a| replace:: |a| |b|\n.. |b| replace:: |a|\n\n|a|\n",
    "fep-0025.rst": b"FEP: 25\n\ncaf\xe9\n",
    "fep-0026.rst": b"FEP: 26\n\n" + b"* " * 110 + b"x\n",
}


def test_bad_files_do_not_affect_others(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7)})
    for name, data in BAD.items():
        site.write(f"proposals/{name}", data)
    site.root.joinpath("proposals/fep-0030.rst").mkdir()
    os.mkfifo(site.root / "proposals/fep-0031.rst")
    site.root.joinpath("proposals/fep-0032.rst").symlink_to("/etc/passwd")
    report = site.build(jobs=2)
    assert report.unreadable >= 8
    assert report.errors == report.unreadable
    assert "proposals/fep-0031.rst:1: ERROR: is a pipe; its page has no text" in site.warnings
    assert "Typed views" in site.page("fep-0007").text
    for number, reason in ((20, "is empty"), (30, "is a directory"), (32, "is a link")):
        page = site.page(f"fep-{number:04}").text
        assert f"The text cannot be shown: the file {reason}." in page
    assert "café" in site.page("fep-0025").text
    assert "FEP 20" in site.page("number").text
    assert all(b"root:x:" not in data for data in site.files().values())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Words " + "ab" * 3000, id="a long line"),
        pytest.param("Words\n\n" + "* " * 110 + "x", id="deep lists"),
    ],
)
def test_a_text_that_is_not_parsed_is_shown_as_it_is_written(
    make_site: SiteMaker, text: str
) -> None:
    site = make_site({7: proposal(7, body=text)})
    assert site.build().unreadable == 1
    assert "Words" in site.page("fep-0007").text


def test_a_failing_directive_does_not_affect_others(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception in a directive of docutils or Sphinx is about the text of one proposal."""

    def broken(_directive: Epigraph) -> list[Node]:
        raise RuntimeError

    monkeypatch.setattr(Epigraph, "run", broken)
    site = make_site({7: proposal(7, body=".. epigraph::\n\n   Look\n")})
    assert site.build().errors == 1
    assert ".. epigraph:: Look" in site.page("fep-0007").text


def test_warnings_have_no_control_characters(make_site: SiteMaker) -> None:
    name = "".join(["\x1b[31m", "::error::", "\u202e"])
    site = make_site({7: proposal(7, body=f"`x <javascript:{name}>`_\n\n:nix:`{name[5:]}`\n")})
    site.build()
    assert "\x1b" not in site.warnings
    assert "\u202e" not in site.warnings


def test_no_module_that_runs_code_is_imported(
    checkout: Callable[..., Path], tmp_path: Path
) -> None:
    """In a process of its own, since other tests have loaded whatever they are about."""
    root = checkout({"fep-0007.rst": proposal(7)})
    output = tmp_path / "site"
    program = (
        "import sys; from fep_tools.cli import main; "
        f"assert main.run(['build', '--root', {str(root)!r}, '--output', {str(output)!r}]) == 0; "
        "print(sorted(name for name in sys.modules if name.startswith('fep_tools.sandbox')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_name_that_is_not_utf8_is_left_out(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), "proposals/fep-\udcff.rst": proposal(8)})
    report = site.build()
    assert (report.proposals, report.unreadable, report.errors) == (1, 1, 1)
    assert "has a name that is not UTF-8; rename it; the file is left out" in site.warnings
    assert "Typed views" in site.page("fep-0007").text


def test_a_page_whose_name_is_not_utf8_is_left_out(make_site: SiteMaker) -> None:
    site = make_site(
        {
            7: proposal(7),
            "conf.py": "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"
            "include_patterns = ['*.rst', 'docs/*.rst']\n",
            "index.rst": "Ours\n====\n",
            "docs/\udcff.rst": ":orphan:\n\nTheirs\n======\n",
        }
    )
    report = site.build()
    assert (report.proposals, report.errors) == (1, 1)
    assert "is not UTF-8; rename it; it is left out" in site.warnings
    assert "Ours" in site.page("").text


EVIL = """\
Notes
=====

.. include:: secret.txt

.. literalinclude:: secret.txt

.. csv-table::
   :file: secret.txt

.. raw:: html

   <script>alert(1)</script>
"""


@pytest.mark.parametrize("is_handbook", [False, True])
def test_pages_other_than_the_handbook_read_no_file_and_insert_no_html(
    make_site: SiteMaker, is_handbook: bool
) -> None:
    """Anybody can propose a page, and conf.py may publish every file."""
    site = make_site(
        {7: proposal(7), "conf.py": CONF, "index.rst": "Ours\n====\n", "docs/evil.rst": EVIL,
         "secret.txt": CANARY, "docs/secret.txt": CANARY}
    )  # fmt: skip
    if is_handbook:
        process = site.root / "fep" / "process.toml"
        text = process.read_text("utf-8")
        process.write_text(
            text.replace('handbook = ["docs/api.rst"]', 'handbook = ["docs/*.rst"]'), "utf-8"
        )
    site.build()
    page = site.html("docs/evil")
    assert (CANARY in page) is ("<script>alert(1)" in page) is is_handbook
    assert site.warnings.count("docs/evil.rst:") == (1 if is_handbook else 5)  # one: in no toctree


@pytest.mark.parametrize(
    ("message", "part"),
    [
        (".. automodule:: somepackage", ""),
        (".. include:: ../secret.txt", ""),
        (":download:`here <../secret.txt>` words", "here"),
        ("`here <javascript:alert(1)>`__ words", "here"),
        (":html:`<b id=x>words</b>`", "&lt;b id=x"),
    ],
)
def test_translations_of_the_handbook_may_use_what_anybody_may(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, message: str, part: str
) -> None:
    """Whoever may change ``docs/api.rst`` is trusted; a translator is not."""
    page = "API\n===\n\n.. role:: html(raw)\n   :format: html\n\nHello.\n\n:html:`<i>own</i>`\n"
    conf = CONF.replace("['", "['sphinx.ext.autodoc', '") + "language = 'fr'\n"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    translation = f'{header}msgid "Hello."\nmsgstr "{message}"\n'
    site = make_site(
        {7: proposal(7), "conf.py": conf, "docs/api.rst": page, "secret.txt": CANARY,
         "locales/fr/LC_MESSAGES/docs.po": translation, "somepackage.py": f"CANARY = '{CANARY}'"}
    )  # fmt: skip
    monkeypatch.syspath_prepend(str(site.root))
    site.build()
    html = site.html("docs/api")
    assert "somepackage" not in sys.modules
    assert "<i>own</i>" in html
    assert part in html
    assert not [part for part in ("<b id", 'href="javascript:', CANARY) if part in html]
    assert not list(site.output.rglob("secret.txt"))


OPEN_PAGE = r"""
Notes
=====

.. autodata:: os.environ

.. meta::
   :http-equiv=refresh: 0; url=https://evil.example/
   :x/http-equiv=refresh: 0; url=https://evil.example/
   :><script>evil()</script><a=b: evil
   :name=keywords lang=en><b>: Views
   :google-site-verification: evil
   :referrer lang=en: evil
   :description lang=en: About views
   :property=og:title: Views

:download:`secret.txt` and :download:`outside </../outside.txt>`, `run <javascript:alert(1)>`_.

.. image:: /../outside.png

.. image:: script.svg

.. image:: data:image/svg+xml,<svg/>

.. image:: https://evil.example/a.png

.. image:: page.html

.. image:: fine.png

.. tabularcolumns:: |l|\input{/etc/passwd}|

.. tabularcolumns:: |l|@{^^5cinput{/etc/passwd}}

.. list-table::

   * - a

.. math::
   :label: a}\input{/etc/passwd}

   x

.. py:function:: typed(view: str) -> str

.. toctree::

   Script <javascript://x>
   Fine <https://fine.example>

:doc:`/index`
"""


@pytest.fixture(scope="module")
def open_page(make_site: SiteMaker) -> Site:
    site = make_site(
        {7: proposal(7), "index.rst": "Ours\n====\n", "docs/open.rst": OPEN_PAGE,
         "conf.py": CONF.replace("']", "', 'sphinx.ext.autodoc']"), "docs/secret.txt": CANARY,
         "docs/script.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>',
         "docs/page.html": f"GIF89a{CANARY}",
         "docs/fine.png": "\x89PNG\r\n\x1a\n".encode("latin-1")}
    )  # fmt: skip
    for name in ("outside.txt", "outside.png"):
        site.root.parent.joinpath(name).write_bytes(b"\x89PNG" + CANARY.encode())
    return site


def test_a_page_that_anybody_can_propose_imports_and_publishes_nothing(
    open_page: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEP_TEST_SECRET", CANARY)
    open_page.build()
    assert not [name for name, data in open_page.files().items() if CANARY.encode() in data]
    assert [path.name for path in open_page.output.rglob("_images/*")] == ["fine.png"]
    page = open_page.page("docs/open")
    assert not [meta for meta in page.all("meta") if "evil" in meta.get("content", "")]
    assert not [link for link in page.links() if link.startswith("javascript")]
    for text in (
        "open.rst:5: WARNING: the directive 'autodata' may read files, run code or take long",
        "the attribute 'http-equiv' of a meta element is not set",
        "the attribute 'x/http-equiv' of a meta element is not set",
        "the attribute '><script>evil()</script><a' of a meta element is not set",
        "'google-site-verification' is not set; a page can set author, description, ",
        "the file 'secret.txt' is not published",
        "the file '/../outside.txt' is not published", "'javascript:alert(1)' is not linked",
        "'/../outside.png' is not an image in the repository",
        "the image 'script.svg' has the element <script>", "'page.html' is not an image in",
        "'https://evil.example/a.png' is not an image in", "passwd}|' are not like |l|c|r|",
        "passwd}}' are not like |l|c|r|",
        "'javascript://x' is not linked",
    ):  # fmt: skip
        assert text in open_page.warnings
    assert "https://fine.example" in page.links()
    assert "evil()" not in open_page.html("docs/open")
    metas = [
        (meta.get("name") or meta.get("property"), meta["content"])
        for meta in page.all("meta")
        if meta.get("content") in ("About views", "Views")
    ]
    assert metas == [("keywords", "Views"), ("description", "About views"), ("og:title", "Views")]
    assert "'py:function'" not in open_page.warnings
    assert "typed" in page.text


def test_latex_obeys_nothing_on_a_page_that_anybody_can_propose(open_page: Site) -> None:
    open_page.with_output("latex").build(builder="latex")
    for file in open_page.root.parent.rglob("*.tex"):
        assert "input{/etc" not in file.read_text("utf-8")


MADE = r"""
Made |x| |y|
============

.. |x| unicode:: 0x202E
.. |y| unicode:: 0xD800

:guilabel:`File &` and |x| and \*.

.. cssclass:: unseen

Seen.

.. math::
   :label: e

   x

As :eq:`e` says.
"""


@pytest.mark.parametrize("builder", ["fep", "latex", "epub"])
def test_a_page_that_anybody_can_propose_makes_no_hidden_characters(
    make_site: SiteMaker, builder: str
) -> None:
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/made.rst": MADE})
    site.build(builder=builder)
    for text in (
        "the character U+202E is escaped",
        "the role 'guilabel' fails on what is written",
        "the directive 'cssclass' has 'unseen', a class of the site itself",
    ):
        assert text in site.warnings
    assert "not found: " not in site.warnings
    assert "U+0000" not in site.warnings
    if builder == "fep":
        page = site.page("docs/made")
        assert "Made \\u202e \\ud800" in page.text
        assert "File &" in page.text
    for name, data in site.files().items():
        assert "\u202e".encode() not in data, name


@pytest.mark.parametrize(
    ("text", "default", "warning"),
    [
        ("`views`", "", ""),
        ("`views`", "literal", ""),
        (".. default-role:: math\n\n`views`", "", ""),
        (".. default-role:: any\n\n`views`", "", "the default role may read files"),
        ("`views`", "any", "the default role may read files"),
        ("`views`", "nowhere", ""),
    ],
)
def test_text_in_single_backquotes_has_the_default_role(
    make_site: SiteMaker, text: str, default: str, warning: str
) -> None:
    conf = f"{CONF}default_role = {default!r}\n"
    site = make_site({7: proposal(7), "conf.py": conf, "docs/a.rst": f"A\n=\n\n{text}\n"})
    site.build()
    refused = "fep-refused" in site.html("docs/a")
    assert refused == bool(warning)
    assert warning in site.warnings
    assert ("may read files" in site.warnings) == bool(warning)


def test_a_page_gives_no_numbers_to_others(make_site: SiteMaker) -> None:
    page = (
        ":orphan:\n\nA\n=\n\n.. toctree::\n   :hidden:\n   :numbered:\n\n   ../proposals/fep-0007\n"
    )
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": page})
    site.build()
    assert "docs/a.rst:6: WARNING: ':numbered:' is left out" in site.warnings
    assert "section-number" not in site.html("fep-0007")


def test_figures_are_numbered_on_pages_that_name_each_other_in_a_chain(
    make_site: SiteMaker,
) -> None:
    """400 pages of 30 bytes ended the build with a RecursionError."""
    text = "A\n=\n\n" + "* " * 50 + "x\n\n.. toctree::\n\n   {}\n"
    names = [f"docs/p{number}.rst" for number in range(30)]
    pages = {name: text.format(f"p{number + 1}") for number, name in enumerate(names)}
    pages["docs/p0.rst"] = pages["docs/p0.rst"].replace("* x\n\n", "* x\n\n")
    site = make_site({7: proposal(7), "conf.py": f"{CONF}numfig = True\n", **pages})
    limit = sys.getrecursionlimit()
    site.build()
    assert sys.getrecursionlimit() == limit
    assert "A" in site.page("docs/p29").text


def test_a_long_warning_is_cut_off(make_site: SiteMaker) -> None:
    page = f"A\n=\n\n.. hlist::\n   :columns: {'9' * 10_000}\n\n   * a\n"
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": page})
    site.build()
    assert "9" * 1000 in site.warnings
    assert max(map(len, site.warnings.splitlines())) == 2000


def test_every_page_has_the_default_role_of_conf(make_site: SiteMaker) -> None:
    """It was forgotten with the roles of the page before."""
    conf = f"{CONF}default_role = 'literal'\n"
    page = "A\n=\n\n`views`\n\n"
    other = f"{page}.. default-role:: strong\n\n`typed`\n"
    files = {"docs/a.rst": page, "docs/b.rst": other, "docs/c.rst": page}
    site = make_site({7: proposal(7), "conf.py": conf, **files})
    site.build()
    tag = "<(code|strong)[^>]*>(?:<[^>]*>)*(?:views|typed)<"
    shown = [re.findall(tag, site.html(f"docs/{name}")) for name in "abc"]
    assert shown == [["code"], ["code", "strong"], ["code"]]


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("red\n   :class: fep(hidden", "fep(hidden"),
        ("unseen(emphasis)", "unseen"),
        ("fep-x", "fep-x"),
    ],
)
def test_roles_have_no_classes_of_the_site(make_site: SiteMaker, role: str, name: str) -> None:
    page = f"A\n=\n\n.. role:: {role}\n\nText.\n"
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": page})
    site.build()
    assert f"the directive 'role' has '{name}', a class of the site itself" in site.warnings


PRINTS_FIELDS = """
def setup(app):
    app.connect("html-page-context", lambda a, page, t, context, d: context.update(
        title=context.get("title", "") + str(context.get("meta"))))
"""


def test_fields_at_the_top_of_a_page_are_not_given_to_themes(make_site: SiteMaker) -> None:
    """sphinx_rtd_theme writes :github_url: into a link as it is."""
    page = ":tocdepth: 2\n:github_url: EVIL\n\nA\n=\n"
    site = make_site({7: proposal(7), "conf.py": CONF + PRINTS_FIELDS, "docs/a.rst": page})
    site.build()
    assert "tocdepth" in site.html("docs/a")
    assert "EVIL" not in site.html("docs/a")


def test_two_files_for_one_page_are_an_error(make_site: SiteMaker) -> None:
    conf = f"{CONF}include_patterns = ['**']\n"
    first, second, third = (
        f":orphan:\n\n{name}\n======\n" for name in ("First", "Second", "Third")
    )
    pages = {"docs/x.rst": first, "docs/x/index.rst": second, "fep-0007/index.rst": third}
    site = make_site({7: proposal(7), "conf.py": conf, **pages})
    report = site.build()
    assert report.errors == 2
    assert "the file is for the same page as docs/x.rst; it is left out" in site.warnings
    assert "First" in site.page("docs/x").text
    assert "Views should have types." in site.page("fep-0007").text
    assert "fep-0007/index.rst:1: ERROR: the file has the name of another page" in site.warnings


CODE = """\
Code
====

.. role:: setting(code)
   :language: apacheconf

.. code-block:: python

   class View: pass

.. code-block:: apacheconf

   ServerName view.example.org

:setting:`ServerName inline.example.org`

.. code-block:: python

   class Other: pass
"""


def test_code_that_may_take_long_is_not_highlighted(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pygments runs when pages are written, which has no limit of time."""
    site = make_site({"conf.py": CONF, "open.rst": CODE, 7: proposal(7, body=CODE[11:])})
    site.build()
    html = site.html("open")
    assert html.count('<span class="k">class</span>') == 2
    for text in ("view", "inline"):
        assert f"ServerName {text}.example.org" in html
    assert "ServerName inline.example.org" in site.html("fep-0007")
    monkeypatch.setattr(sanitize, "MAX_HIGHLIGHTED", 30)
    for page in ("open", "fep-0007"):
        site.write("open.rst", CODE + "\nMore.\n")
        site.write("proposals/fep-0007.rst", proposal(7, body=CODE[11:] + "\nMore.\n"))
        site.build(jobs=1)
        assert site.html(page).count('<span class="k">class</span>') == 1
        assert "class Other: pass" in site.html(page)


def test_an_image_is_not_replaced_by_that_of_a_language(make_site: SiteMaker) -> None:
    """Sphinx looks for a.en.svg, which was not checked and may be a link to any file."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    site = make_site(
        {7: proposal(7, body=".. image:: a.svg\n\n.. image:: b.svg\n"),
         "proposals/a.svg": svg.format(""), "proposals/b.svg": svg.format(""),
         "proposals/a.en.svg": svg.format("<script>alert(1)</script>"), "secret.txt": CANARY}
    )  # fmt: skip
    site.root.joinpath("proposals/b.en.svg").symlink_to("../secret.txt")
    site.build()
    assert {path.name for path in site.output.rglob("_images/*")} == {"a.svg", "b.svg"}


def test_a_file_behind_a_link_is_not_copied(make_site: SiteMaker) -> None:
    site = make_site({1: proposal(1)})
    outside = site.root.parent / "outside"
    outside.mkdir()
    outside.joinpath("file.txt").write_text(CANARY, "utf-8")
    site.root.joinpath("data").symlink_to(outside)
    process = site.root.joinpath("fep", "process.toml").read_text("utf-8")
    copy = '[[copy]]\nfrom = "data/file.txt"\nto = "file.txt"\n'
    site.write("fep/process.toml", f"{process}\n{copy}")
    site.build()
    assert not site.output.joinpath("file.txt").exists()
    assert "data/file.txt is in a directory that is a link, so file.txt is not pub" in site.warnings


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (".. hlist::\n   :columns: 0\n\n   * a\n", "or has no bounds"),
        (".. hlist::\n   :columns: 99999999999\n\n   * a\n", "or has no bounds"),
        (".. centered:: a\n", "fails on what is written"),
        (".. rst-class:: good unseen\n\nText.\n", "has 'unseen', a class of the site itself"),
        (".. role:: fep-x(code)\n", "has 'fep-x', a class of the site itself"),
    ],
)
def test_no_directive_stops_the_build_at_a_page(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, text: str, problem: str
) -> None:
    def fail(_directive: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Centered, "run", fail)
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"
    page = f"Ours\n====\n\n{text}\nText.\n"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": page})
    site.build()
    assert problem in site.warnings
    assert "Text." in site.page("").text


def test_a_page_is_the_same_all_day(make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219261")
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"
    page = "Ours\n====\n\nOn |now|.\n\n.. |now| date:: %Y-%m-%d %H:%M:%S\n"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": page})
    site.build()
    assert "On 2026-11-21 00:00:00." in site.page("").text


def test_pages_in_markdown_are_restricted_if_an_extension_has_a_parser_of_them(
    make_site: SiteMaker,
) -> None:
    pytest.importorskip("myst_parser")
    conf = CONF.replace("']", "', 'myst_parser']", 1)
    page = "# Hello\n\nWords.\n\n```{include} ../secret.txt\n```\n\n"
    page += f"```{{raw}} html\n<b>{CANARY}</b>\n```\n"
    secret = CANARY[::-1]
    site = make_site({7: proposal(7), "conf.py": conf, "docs/a.md": page, "secret.txt": secret})
    site.build()
    html = site.html("docs/a")
    assert "Words." in html
    assert secret not in html
    assert f"<b>{CANARY}" not in html


def make_deep(root: Path, path: str) -> None:
    """Make an empty file whose path may be too long for pathlib."""
    *parts, name = path.split("/")
    directory = os.open(root, os.O_RDONLY)
    for part in parts:
        with suppress(FileExistsError):
            os.mkdir(part, dir_fd=directory)
        inner = os.open(part, os.O_RDONLY, dir_fd=directory)
        os.close(directory)
        directory = inner
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY, dir_fd=directory))
    os.close(directory)


@pytest.fixture
def deep_site(make_site: SiteMaker) -> Iterator[Site]:
    site = make_site({7: proposal(7), "conf.py": f"{CONF}language = 'fr'\n"})
    for directory in ("docs", "locales/fr/LC_MESSAGES"):
        for suffix in (".rst", ".po"):
            make_deep(site.root, f"{directory}/{'a/' * 1000}x{suffix}")
    yield site
    # Neither pytest nor shutil can remove them.
    subprocess.run(["rm", "-r", "docs/a", "locales"], cwd=site.root, check=True)


def test_the_build_survives_a_deep_directory(deep_site: Site) -> None:
    """Python makes and lists the directories above a file in a recursion."""
    report = deep_site.build()
    assert report.errors == 1
    assert "a path of more than 1,000 bytes; rename it; it is left out" in deep_site.warnings
    assert deep_site.page("fep-0007").text
    assert f"docs/{'a/' * 1000}x.rst" in find_documents(deep_site.root)


@pytest.mark.parametrize("name", ["docs/api", "docs/open"])
@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://evil.example/"])
def test_a_link_of_a_translation_is_not_resolved_by_another(
    make_site: SiteMaker, name: str, url: str
) -> None:
    """docutils links ``x_`` in one paragraph to what another one names so."""
    page = "Page\n====\n\nOne `Site <https://good.example/>`_.\n\nTwo.\n\nThree Site_ `y`_.\n\n"
    page += ".. _y: https://good.example/y\n"
    parts = {
        "One `Site <https://good.example/>`_.": f"`x <{url}>`_ `Site <https://good.example/>`_",
        "Two.": f"x_ ici, `y <{url}>`_",
    }
    entries = "".join(f'msgid "{name}"\nmsgstr "{text}"\n\n' for name, text in parts.items())
    po = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entries}'
    site = make_site(
        {7: proposal(7), "conf.py": f"{CONF}language = 'fr'\n", f"{name}.rst": page,
         "locales/fr/LC_MESSAGES/docs.po": po}
    )  # fmt: skip
    site.build()
    html = site.html(name)
    assert "ici" in site.page(name).text
    assert html.count('href="https://good.example/"') == 2
    assert html.count('href="https://good.example/y"') == 1
    assert html.count(f'href="{url}"') == (2 if url.startswith("https") else 0)  # written there


@pytest.mark.parametrize("builder", ["", "latex", "singlehtml", "texinfo"])
def test_a_translation_may_not_name_a_footnote_that_is_missing(
    make_site: SiteMaker, builder: str
) -> None:
    """No builder can write it; in a title, it is on other pages."""
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po += 'msgid "Title"\nmsgstr "[#]_"\n\nmsgid "Text."\nmsgstr "Texte [*]_."\n'
    site = make_site(
        {7: proposal(7), "conf.py": f"{CONF}language = 'fr'\n",
         "index.rst": "Ours\n====\n\n.. toctree::\n\n   docs/a\n",
         "docs/a.rst": "Title\n=====\n\nText.\n", "locales/fr/LC_MESSAGES/docs.po": po}
    )  # fmt: skip
    report = site.build(builder=builder)
    assert report.errors == 0
    assert "'[#]_' is not linked: it has no footnote" in site.warnings
    assert any(b"Texte" in data for data in site.files().values())


def test_a_page_cannot_have_the_name_of_a_feed(make_site: SiteMaker) -> None:
    """The feed is a file, and the page would be a directory."""
    feed = '[[feed]]\npath = "news.rss"\n'
    site = make_site({7: proposal(7), "conf.py": CONF, "news.rss.rst": "Page\n====\n"})
    site.write("fep/process.toml", f"{site.root.joinpath('fep/process.toml').read_text()}\n{feed}")
    assert site.build().errors == 1
    assert b"<rss" in site.files()["news.rss"]
    message = "news.rss.rst: ERROR: the file has the name of a file that the process adds"
    assert message in site.warnings


def test_the_name_of_a_translation_begins_no_line(make_site: SiteMaker) -> None:
    name = "locales/fr/LC_MESSAGES/a\n::error::\x1b[31mx.po"
    site = make_site({7: proposal(7), "conf.py": f"{CONF}language = 'fr'\n", name: "no gettext"})
    site.build()
    assert r"a\n::error::\x1b[31mx.po: line 1 is not in the format of gettext" in site.warnings
    assert "\n::error" not in site.warnings


SUFFIXES = "source_suffix = {'.rst': 'restructuredtext', '.md': 'markdown'}\n"
MARKDOWN = (
    "# Page {n}\n\nOne.\n\nTwo.\n\n{{ref}}`above`\n\nThree [docs][d][^1].\n\n"
    "[d]: https://good.example/\n\n[^1]: The note.\n"
)


@pytest.mark.parametrize("name", ["docs/api.md", "docs/open.md"])
def test_pages_in_markdown_and_their_translations(make_site: SiteMaker, name: str) -> None:
    """One is of the handbook. A role for labels of a proposal ended the whole build."""
    parts = {
        "One.": "Un [lien](../proposals/fep-0007.rst) [x](javascript:x).",
        "Three [docs][d][^1].": "Trois [textes][d][^1].",
        "Two.": "Deux **mots** ```{include} /etc/passwd``` et `a <javascript:x>`_.",
    }
    entries = "".join(f'msgid "{name}"\nmsgstr "{text}"\n\n' for name, text in parts.items())
    po = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entries}'
    index = "Ours\n====\n\n.. _above:\n\nPart\n----\n\n.. toctree::\n   :glob:\n\n   docs/*\n"
    site = make_site(
        {7: proposal(7), "conf.py": f"{CONF}{SUFFIXES}language = 'fr'\n", "index.rst": index,
         name: MARKDOWN.format(n=1), "locales/fr/LC_MESSAGES/docs.po": po}
    )  # fmt: skip
    process = site.root / "fep" / "process.toml"
    text = re.sub("handbook = .*", 'handbook = ["docs/api.md"]', process.read_text("utf-8"))
    process.write_text(text, "utf-8")
    site.build()
    page = site.page(name.removesuffix(".md"))
    assert {"../../fep-0007/", "../../#above"} <= page.links().keys()
    assert ">textes</a>" in site.html(name.removesuffix(".md"))
    assert "good.example" in site.html(name.removesuffix(".md"))
    assert "[^1]" not in page.text
    assert "<strong>mots</strong>" in site.html(name.removesuffix(".md"))
    assert not [url for url in page.links() if url.startswith("javascript")]


def test_pages_in_markdown_are_written_again(make_site: SiteMaker, tmp_path: Path) -> None:
    """Sphinx asks for the files of pages before it looks for them, if it kept their trees."""
    site = make_site(
        {7: proposal(7), "conf.py": CONF + SUFFIXES, "docs/page.md": "# Page\n\nText.\n"}
    )
    for _n in range(2):
        site.build(builder="html", doctrees=tmp_path / "doctrees")
        assert "Text." in site.output.joinpath("docs/page.html").read_text("utf-8")
        shutil.rmtree(site.output)
