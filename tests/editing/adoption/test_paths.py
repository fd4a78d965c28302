"""Patterns of file names, inferred from the paths of a repository."""

from __future__ import annotations

import pytest

from fep_tools.editing.adoption.paths import infer_patterns, is_template

PATHS = [
    ("padded", ["peps/pep-0008.rst", "peps/pep-3000.rst"], "peps/pep-{number:04}.rst"),
    ("three digits", ["a/sip-001.md", "a/sip-012.md"], "a/sip-{number:03}.md"),
    ("no zeros", ["rfc/ms-rfc-1.txt", "rfc/ms-rfc-100.txt"], "rfc/ms-rfc-{number}.txt"),
    ("a slug", ["nep-0001-npy.rst", "nep-0050-scalars-2.rst"], "nep-{number:04}-{slug}.rst"),
    ("a slug after _", ["0001_a.rst", "0002_b_c.rst"], "{number:04}_{slug}.rst"),
    ("only a number", ["text/0001-a.md", "text/0002-b.md"], "text/{number:04}-{slug}.md"),
    (
        "a directory",
        ["slep006/proposal.rst", "slep007/proposal.rst"],
        "slep{number:03}/proposal.rst",
    ),
    (
        "titles of directories",
        ["29-a-process/a-process.md", "104-b/b.md"],
        "{number}-{slug}/{slug}.md",
    ),
    ("zero", ["APE0.rst", "APE12.rst"], "APE{number}.rst"),
    ("statuses", ["final/0001-a.rst", "draft/0002-b.rst"], "{status}/{number:04}-{slug}.rst"),
    ("one status", ["draft/0001.rst", "draft/0002.rst"], "draft/{number:04}.rst"),
    ("digits in a directory", ["v2/pep-0008.rst", "v2/pep-0009.rst"], "v2/pep-{number:04}.rst"),
]


@pytest.mark.parametrize(("paths", "pattern"), [r[1:] for r in PATHS], ids=[r[0] for r in PATHS])
def test_patterns(paths: list[str], pattern: str) -> None:
    (found,) = infer_patterns(paths)
    assert (found.pattern, list(found.numbers)) == (pattern, sorted(paths))


def test_templates_among_proposals_are_excluded() -> None:
    proposals = ["doc/nep-0001.rst", "doc/nep-0002.rst"]
    others = ["doc/nep-TEMPLATE.rst", "doc/nep-notes.rst", "doc/old/nep-template.rst"]
    (found,) = infer_patterns([*others, *proposals])
    assert (list(found.numbers), found.templates) == (proposals, ("doc/nep-TEMPLATE.rst",))


def test_templates_are_no_proposals() -> None:
    templates = ["0000-template.md", "x/nep-template.rst", "APEtemplate.rst", "xxxx_template.rst"]
    assert all(map(is_template, templates))
    assert not any(
        map(is_template, ["0750-template-strings.rst", "pep-0012.rst", "template/1.rst"])
    )
    (found,) = infer_patterns(["0000-template.md", "0001-a.md"])
    assert list(found.numbers) == ["0001-a.md"]


def test_names_with_and_without_a_title_are_merged() -> None:
    paths = ["nep-0000.rst", "nep-0001-npy.rst", "nep-0002-warnfix.rst"]
    (found,) = infer_patterns(paths)
    assert found.pattern == "nep-{number:04}-{slug}.rst"
    assert (found.others, found.include) == (("nep-{number:04}.rst",), "nep-*.rst")
    assert list(found.numbers) == paths


def test_directories_of_topics_are_merged() -> None:
    paths = ["keps/node/0001-a/README.md", "keps/net/0002-b/README.md", "keps/net/0003-c/README.md"]
    merged, *each = infer_patterns(paths)
    assert (merged.pattern, merged.others, merged.include, merged.is_merged) == (
        "keps/net/{number:04}-{slug}/{slug}.md",
        ("keps/node/{number:04}-{slug}/{slug}.md",),
        "keps/*/*/*.md",
        True,
    )
    assert merged.numbers == dict(zip(sorted(paths), (2, 3, 1), strict=True))
    assert [found.is_merged for found in each] == [False, False]


@pytest.mark.parametrize(
    "paths",
    [
        ["doc/de/0001-a.md", "doc/fr/0001-a.md"],
        ["rfcs/0001-a.md", "notes/0002-b.md"],
        ["doc/rfcs/0001-a.md", "doc/notes/n-0002.md"],
        ["doc/a/rfcs/0001-a.md", "doc/b/notes/0002-b.md"],
    ],
    ids=["one number", "at the top", "other names", "two names differ"],
)
def test_directories_that_are_not_merged(paths: list[str]) -> None:
    assert not any(found.is_merged for found in infer_patterns(paths))


def test_names_with_one_number_are_not_merged() -> None:
    paths = ["ms-rfc-23.txt", "ms-rfc-24.txt", "ms-rfc-24-FIRSTDRAFT.txt"]
    first, second = infer_patterns(paths)
    assert (first.pattern, first.others) == ("ms-rfc-{number}.txt", ())
    assert list(second.numbers) == ["ms-rfc-24-FIRSTDRAFT.txt"]


def test_the_most_frequent_pattern_is_the_first() -> None:
    paths = ["notes-1.txt", "tip-0001.rst", "tip-0002.rst", "README.rst", ".github/x-1.md"]
    assert [found.pattern for found in infer_patterns(paths)] == [
        "tip-{number:04}.rst",
        "notes-{number}.txt",
    ]


@pytest.mark.parametrize(
    "path",
    ["a{b}-0001.rst", "a*-0001.rst", "a[b]-1.rst", "tip.rst", "tip-0001.png", ".hidden/tip-1.rst"],
)
def test_paths_that_are_no_proposals(path: str) -> None:
    assert infer_patterns([path]) == []


@pytest.mark.parametrize(
    ("paths", "include"),
    [
        (["final/0001-a.rst", "draft/0002-b.rst"], "*/*.rst"),
        (["peps/pep-0008.rst"], "peps/pep-*.rst"),
        (["slep006/proposal.rst"], "slep*/proposal.rst"),
    ],
)
def test_globs(paths: list[str], include: str) -> None:
    assert infer_patterns(paths)[0].include == include
