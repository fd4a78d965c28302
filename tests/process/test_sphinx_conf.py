"""A configuration of Sphinx is read and not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.process.sphinx_conf import (
    MAX_LENGTH,
    names_extension,
    read_conf,
    read_confs,
    read_default_role,
    read_link_roles,
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ('default_role = "literal"', "literal"),
        ("import os\ndefault_role: str = 'py:Obj'\n", "py:obj"),
        ('default_role = "a"\ndefault_role = "b"', "b"),
        ("default_role = None", ""),
        ("default_role = 'a' + 'b'", "ab"),
        ("default_role = name()", ""),
        ("# default_role = 'a'", ""),
        ("project = 'x'", ""),
        ("default_role = (", ""),
        ("default_role = 'a'\0", ""),
        ("default_role = " + "(" * 5000, ""),
        ("default_role = 'a'" + "\n" * MAX_LENGTH, ""),
        ("raise SystemExit\ndefault_role = 'a'", "a"),
        ("default_role = 'a'\nx = 1if y else 2", "a"),  # Python warns about the number
    ],
)
def test_only_a_string_counts(text: str, role: str) -> None:
    assert read_default_role(text) == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extensions = ['fep_tools.site']", True),
        ("extensions: list[str] = ('a', 'fep_tools.site')", True),
        ("extensions = []\nextensions += ['fep_tools.site']", True),
        ("extensions = common + ['fep_tools.site']", True),
        ("extensions.append('fep_tools.site')", True),
        ("extensions.insert(0, 'fep_tools.site')", True),
        ("extensions.extend(['fep_tools.site'])", True),
        ("if tags:\n    extensions += ['fep_tools.site']", True),
        ("# extensions = ['fep_tools.site']", False),
        ("'extensions = [\"fep_tools.site\"]'", False),
        ("extensions = []  # fep_tools.site", False),
        ("extensions = 'fep_tools.site'", False),
        ("extensions = ['fep_tools.site.intersphinx']", False),
        ("others = ['fep_tools.site']", False),
        ("extensions = others  # ['fep_tools.site']", False),
        ("extensions.remove('fep_tools.site')", False),
        ("import fep_tools.site\nfrom common import *", False),
        ("def setup(app):\n    extensions = ['fep_tools.site']", False),
        ("extensions = ['fep_tools.site'", False),
        ("extensions = ['fep_tools.site']" + "\n" * MAX_LENGTH, False),
        ("extensions = " + "a + " * 20_000 + "['fep_tools.site']", False),
    ],
)
def test_the_extension_must_be_named_in_the_list(text: str, expected: bool) -> None:
    assert names_extension(text) is expected


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            'extlinks = {"issue": ("https://e.org/%s", "#%s")}',
            {"issue": ("https://e.org/{0}", "#{0}")},
        ),
        (
            "host = 'https://e.org/'\nextlinks = {'PR': [f'{host}pr/%s', None]}",
            {"pr": ("https://e.org/pr/{0}", "https://e.org/pr/{0}")},
        ),
        (
            "extlinks = {'a': ('https://e.org/100%%25/', 'A ')}",
            {"a": ("https://e.org/100%25/{0}", "A {0}")},
        ),
        (
            "issues_github_path = 'a/b'",
            {
                "issue": ("https://github.com/a/b/issues/{0}", "#{0}"),
                "pr": ("https://github.com/a/b/pull/{0}", "#{0}"),
                "user": ("https://github.com/{0}", "@{0}"),
            },
        ),
        ("extlinks = {'a': (url(), 'A')}", {}),
        ("extlinks = {'a': ('https://e.org/%d', 'A')}", {}),
        ("extlinks = {'a': ('https://e.org/{0}', 'A')}", {}),
        ("extlinks = {**others, 'a': 'https://e.org/%s'}", {}),
        ("extlinks = dict(a=('https://e.org/%s', 'A'))", {}),
        ("extlinks = [" + "(" * 1000, {}),
        ("extlinks = {'a': (" + "'a' + " * 20_000 + "'b', 'A')}", {}),
        ("a = 'b'\n" + "a = a + a\n" * 20 + "extlinks = {'a': (a, 'A')}", {}),
        (r"extlinks = {'a': ('https://e.org/\ud800', 'A')}", {}),
    ],
)
def test_links_are_read_from_extlinks(text: str, links: dict[str, tuple[str, str]]) -> None:
    assert read_link_roles(text) == links


def test_the_configuration_nearest_to_the_proposals_comes_first(tmp_path: Path) -> None:
    for directory in ("", "doc/neps", "doc/other"):
        tmp_path.joinpath(directory).mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(directory, "conf.py").write_text(f"# {directory}")
    found = read_confs(tmp_path, ["doc/neps/nep-*.rst", "doc/neps/old/*", "x*/other.rst"])
    assert list(found) == ["# doc/neps", "# "]


def test_a_configuration_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    tmp_path.joinpath("conf.py").write_text("extensions = ['fep_tools.site']", "utf-8-sig")
    assert names_extension(read_conf(tmp_path))
