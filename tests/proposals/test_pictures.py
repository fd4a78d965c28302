from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape as escape_text

import pytest

from fep_tools.proposals.pictures import file_problem, MAX_SVG_BYTES, raster_problem, svg_problem

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
HTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def svg(content: str = "", attributes: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {XLINK} {attributes}>{content}</svg>'


def copies(depth: int, element: str = "<use href='#a{}'/><use href='#a{}'/>") -> str:
    """Return elements that are each made of two copies of the one before."""
    rest = (f"<g id='a{n}'>{element.format(n - 1, n - 1)}</g>" for n in range(1, depth))
    return f"<rect id='a0'/>{''.join(rest)}"


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


def nested(depth: int) -> str:
    """Return a picture inside pictures."""
    if depth == 1:
        return svg()
    return svg(f"<image href='data:image/svg+xml;base64,{encoded(nested(depth - 1))}'/>")


def escape(text: str) -> str:
    return escape_text(text.replace("#", "%23"), {"'": "&apos;"})


def inside(parameters: str, content: str, kind: str = "data:image/svg+xml") -> str:
    return svg(f"<image href='{kind}{parameters},{content}'/>")


LARGE = "becomes too large in a browser: elements are copies of copies"
MADE = "has a property in a style that is made of others"
VALUES = "becomes too large in a browser: each element has values that are made of others"
PATTERN = "<pattern id='p{0}'><rect class='c{0}'/><rect class='c{0}'/></pattern>"
PATTERNS = "".join(PATTERN.format(n) for n in range(16))
STYLES = "".join(f".c{n}{{fill:url(#p{n + 1})}}" for n in range(15))
LINE = f"d='M0 0{'h1' * 200}'"
MARKERS = "".join(
    f"<marker id='m{n}'><path {LINE} marker-mid='url(#m{n - 1})'/></marker>" for n in range(4)
)
GROUPS = "".join(
    f"<pattern id='p{n}'><g fill='url(#p{n - 1})'>{'<rect/>' * 100}</g></pattern>" for n in range(4)
)
QUOTED = "<pattern id='a\"0'><path/></pattern>" + "".join(
    f"<pattern id='a\"{n}'>" + f"""<g fill='url("#a\\"{n - 1}")'/>""" * 2 + "</pattern>"
    for n in range(1, 22)
)
GRADIENT = "<linearGradient id='a'>" + "<stop/>" * 9 + "</linearGradient>"
HATCHES = "".join(
    f"<pattern id='h{n}'><rect/><path d='M0 0h9'/></pattern><path {LINE} "
    f"style='fill: url(#h{n}); stroke: none'/>"
    for n in range(30)
)
ARROWS = "<marker id='a'><path d='M0 0L9 9Z'/></marker>" + (
    "<path d='M 0 0 C 1 2 3 4 5 6' marker-end='url(#a)' marker-start='url(#a)'/>" * 15_000
)
TILES = f"<style>.b{{fill:url(#a)}}</style><pattern id='a'>{'<path/>' * 50}</pattern>"

DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
MATPLOTLIB = (
    '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
    ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    + svg(
        "<metadata><type xmlns='urn:x' resource='http://purl.org/dc/dcmitype/StillImage'/>"
        "</metadata><defs><style type='text/css'>*{stroke-linejoin: round}</style></defs>"
        "<use xlink:href='#m1' style='stroke: #000'/><g clip-path='url(#p)'/>"
    )
)
DRAWIO = svg(
    f"<switch><foreignObject><div {HTML} style='font-size: 12px;'>Views<br/>one</div>"
    "</foreignObject><image xlink:href='data:image/png;base64,iVBORw0KGgo='/></switch>"
    "<a xlink:href='https://www.drawio.com/doc/faq/svg-export-text-problems'><text>x</text></a>",
    "content='&lt;mxfile onload=&quot;x&quot; url(https://example.org/)&gt;'",
)


@pytest.mark.parametrize(
    "text",
    [
        svg(),
        MATPLOTLIB,
        DRAWIO,
        "\ufeff" + svg(),
        svg("<text>on this day = 1, onload=, javascript: and &lt;script&gt;</text>"),
        svg("<image href='data:image/svg+xml;base64,PHN2Zy8+'/>"),
        svg("<style>@font-face {src: url(data:font/woff2;base64,d09G)}</style>"),
        svg("<animate attributeName='fill' values='red;url(#a)'/>"),
        svg("<style>a {x: u/**/rl(//x); --y: v/**/ar(--a); --z: \\;var(--a)}</style>"),
        svg(
            "<style>:root{--a: rgb(1,2,3); --b: '}'; fill: var(--a)} p--c:hover{x: var(--a)}"
            " .columns:hover{grid-template-columns: 1px; --wide: { x: y };"
            "y: light-dark(var(--a), red)}"
            "</style><g fill='var(--a)'/>"
        ),
        svg("<color-profile xlink:href='file:///Library/P3.icc'/>"),
        svg(copies(10)),
        svg(f"{GRADIENT}<g fill='url(#a)'>{'<path/>' * 20_000}</g>"),
        svg(f"<style>.b{{fill:url(#a)}}</style>{GRADIENT}" + "<path class='b'/>" * 20_000),
        svg(TILES + "<path class='b'/>" + "<path/>" * 3000),
        svg(HATCHES),
        svg(ARROWS),
        nested(5),
        svg("<path id='a'/>" + "<use xlink:href='#a'/>" * 30_000),
        svg("<g id='a'><animate xlink:href='#a'/><a xlink:href='#a'/></g>"),
        svg(
            "<style>.a{clip-path:url(#b)} .c{clip-path:url(#d)}</style>"
            "<clipPath id='b'><use href='#e'/></clipPath><clipPath id='d'><use href='#e'/>"
            "</clipPath><rect id='e' class='a'/><rect class='c'/>"
        ),
        DOCTYPE + svg("<text>a&#160;b &amp;&lt;&gt;&quot;&apos;</text>"),
    ],
)
def test_a_harmless_picture_is_published(text: str) -> None:
    assert svg_problem(text.encode()) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (svg("<script>x</script>"), "has the element <script>"),
        (svg("<x:script xmlns:x='http://www.w3.org/2000/svg'/>"), "has the element <script>"),
        (svg("<script xmlns='urn:x'/>"), "has the element <script>"),
        (svg("<handler/>"), "has the element <handler>"),
        (svg("<a href='https://a.example' ping='//b.example'/>"), "has the attribute ping"),
        (svg("<rect onclick='x'/>"), "has the event handler onclick"),
        (svg("", "ONLOAD='x'"), "has the event handler onload"),
        (svg(f"<foreignObject><iframe {HTML}/></foreignObject>"), "has the element <iframe>"),
        (svg(f"<foreignObject><form {HTML}/></foreignObject>"), "has the HTML element <form>"),
        (svg(f"<p {HTML}><img src='x.png'/></p>"), "has the HTML element <img>"),
        (svg("<a href='javascript:x'/>"), "has a link that runs a script"),
        (svg("<a xlink:href='java&#9;script:x'/>"), "has a link that runs a script"),
        (svg("<a href='data:text/html,x'/>"), "refers to another file or site: data:text/html,x"),
        (svg("<use href='other.svg#a'/>"), "refers to another file or site: other.svg#a"),
        (svg("<use href='data:image/svg+xml,x'/>"), "refers to another file or site: data:image"),
        (svg("<image href='https://x.example/'/>"), "refers to another file or site: https://x"),
        (svg("<feImage href='//x.example/'/>"), "refers to another file or site: //x"),
        (svg("<rect fill='url(https://x.example/)'/>"), "refers to another file or site: https"),
        (svg("<rect style='fill: u\\72l(//x.example)'/>"), "refers to another file or site: //x"),
        (svg("<style>@im\\70ort 'x.css';</style>"), "has @import in a style"),
        (svg('<style>a {x: "/*"} @import "x.css"; b {x: "*/"}</style>'), "has @import in a style"),
        (svg("<style>a {x: '/*'; y: url(//x) '*/'}</style>"), "refers to another file or site: //"),
        (svg("<style>a{x:u\\72&#13;&#10;l(//x)}</style>"), "refers to another file or site: //x"),
        (svg('<style>@\\69&#13;&#10;mport "//x"</style>'), "has @import in a style"),
        (
            svg('<style>a {x: "\\"/*"; y: url(//x) "*/"}</style>'),
            "refers to another file or site: ",
        ),
        (svg("<style>a {x: url(/*); y: url(//x) */}</style>"), "refers to another file or site: /"),
        (svg("<style>@font-face {src: src('//x')}</style>"), "has src in a style"),
        (svg("<set to='red' values='a/*;url(//x);*/'/>"), "refers to another file or site: //x"),
        (svg("<style>a {x: image-set('x.png' 1x)}</style>"), "has image-set in a style"),
        (svg("<set attributeName='onload' to='x'/>"), "animates the attribute onload"),
        (svg("<animate attributeName='xlink:href' to='x'/>"), "animates the attribute xlink:href"),
        (svg("", "xml:base='https://x.example/'"), "has xml:base"),
        (svg("<image href='%23/../x.svg'/>"), "refers to another file or site: %23/../x.svg"),
        (svg("<image href='data%3Aimage/png,x'/>"), "refers to another file or site: data%3A"),
        (svg("<rect fill='url(data%3Aimage/png,x)'/>"), "refers to another file or site: data%3A"),
        (DOCTYPE + svg("<a href='javascript&colon;x'/>"), "has the entity &colon;; write the"),
        (DOCTYPE + svg("<style>&commat;import 'x.css';</style>"), "has the entity &commat;; write"),
        (DOCTYPE + svg("<style>*{fill:url&lpar;//x)}</style>"), "has the entity &lpar;; write the"),
        (DOCTYPE + svg("<image href='&sol;&sol;data:font@x.example/'/>"), "has the entity &sol;;"),
        (DOCTYPE.replace('"x"', '""') + svg("<g id='&nbsp;'/>"), "has the entity &nbsp;; write"),
        (DOCTYPE + svg("<text>a&nbsp;b</text>"), "has the entity &nbsp;; write the character"),
        (DOCTYPE + svg("<g fill='&\u00e9;'/>"), "has the entity &\u00e9;; write the character"),
        (svg("<a href='javascript&colon;x'/>"), "is not well-formed XML (line 1)"),
        ('<?xml version="1.0" standalone="yes"?>' + DOCTYPE + svg("&a;"), "has the entity &a;"),
        ('<?xml-stylesheet href="x.css"?>' + svg(), "names a style sheet in another file"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "declares entities or attributes"),
        ('<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>' + svg(), "declares entities or"),
        ('<?xml version="1.0" encoding="latin-1"?>' + svg(), "is declared to be encoded in latin"),
        ("<svg/>", "is no SVG picture to a browser without xmlns="),
        (f"<html {HTML}/>", "is not an SVG picture"),
        (svg(copies(22)), LARGE),
        (svg(copies(22, "<use xlink:href='#%61{}'/><use href='# a{}'/>")), LARGE),
        (svg(copies(22, "<g fill='url(#a{})'/><g style='mask: u\\72l(\"#a{}\")'/>")), LARGE),
        (svg(f"<style>{STYLES}</style>{PATTERNS}"), LARGE),
        (svg(MARKERS + f"<path {LINE} marker-mid='url(#m3)'/>"), LARGE),
        (svg(MARKERS + f"<path {LINE} style='m\\61rker-mid:url(#m3)'/>"), LARGE),
        (svg(MARKERS + f"<style>path{{m\\61rker-mid:url(#m3)}}</style><path {LINE}/>"), LARGE),
        (svg(GROUPS + "<rect fill='url(#p3)'/>"), LARGE),
        (svg(GROUPS + "<rect><set attributeName='fill' to='url(#p3)'/></rect>"), LARGE),
        (svg(TILES + "<path/>" * 30_000), LARGE),
        (svg("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"), LARGE),
        (svg("<g id='a'><use href='#b'/></g><use href='#a'/>" * 300 + "<g id='b'/>"), LARGE),
        (svg(f"<image href='data:image/svg+xml,{quote(svg(copies(22)))}'/>"), LARGE),
        (svg(f"<image href='data:image/svg+xml;base64,{encoded(svg(copies(22)))}'/>"), LARGE),
        (inside(";base64", encoded(svg(copies(22))).rstrip("=")), LARGE),
        (inside("; Base64 ", encoded(svg(copies(21)))), LARGE),
        (inside(";charset=utf-8", escape(svg(copies(22)))), LARGE),
        (inside("", escape(svg(copies(22))), " da&#9;ta:image/svg+xml"), LARGE),
        (svg(QUOTED), LARGE),
        (svg("<style>g{--b:var(--a)var(--a)}</style>"), MADE),
        (svg('<g style=\'--b:[;"]"]"}"var(--a)\'/>'), MADE),
        (svg("<g style='--b:\\; var(--a)'/>"), MADE),
        (svg("<g style='-\\2d b:\\76 ar(--a)'/>"), MADE),
        (svg("<g style='--b/**/:var(--a)'/>"), MADE),
        (svg('<style>g{--b: "/*"; --c: var(--x); --d: "*/"}</style>'), MADE),
        (svg('<style>g{--b: "/*"; --c: v\\61 r(--x); --d: "*/"}</style>'), MADE),
        (svg("<style>g{--b: url(#}); --c: var(--x)}</style>"), MADE),
        (inside("", escape(svg("<style>g{--b:--f(1)}</style>"))), MADE),
        (svg("<style>@function --f(){result:x}</style>"), "has @function in a style"),
        (svg(f"<g style='--a:{'x' * 10_000}'/>" + "<g fill='var(--a)'/>" * 20_000), VALUES),
        (svg(f"<style>g{{--a:{'x' * 10_000};fill:var(--a)}}</style>" + "<g/>" * 20_000), VALUES),
        (svg("<g style='columns:1000'/>"), "has columns in a style, which may take a browser"),
        (svg("<style>p{-webkit-column-\\63ount :9}</style>"), "has -webkit-column-count in a"),
        (svg("<g a1='attr(a0 type(*)) attr(a0 type(*))'/>"), "has attr() in a style or attribute"),
        (svg("<g style='fill:at\\74 r(a1 type(*))'/>"), "has attr() in a style or attribute"),
        (svg("<style>g{x:attr/**/(a1)}</style>"), "has attr() in a style or attribute"),
        (inside(";base64", "x"), "has a picture inside that is not well-formed XML"),
        (nested(6), LARGE),
        (svg()[:-1], "is not well-formed XML (line 1)"),
        ("", "is not well-formed XML (line 1)"),
        ("version https://git-lfs.github.com/spec/v1\noid x\n", "is a pointer of Git LFS"),
    ],
)
def test_what_a_picture_may_not_have(text: str, problem: str) -> None:
    assert svg_problem(text.encode()).startswith(problem)


