"""The allow-list of directives, roles, options, links and images."""

from __future__ import annotations

import pytest

from fep_tools.proposals.fields import is_url
from fep_tools.proposals.hosts import is_impossible_host
from fep_tools.proposals.rst.allowlist import (
    directive_kind,
    image_problem,
    IMPOSSIBLE_HOST,
    is_refused_option,
    link_problem,
    NO_HOST,
    role_kind,
    url_scheme,
)  # fmt: skip
from fep_tools.proposals.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    "fep", roles=("pep", "kbd"), literals=("py:*",), banners=("note", "x"), opaque=("y", "code")
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("x", "banner"),
        ("note", "banner"),  # what a community says comes first
        ("y", "opaque"),
        ("code", "opaque"),
        ("code-block", "code"),
        ("sourcecode", "code"),
        ("seealso", "box"),
        ("versionadded", "box"),
        ("image", "plain"),
        ("warning", "plain"),
        ("raw", "refused"),
        ("include", "refused"),
        ("role", "refused"),
        ("default-role", "refused"),
        ("Image", "refused"),
        ("", "refused"),
    ],
)
def test_directive_kind(name: str, kind: str) -> None:
    assert directive_kind(name, VOCABULARY) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fep", "reference"),
        ("pep", "reference"),
        ("kbd", "reference"),
        ("py:class", "literal"),
        ("emphasis", "plain"),
        ("samp", "plain"),
        ("", "missing"),
        ("raw", "refused"),
        ("download", "refused"),
        ("FEP", "refused"),
    ],
)
def test_role_kind(name: str, kind: str) -> None:
    assert role_kind(name, VOCABULARY) == kind


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("file", "a.csv", True),
        ("url", "https://example.org/", True),
        ("loading", "embed", True),
        ("diff", "a.py", True),
        ("figwidth", "image", True),
        ("figwidth", "50 %", False),
        ("tab-width", 0, False),
        ("tab-width", 100, False),
        ("tab-width", 101, True),
        ("widths", "auto", False),
        ("widths", [1, 999], False),
        ("widths", [500, 501], True),
        ("prefix", "Section ", False),
        ("suffix", "." * 21, True),
        ("start", 999_999_999, False),
        ("start", -1_000_000_000, True),
        ("number-lines", None, False),
        ("number-lines", 10**4000, True),
        ("widths", [], False),
        ("emphasize-lines", "1-9999", False),
        ("emphasize-lines", "1-99999", True),
        ("emphasize-lines", None, False),
        ("lineno-start", 99999, False),
        ("lineno-start", 10**9, True),
        ("alt", "file", False),
    ],
)
def test_refused_options(name: str, value: object, is_refused: bool) -> None:
    assert is_refused_option(name, value) is is_refused


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://a.org", "https"),
        ("java\tscript:x", "javascript"),
        (" vbscript:x", "vbscript"),
        ("a/b:c", ""),
        ("#part", ""),
    ],
)
def test_url_scheme(address: str, scheme: str) -> None:
    assert url_scheme(address) == scheme


def test_allowed_links() -> None:
    for address in ("https://a.org", "http://a.org", "mailto:a@b.org", "fep-0007-a.png", "#x"):
        assert link_problem(address) == ""


@pytest.mark.parametrize(
    "address",
    ["https://localhost", "http://[::1]/", "setup.py", "../fep-0007/", "http://", "a.com/b"],
)
def test_a_host_needs_a_scheme(address: str) -> None:
    assert bool(link_problem(address)) is (address == "a.com/b")


@pytest.mark.parametrize("address", ["http:a.org", "https:/a.org", "http:///a"])
def test_a_scheme_needs_a_host(address: str) -> None:
    assert link_problem(address) == NO_HOST


@pytest.mark.parametrize(
    ("address", "is_possible"),
    [
        ("http://[::1]:8080/", True),
        ("https://münchen.example/", True),
        ("http://...", True),
        ("http://[::1/", False),
        ("http://a]b/", False),
        ("http://[a]/", False),
        ("http://[v1.a]/", False),
        ("http://[fe80::1%25en0]/", False),
        ("http://é..example/", False),
        (f"http://{'é' * 64}.example/", False),
        (f"http://{'é.' * 200}example/", False),
        ("http://a\u2100b.example/", False),  # "a/c"
        ("http://a.example/[", True),
        ("a[0]://b", True),
    ],
)
def test_hosts_that_cannot_exist(address: str, is_possible: bool) -> None:
    assert is_impossible_host(address) is not is_possible
    if address.startswith("http"):
        assert link_problem(address) == ("" if is_possible else IMPOSSIBLE_HOST)
        assert is_url(address) is is_possible


@pytest.mark.parametrize("address", ["/a.png", "../a.png", "a/../../b.png", "a\\b.png", "a.exe"])
def test_refused_images(address: str) -> None:
    assert image_problem(address)
    assert image_problem("fep-0007-a.png") == ""


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("../images/a.png", True),
        ("../../docs/images/x/a.png", True),
        ("../.././images/a.png", True),
        ("a.png", True),
        ("../a.png", False),
        ("../image/a.png", False),
        ("../images.png", False),
        ("../images/../a.png", False),
        ("/docs/images/a.png", False),
        ("..\\images\\a.png", False),
        ("../images/a.exe", False),
        ("x/../../images/a.png", False),
    ],
)
def test_images_in_other_directories(address: str, is_allowed: bool) -> None:
    assert (image_problem(address, ["docs/images"]) == "") == is_allowed
