"""The site of a community whose proposals are in Markdown with YAML above them."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from sphinx.util.docutils import docutils_namespace, patch_docutils

from fep_tools.site.build import SiteApplication

from ..conformance.page_agreement import compare
from .sites import Reader, Site

PROCESS = Path(__file__).parents[1] / "conformance" / "processes" / "eip.toml"

HEAD = """\
---
eip: {n}
title: "Views: number {n}"
description: What a view returns.
author: Ada Lovelace (@ada)
discussions-to: https://example.org/{n}
status: Draft
type: Meta
created: 2025-03-09
---

"""

BODY = """\
## Abstract & `more`

See [the *other*](./eip-8.md#what-it-is), [a file](../assets/eip-7/a.sol#L2), <https://example.org/>
and https://example.com/x. A `view`<sup>2</sup> is ~~gone~~, or not.<br>Next line[^1].

[^1]: The note.

### Code

```solidity
uint x;
```

```python
def view(): ...
```

> [!NOTE]
> An alert.

```{warning}
A *directive*.
```

| a | b |
|---|--:|
| 1 | $x_1$ |

- [x] done

<details>
<summary><strong>All of it</strong></summary>

Folded text, and more.

</details>

Text below it.

![A picture](../assets/eip-7/a.png)

Back to [the top](#abstract--more), or to [a page](https://example.org/p "With a title").

## Specification

None.

## Rationale

None.

## Security Considerations

None.
"""

HOSTILE = """\
## What it is

<script>alert(1)</script>

A <img src=x onerror=alert(2)> and [a link](javascript:alert(3)).

```{include} /etc/passwd
```

```{raw} html
<script>alert(4)</script>
```

```{eval-rst}
.. raw:: html

   <script>alert(5)</script>
```

{raw-html}`<script>alert(6)</script>` ![p](https://example.org/track.png)

<!-- <script>alert(7)</script> -->

![up](../../../etc/passwd.png) ![data](data:image/png;base64,AAAA)

"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    base = tmp_path_factory.mktemp("markdown")
    site = Site(base / "root", base / "site", base / "cache")
    site.write("fep/process.toml", PROCESS.read_text("utf-8"))
    site.write("EIPS/eip-7.md", HEAD.format(n=7) + BODY)
    rest = BODY[BODY.index("## Specification") :]
    site.write("EIPS/eip-8.md", HEAD.format(n=8) + HOSTILE + rest)
    site.write("EIPS/eip-9.md", HEAD.format(n=9) + "## Abstract\n\nA [dead link](eip-99.md).\n")
    site.build(conf=False)
    return site


def test_the_page_has_what_the_text_has(site: Site) -> None:
    page = site.page("eip-0007")
    assert "EIP 7: Views: number 7" in page.text
    assert {"abstract--more", "code", "specification"} <= {s.get("id") for s in page.all("section")}
    links = page.links()
    assert "eip-0008.html#what-it-is" in links or "../eip-0008/#what-it-is" in links
    assert "https://github.com/ethereum/EIPs/blob/HEAD/assets/eip-7/a.sol#L2" in links
    assert {"https://example.org/", "https://example.com/x", "#abstract--more"} <= set(links)
    assert links["https://example.org/p"] == "With a title"
    html = site.html("eip-0007")
    for part in ("<sup>2</sup>", "<br />", "<th", "An alert.", "A <em>directive</em>.",
                 "<math", "☑ done", "The note.", "uint x;", "fep-struck"):  # fmt: skip
        assert part in html, part


def test_what_can_be_folded_is_shown_open(site: Site) -> None:
    html = site.html("eip-0007")
    (block,) = re.findall(r'<div class="fep-details[^>]*>(.*?)</div>', html, re.DOTALL)
    assert "<strong>All of it</strong>" in block
    assert "Folded text, and" in block
    assert "Text below it." not in block


def test_nothing_of_a_text_is_run_fetched_or_included(site: Site) -> None:
    html = site.html("eip-0008")
    page = Reader(html)
    assert "<script>alert" not in html
    for number in (1, 2, 4, 5, 6):  # what is refused is shown as it is written
        assert f"alert({number})" in page.text, number
    assert "alert(7)" not in html
    assert "root:" not in page.text
    assert not [a for a in page.links() if a.startswith("javascript")]
    assert not [i for i in page.all("img") if "example.org" in i["src"] or "data:" in i["src"]]
    assert not [e for _tag, e in page.elements if "onerror" in e]


def test_the_check_and_the_build_agree(site: Site, tmp_path: Path) -> None:
    comparison = compare(site.root, tmp_path)
    assert comparison.check == comparison.build
    assert comparison.only_build == []
    assert comparison.only_check == []
    codes = {(path, code) for path, _line, code in comparison.check}
    expected = ("B003", "B004", "B005", "B006", "B078")
    assert codes >= {("EIPS/eip-8.md", code) for code in expected}
    assert ("EIPS/eip-9.md", "B021") in codes


def test_a_second_build_writes_nothing(site: Site) -> None:
    assert site.build(conf=False).written == 0


def test_a_project_of_a_communitys_own(site: Site, tmp_path: Path) -> None:
    site.write("conf.py", 'extensions = ["fep_tools.site"]\n')
    site.write("index.rst", "Ours\n====\n")
    own = Site(site.root, tmp_path / "own", tmp_path / "cache")
    with patch_docutils(), docutils_namespace():
        app = SiteApplication(
            srcdir=site.root, confdir=site.root, outdir=own.output, doctreedir=tmp_path / "trees",
            buildername="html", status=None, warning=StringIO(),
        )  # fmt: skip
        app.build()
    for name in ("conf.py", "index.rst"):
        site.root.joinpath(name).unlink()
    pages = [path for path in own.output.rglob("*.html") if "An alert." in path.read_text("utf-8")]
    assert len(pages) == 1