def test_a_picture_in_another_encoding_is_refused() -> None:
    assert svg_problem(svg().encode("utf-16")) == "is not encoded in UTF-8"


def test_entities_take_no_memory() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    bomb = f"<!DOCTYPE svg [{entities}]>{svg('&a19;')}"
    assert svg_problem(bomb.encode()).startswith("declares entities")


@pytest.mark.parametrize(
    ("start", "is_picture"),
    [
        (b"\x89PNG\r\n\x1a\n", True),
        (b"\xff\xd8\xff\xe0", True),
        (b"GIF89a", True),
        (b"RIFF....WEBP", True),
        (b"<html>", False),
        (b"", False),
        (b"version https://git-lfs", False),
    ],
)
def test_a_raster_picture_begins_like_one(start: bytes, is_picture: bool) -> None:
    assert (raster_problem(start) == "") == is_picture


def test_files_that_are_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(svg(), "utf-8")
    (tmp_path / "b.svg").symlink_to("a.svg")
    (tmp_path / "d.png").mkdir()
    (tmp_path / "e").symlink_to(".")
    (tmp_path / "f.svg").write_text(svg("x" * MAX_SVG_BYTES), "utf-8")
    problems = {
        name: file_problem(tmp_path, name)
        for name in ("a.svg", "b.svg", "c.png", "d.png", "e/a.svg", "f.svg")
    }
    assert problems == {
        "a.svg": "",
        "b.svg": "is a symbolic link, or in a directory that is one",
        "c.png": "does not exist",
        "d.png": "is not a file",
        "e/a.svg": "is a symbolic link, or in a directory that is one",
        "f.svg": "is larger than 4 MiB",
    }
    assert file_problem(tmp_path, "g\0.png")


@pytest.mark.parametrize("part", ["--a:(", "--a:", '--a:"', "--a.", "--\U0001f600", "--a:[]"])
def test_properties_in_a_style_are_searched_once(part: str) -> None:
    style = part * 100_000
    assert svg_problem(svg(f"<style>{style}</style>").encode()) == ""


def test_comments_in_a_style_are_searched_once() -> None:
    """With 60,000 comments that never end, each searched to the end, this would take minutes."""
    assert svg_problem(svg(f"<style>{'/* ' * 60_000}</style>").encode()) == ""
    hidden = "<style>a { fill: url(/**/https://evil.example) } /* </style>"
    assert "evil.example" in svg_problem(svg(hidden).encode())
