"""The check and the build report the same, with the same lines."""

from __future__ import annotations

import importlib
import random
import struct
import zlib
from collections.abc import Iterator, Mapping, Set
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from docutils.parsers.rst import directives
from docutils.parsers.rst import roles as docutils_roles
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from fep_tools.proposals.rst.allowlist import DIRECTIVES, LANGUAGES
from fep_tools.proposals.rst.code import emphasized_lines, lexing_error

from .page_agreement import compare, Comparison

ROOT = Path(__file__).parents[2]
HEAD = (
    "FEP: {0}\nTitle: Case {0}\nAuthor: Ada Lovelace\nStatus: Draft\nType: Process\n"
    "Created: 2025-03-09\n"
)


def png() -> bytes:
    """Return a picture of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


FILES: Mapping[str, bytes] = {
    "real.png": png(),
    "cut.png": b"\x89PNG\r\n\x1a\n",
    "text.png": b"text",
    "fine.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
    "script.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>',
    "a/b/c/deep.png": png(),
}


def compare_bodies(
    bodies: Mapping[str, str], directory: Path, builder: str = "fep"
) -> tuple[Comparison, dict[str, str]]:
    """Check and build a repository with a proposal for each body.

    :return: What was found, and the names of the bodies by the paths of their proposals.
    """
    root, output = directory / "repository", directory / "output"
    (root / "fep").mkdir(parents=True)
    for name in ("process.toml", "frameworks.toml"):
        (root / "fep" / name).write_bytes((ROOT / "fep" / name).read_bytes())
    names = {}
    for number, (name, body) in enumerate(bodies.items(), 1):
        path = root / "proposals" / f"fep-{number:04}.rst"
        names[path.relative_to(root).as_posix()] = name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{HEAD.format(number)}\nAbstract\n========\n\nWords.\n\n{body}\n", "utf-8")
    for name, data in FILES.items():
        path = root / "proposals" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return compare(root, output, builder=builder), names


def assert_equal(comparison: Comparison, ignored: Set[tuple[str, int, str]] = frozenset()) -> None:
    assert comparison.only_build == [], "\n".join(comparison.only_build)
    assert set(comparison.only_check) - ignored == set()
    assert comparison.check == comparison.build


# Every directive and role ------------------------------------------------------------------------


def sphinx_names(directory: Path) -> tuple[set[str], set[str], dict[str, set[str]]]:
    """Return all directives and roles of docutils and Sphinx, and the options of directives."""
    directory.mkdir()
    (directory / "index.rst").write_text("x\n", "utf-8")
    options: dict[str, set[str]] = {}
    with patch_docutils(), docutils_namespace():
        out = str(directory / "out")
        app = Sphinx(directory, None, out, out, "dummy", status=None, warning=StringIO())
        found: dict[str, Any] = {
            name: getattr(importlib.import_module(f"docutils.parsers.rst.directives.{module}"), cls)
            for name, (module, cls) in vars(directives)["_directive_registry"].items()
        }
        own = dict(vars(directives)["_directives"])
        roles = {*vars(docutils_roles)["_roles"], *vars(docutils_roles)["_role_registry"]} - {""}
        for domain in app.registry.domains.values():
            prefix = "" if domain.name == "std" else f"{domain.name}:"
            own |= {prefix + name: directive for name, directive in domain.directives.items()}
            roles |= {prefix + name for name in domain.roles}
        for name in {*found, *own}:
            both = [found.get(name), own.get(name)]
            options[name] = {
                o for cls in both if cls for o in getattr(cls, "option_spec", {}) or {}
            }
    return {*found, *own}, roles, options


CONTENT = {
    "csv-table": ("Title", "a, b"),
    "list-table": ("Title", "* - a\n     - b"),
    "table": ("Title", "== ==\n   a  b\n   == =="),
    "image": ("real.png", ""),
    "figure": ("real.png", "Caption"),
    "math": ("", "a^2"),
    **dict.fromkeys(("code", "code-block", "sourcecode"), ("python", "a = 1\n   b = 2")),
    **dict.fromkeys(("contents", "sectnum"), ("", "")),
    **dict.fromkeys(("rubric", "class"), ("Title", "")),
    **dict.fromkeys(("admonition", "sidebar", "topic", "container"), ("title", "text")),
    **dict.fromkeys(("deprecated", "versionadded", "versionchanged", "versionremoved"), ("1", "x")),
}
VALUES = (
    "",
    "word",
    "1",
    "-1",
    "50%",
    "left",
    "a b",
    "1,2",
    "9-10",
    "top",
    "open",
    "https://x.org",
)
ALIKE = {"attention", "caution", "danger", "error", "hint", "important", "tip", "warning"}
"""Boxes that differ from a note in their name alone."""


def option_cases(name: str, options: set[str]) -> Iterator[str]:
    """Yield a directive with each of its options and values, and without its parts."""
    argument, content = CONTENT.get(name, ("", "text"))
    first = f".. {name}:: {argument}".rstrip()
    yield f"{first}\n\n   {content}\n" if content else f"{first}\n"
    yield f"{first}\n"
    yield f".. {name}::\n\n   {content}\n"
    for number, option in enumerate(sorted({*options, "unknown", "file", "url", "encoding"})):
        for value in VALUES:
            unique = f"{value}{number}" if value and option.endswith("name") else value
            yield f"{first}\n   :{option}: {unique}".rstrip() + f"\n\n   {content}\n"


@pytest.mark.slow
def test_every_directive_and_role(tmp_path: Path) -> None:
    names, roles, options = sphinx_names(tmp_path / "sphinx")
    # "replace" and "unicode" are for substitutions only.
    used = (*sorted(DIRECTIVES - ALIKE - {"replace", "unicode"}),)
    bodies = {name: "\n".join(option_cases(name, options[name])) for name in used}
    others = sorted(names - {*used})
    bodies["directives"] = "\n".join(f".. {name}:: word\n\n   content\n" for name in others)
    bodies["without argument"] = "\n".join(f".. {name}::\n\n   content\n" for name in others)
    bodies["roles"] = "\n\n".join(f"A :{role}:`text` here." for role in sorted(roles))
    comparison, by_path = compare_bodies(bodies, tmp_path)
    assert len(names) > 120
    assert len(roles) > 90
    # A "class" at the end of the text has no element to apply to; a page goes on after it.
    at_the_end = {found for found in comparison.only_check if by_path[found[0]] == "class"}
    assert_equal(comparison, at_the_end)
    # Something was found in nearly every case, and nowhere did docutils fail.
    found = {by_path[path] for path, _line, _code in comparison.check}
    assert len(comparison.check) > 1500
    assert {"code-block", "csv-table", "figure", "roles", "directives"} <= found
    assert not [code for _path, _line, code in comparison.check if code in ("B002", "C001")]


# Kinds of mistakes -------------------------------------------------------------------------------

CASES: Mapping[str, tuple[str, set[tuple[int, str]]]] = {
    # Code: the line and the rule that must report it.
    "not code of its language": (".. code-block:: python\n\n   a = $x\n", {(15, "B050")}),
    "in a list": ("- item\n\n  .. code:: json\n\n     {\n     ?}\n", {(18, "B050")}),
    "a class of nothing": ("Words.\n\n.. class:: x\n", {(15, "B001")}),
    "a role without its name": ("Read :`code` here.\n", {(13, "B060")}),
    "a prompt": (".. code:: pycon\n\n   >>> a = $x\n", {(15, "B050")}),
    "forced": (".. code-block:: python\n   :force:\n\n   a = $x\n", set()),
    "a language that nobody knows": (".. code-block:: nix\n\n   a = $x\n", set()),
    "a misspelt language": (".. code-block:: pyhton\n\n   a = $x\n", {(13, "B037")}),
    "a literal block": ("Code::\n\n   a = $x ? !\n", set()),
    "a doctest": (">>> a = $x\n3\n", set()),
    "a line that is not there": (
        ".. code-block:: python\n   :emphasize-lines: 1,9\n\n   a = 1\n",
        {(13, "B001")},
    ),
    "no line": (".. code-block:: python\n   :emphasize-lines: a\n\n   a = 1\n", {(13, "B001")}),
    "text removed": (".. code-block:: python\n   :dedent: 4\n\n     a = 1\n", {(13, "B001")}),
    "two words": (".. code-block:: python x\n\n   a = 1\n", {(13, "B001")}),
    "caption": (".. code-block:: python\n   :caption: A *b*\n\n   a = 1\n", set()),
    "caption with a directive": (
        ".. code-block:: python\n   :caption: .. nix::\n\n   a = 1\n",
        {(16, "B003")},
    ),
    # Formulas.
    "a formula": (".. math:: a^2\n   :label: e\n\nSee :eq:`e` and :math:`b`.\n", set()),
    "rows": (".. math::\n   :nowrap:\n\n   \\begin{align*}\n   a &= b\n   \\end{align*}\n", set()),
    "an unknown command": (".. math::\n\n   \\foo{x}\n", {(13, "B051")}),
    "an unknown command in text": ("An :math:`\\foo{x}`.\n", {(13, "B051")}),
    "a brace": ("An :math:`\\frac{a}{b`.\n", {(13, "B051")}),
    "an empty formula": (".. math::\n", {(13, "B001")}),
    "a label twice": (".. math:: a\n   :label: e\n\n.. math:: b\n   :label: e\n", {(16, "B001")}),
    "no such label": ("See :eq:`nix`.\n", {(13, "B001")}),
    # Pictures.
    "a picture": (".. image:: real.png\n   :scale: 50\n", set()),
    "a cut picture": (".. image:: cut.png\n   :scale: 50\n", set()),
    "a missing picture": (".. figure:: nix.png\n\n   Caption\n", {(13, "B036")}),
    "a picture in a text": (".. |i| image:: nix.png\n\nA |i|, a |i|.\n", {(13, "B036")}),
    "a picture with a script": (".. image:: script.svg\n", {(13, "B052")}),
    "no picture": (".. image:: text.png\n", {(13, "B052")}),
    "a picture too deep": (".. image:: a/b/c/deep.png\n", {(13, "B006")}),
    "a document": (".. image:: x.pdf\n", {(13, "B006")}),
    "any suffix": (".. image:: real.*\n", {(13, "B006")}),
    "a picture elsewhere": (".. image:: https://example.org/x.png\n", {(13, "B006")}),
    "a link of a picture": (".. image:: real.png\n   :target: javascript:x\n", {(13, "B005")}),
    "no link of a picture": (".. image:: real.png\n   :target: x_\n", {(13, "B001")}),
    # Tables.
    "rows of two lengths": (".. list-table::\n\n   * - a\n     - b\n   * - c\n", {(13, "B001")}),
    "too many widths": (".. list-table::\n   :widths: 1 2\n\n   * - a\n", {(13, "B001")}),
    "too many titles": (".. csv-table::\n   :header-rows: 3\n\n   a, b\n", {(13, "B001")}),
    "a file": (".. csv-table::\n   :file: x.csv\n", {(13, "B003")}),
    "a drawn table": ("== ==\na bcd\n== ==\n", {(14, "B001")}),
    "an option without a value": (".. csv-table::\n   :delim:\n\n   a, b\n", {(13, "B001")}),
    # Other directives.
    "raw": (".. raw:: html\n\n   <b>x</b>\n", {(13, "B003")}),
    "include": (".. include:: x.txt\n", {(13, "B003")}),
    "a domain": (".. c:function:: int f(void)\n", {(13, "B003")}),
    "a level": (".. rubric:: A\n   :heading-level: 3\n", set()),
    "no level": (".. rubric:: A\n   :heading-level: 9\n", {(13, "B001")}),
    "no version": (".. versionadded::\n\n   x\n", {(13, "B001")}),
    "contents in a list": ("* .. contents::\n", {(13, "B001")}),
    "an invisible character": (".. |u| unicode:: U+202E\n\nA.\n", {(13, "B001"), (13, "B003")}),
    "substitutions of Sphinx": ("A |today| here.\n", {(13, "B001")}),
    "nested": ("".join("   " * depth + "* a\n\n" for depth in range(40)), {(8, "B002")}),
    "a long line": ("x" * 6000 + "\n", {(13, "C001")}),
    # Links.
    "a script": ("A `link <javascript:x>`_.\n", {(13, "B005")}),
    "no number": ("See :fep:`seven` and :pep:`eight`.\n", {(13, "B021")}),
    "no proposal": ("See :fep:`9998`.\n", {(13, "B021")}),
    "no target": ("See nix_ here.\n", {(13, "B001")}),
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    bodies = {name: body for name, (body, _expected) in CASES.items()}
    comparison, names = compare_bodies(bodies, tmp_path_factory.mktemp("cases"))
    found: dict[str, Any] = {name: set() for name in bodies}
    for path, line, code in comparison.check:
        found[names[path]].add((line, code))
    return {"found": found, "comparison": comparison}


@pytest.mark.parametrize("name", CASES)
def test_the_check_has_the_line_of(name: str, cases: dict[str, Any]) -> None:
    assert cases["found"][name] == CASES[name][1]


def test_the_build_reports_the_same(cases: dict[str, Any]) -> None:
    assert_equal(cases["comparison"])


def test_every_language_has_a_lexer() -> None:
    for language in LANGUAGES:
        lexing_error("x", language)  # or Pygments raises ClassNotFound


@pytest.mark.parametrize(
    ("specification", "numbers"),
    [("1", [1]), ("1,3-4", [1, 3, 4]), ("-2", [1, 2]), ("5-", [5, 6]), ("9-", [9]), ("", None),
     ("-", None), ("2-1", None), ("1--2", None), ("a", None), ("1,", None)],
)  # fmt: skip
def test_emphasized_lines(specification: str, numbers: list[int] | None) -> None:
    if numbers is None:
        with pytest.raises(ValueError, match="invalid line number spec"):
            emphasized_lines(specification, 6)
    else:
        assert emphasized_lines(specification, 6) == numbers


# Generated texts ---------------------------------------------------------------------------------

WORDS = ("view", "*loud*", "``code``", ":math:`a^2`", ":math:`\\x`", ":eq:`e`", "`role`", "|x|",
         ":fep:`1`", ":fep:`9998`", "https://example.org/", "`t <javascript:x>`_", "*open", "x_",
         ":nix:`y`", "[1]_", ":kbd:`C`", ":ref:`here`")  # fmt: skip


def generate(generator: random.Random) -> str:
    """Return the body of a proposal, made of blocks that are right or wrong."""
    blocks = [_block(generator, 0) for _ in range(generator.randint(1, 6))]
    return "\n\n".join([*blocks, "End."])  # on a page, something follows the text


def _block(generator: random.Random, depth: int) -> str:
    kind = generator.randrange(7 if depth < 2 else 5)
    if kind == 0:
        return " ".join(generator.choices(WORDS, k=generator.randint(1, 5)))
    if kind == 1:
        language = generator.choice(("python", "json", "toml", "c", "nix", "", "pyhton", "console"))
        code = generator.choice(("a = 1", "a = $x", '{"a": ?}', "$ x", "int a;", "..."))
        return f".. code-block:: {language}".rstrip() + f"\n{_options(generator)}\n   {code}"
    if kind == 2:
        name = generator.choice(("real.png", "nix.png", "script.svg", "../x.png", "text.png"))
        directive = generator.choice(("image", "figure"))
        return f".. {directive}:: {name}\n{_options(generator)}"
    if kind == 3:
        return generator.choice(
            ("== ==\na  b\n== ==", "== ==\na  b\n=====", ".. csv-table::\n\n   a, b\n   c",
             ".. list-table::\n   :widths: 1\n\n   * - a\n     - b", ".. math:: \\frac{a",
             ".. math:: a\n   :label: e", ".. raw:: html\n\n   x", ".. |x| replace:: y",
             ".. _here:\n\n.. rubric:: Here", ".. [1] Note", ".. nix::", ".. x", "----")
        )  # fmt: skip
    if kind == 4:
        name = generator.choice(sorted(DIRECTIVES - {"replace", "unicode", "contents", "sectnum"}))
        argument = generator.choice(("", " word", " two words"))
        return f".. {name}::{argument}\n{_options(generator)}\n   text"
    start, indentation = generator.choice(
        (("* ", "  "), ("1. ", "   "), (".. note::\n\n   ", "   "))
    )
    inner = _block(generator, depth + 1)
    return start + inner.replace("\n", f"\n{indentation}")


def _options(generator: random.Random) -> str:
    names = ("class", "name", "caption", "alt", "width", "linenos", "emphasize-lines", "dedent",
             "force", "file", "nix", "align", "scale", "label")  # fmt: skip
    chosen = generator.sample(names, generator.choice((0, 0, 0, 1, 2)))
    values = ("", "x", "1", "9", "50%", "left")
    return "".join(f"   :{name}: {generator.choice(values)}".rstrip() + "\n" for name in chosen)


@pytest.mark.slow
def test_three_hundred_generated_proposals(tmp_path: Path) -> None:
    generator = random.Random(20261129)
    bodies = {str(number): generate(generator) for number in range(300)}
    comparison, _names = compare_bodies(bodies, tmp_path)
    codes = {code for _path, _line, code in comparison.check}
    assert {"B001", "B003", "B004", "B005", "B006", "B036", "B050", "B051", "B052"} <= codes
    assert_equal(comparison)


# Real repositories -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.corpora
@pytest.mark.parametrize("name", ["peps", "deps"])
def test_corpora(name: str, corpora: Path, tmp_path: Path) -> None:
    assert_equal(compare(corpora / name, tmp_path, name.removesuffix("s")))


def test_this_repository(tmp_path: Path) -> None:
    assert_equal(compare(ROOT, tmp_path))
