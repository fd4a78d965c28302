from __future__ import annotations

import pytest

from fep_tools.proposals.css import read_attribute, read_css


@pytest.mark.parametrize(
    ("css", "plain", "urls"),
    [
        ("fill: red", "fill: red", []),
        ("a/* ; */b", "a b", []),
        ("a/* to the end", "a ", []),
        ("u/**/rl(#a)", "u rl(#a)", []),
        ("x: '/*'; y: \"*/\"", 'x: ""; y: ""', []),
        ("x: 'it\\'s' y", 'x: "" y', []),
        ("x: 'a\ny: z'", 'x: ""\ny: z""', []),
        ("x: 'a\\\r\nb' y", 'x: "" y', []),
        ("fill: url( #a ) b", "fill: url() b", ["#a"]),
        ("fill: URL('#a') b", "fill: url() b", ["#a"]),
        ("fill: url('#\\\"a\\'') b", "fill: url() b", ["#\"a'"]),
        ("fill: url(#a\\)b) c", "fill: url() c", ["#a)b"]),
        ("fill: url(/*) b */", "fill: url() b */", ["/*"]),
        ("fill: url(#a", "fill: url()", ["#a"]),
        ("u\\72\r\nl(#a)", "url()", ["#a"]),
        ("\\u\\000052 \\4C(#a)", "url()", ["#a"]),
        ("curl(/*#a) */ b)", "curl(  b)", ["/*#a"]),  # no url(), but browsers might disagree
        ("#url(';') @\\69mport", '#url("") @import', [";"]),
        ("v\\61\tr(--a) \\76 ar(--b)", "var(--a) var(--b)", []),
        ("a\\(b\\3b c \\2003 d", "a\ufffdb\ufffdc \ufffdd", []),
        ("\\0 \\d800 \\ffffff x", "\ufffd\ufffd\ufffdx", []),
        ("a\\\nb \\", "a\\\nb \\", []),
    ],
)
def test_css_is_read_as_browsers_do(css: str, plain: str, urls: list[str]) -> None:
    read = read_css(css)
    assert read.plain == plain
    assert [*read.urls[: len(urls)]] == urls
    assert urls or not read.urls


def test_comments_and_strings_are_kept_in_the_second_text() -> None:
    assert read_css("a: '\\41'; /* \\42  */").written == "a: 'A'; /* B */"
    assert read_css("a: '\\41'").texts == ('a: ""', "a: 'A'")
    assert read_css("a: red").texts == ("a: red",)


def test_a_list_of_an_animation_is_split_first() -> None:
    values = "a/*;url(#b);*/"
    assert read_attribute("values", values).plain == "a ;url();*/"
    assert read_attribute("to", values).plain == "a "
