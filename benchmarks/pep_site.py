"""``python -m benchmarks.pep_site --theirs DIRECTORY --ours DIRECTORY``

Compare what ``fep build --process pep`` publishes with the PEPs' own site: ``api/peps.json`` by
key, the feed by item, the groups of the index by row, the order of authors, and the addresses of
pages.

*theirs* is what ``build.py --build-dirs`` of https://github.com/python/peps makes, *ours* is the
output of ``fep build --process pep --base-url https://peps.python.org/``, from the same clone.
Exit status 1: there is a difference that has no reason.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

REASONS = {
    "peps.json 0": "PEP 0 is the index, and no proposal",
    "peps.json white space": "every value is on one line, with single blanks",
    "peps.rss author": "e-mail addresses are not published",
    "peps.rss markup": "titles have no markup, and quotation marks are as they were written",
    "authors order": "accents are ignored, as in dictionaries",
    "authors e-mail": "the table of authors has numbers of proposals instead of addresses",
    "release-schedule.ics": "its time is that of the build",
    "address /contents/": "a table of contents that Sphinx needs, with the index of all PEPs",
    "address /CNAME": "a setting of their host",
}
"""The differences that are known, and why they are there."""


def one_line(value: object) -> object:
    """Return a text, or the texts in a list, with single blanks."""
    if isinstance(value, list):
        return [one_line(part) for part in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def compare_json(theirs: Path, ours: Path) -> Iterator[tuple[str, str]]:
    """Yield each difference: its kind, and what it is about."""
    expected = json.loads(theirs.joinpath("api/peps.json").read_bytes())
    found = json.loads(ours.joinpath("api/peps.json").read_bytes())
    for number in sorted(expected.keys() | found.keys(), key=int):
        if number not in expected or number not in found:
            yield f"peps.json {number}", "only one of the two has it"
            continue
        yield from _compare_entry(number, expected[number], found[number])
    print(f"peps.json: {len(found)} of {len(expected)} PEPs, {len(expected['8'])} keys each")


def _compare_entry(
    number: str, expected: dict[str, object], found: dict[str, object]
) -> Iterator[tuple[str, str]]:
    if list(expected) != list(found):
        yield "peps.json keys", f"PEP {number}: {list(expected)}, {list(found)}"
    for key, value in expected.items():
        other = found.get(key)
        if value != other:
            kind = "white space" if one_line(value) == one_line(other) else key
            yield f"peps.json {kind}", f"PEP {number}, {key}: {value!r}, {other!r}"


def compare_feed(theirs: Path, ours: Path) -> Iterator[tuple[str, str]]:
    """Yield the differences of the items of the feed."""
    expected, found = (_items(directory / "peps.rss") for directory in (theirs, ours))
    if [item["link"] for item in expected] != [item["link"] for item in found]:
        yield "peps.rss items", "other PEPs, or another order"
    print(f"peps.rss: {len(found)} items of {len(expected)}")
    for one, other in zip(expected, found, strict=False):
        for key, text in one.items():
            if text == other.get(key):
                continue
            if key == "author" and re.sub(r" \([^()]*@[^()]*\)", "", text) == other[key]:
                yield "peps.rss author", f"{one['link']}: {text}"
            elif _plain(text) == _plain(other.get(key, "")):
                yield "peps.rss markup", f"{one['link']} {key}"
            else:
                yield f"peps.rss {key}", f"{one['link']}: {text!r}, {other.get(key)!r}"


def _items(path: Path) -> list[dict[str, str]]:
    root = ElementTree.parse(path).getroot()
    return [
        {part.tag: " ".join((part.text or "").split()) for part in item}
        for item in root.iter("item")
    ]


def _plain(text: str) -> str:
    """Return *text* without backquotes, and with plain quotation marks and dashes."""
    for pattern, plain in (("[“”]", '"'), ("[‘’]", "'"), ("`", ""), ("–", "--"), ("—", "---")):
        text = re.sub(pattern, plain, text)
    return text


def compare_index(theirs: Path, ours: Path) -> Iterator[tuple[str, str]]:
    """Yield the differences of the groups of the index, and of the numerical index."""
    expected = list(_their_groups(theirs.joinpath("pep-0000/index.html").read_text("utf-8")))
    found = list(_our_groups(ours.joinpath("index.html").read_text("utf-8")))
    for (title, rows), (own_title, own_rows) in zip(expected, found, strict=False):
        print(f"index: {len(own_rows)} of {len(rows)} rows: {title} / {own_title}")
        if rows != own_rows:
            yield "index rows", f"{title}: {sorted(set(rows) ^ set(own_rows)) or 'another order'}"
    if len(expected) != len(found):
        yield "index groups", f"{len(expected)}, {len(found)}"
    numerical = theirs.joinpath("numerical/index.html").read_text("utf-8")
    number = ours.joinpath("number/index.html").read_text("utf-8")
    if _numbers(numerical) != _our_numbers(number):
        yield "numerical index", "other PEPs, or another order"


def _their_groups(page: str) -> Iterator[tuple[str, list[int]]]:
    for part in re.split(r"<h[23]>", page)[1:]:
        title = unescape(re.sub("<[^>]+>", "", part.partition("</h")[0])).strip()
        if rows := _numbers(part):
            yield title, rows


def _numbers(page: str) -> list[int]:
    rows = r'<td><a class="pep reference internal" href="[^"]*"[^>]*>(\d+)</a>'
    return [int(number) for number in re.findall(rows, page)]


def _our_groups(page: str) -> Iterator[tuple[str, list[int]]]:
    for part in page.split('<section class="fep-group"')[1:]:
        title = unescape(re.sub("<[^>]+>", "", part.partition("<h2>")[2].partition("<a")[0]))
        yield title, _our_numbers(part)
    reserved = page.partition('id="reserved-numbers"')[2]
    yield "Reserved numbers", [int(n) for n in re.findall(r"<th[^>]*><p>(\d+)</p></th>", reserved)]


def _our_numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'fep-col-number"><p>(\d+)</p>', page)]


def compare_authors(theirs: Path, ours: Path) -> Iterator[tuple[str, str]]:
    """Yield the differences of the lists of authors."""
    page = theirs.joinpath("pep-0000/index.html").read_text("utf-8")
    table = page.partition('id="authors-owners"')[2].partition("</table>")[0]
    expected = [
        " ".join(unescape(name).split()) for name in re.findall(r"<tr[^>]*><td>([^<]*)</td>", table)
    ]
    listed = ours.joinpath("author/index.html").read_text("utf-8").partition("fep-values")[2]
    found = [
        " ".join(unescape(name).split())
        for name in re.findall(r"<p><a [^>]*><span>([^<]*)</span></a>", listed)
    ]
    print(f"authors: {len(found)} of {len(expected)}")
    expected, found = ([_plain(name) for name in names] for names in (expected, found))
    for name in sorted(set(expected) ^ set(found)):
        yield "authors", f"{name}: only one of the two has the name"
    both = [name for name in found if name in set(expected)]
    in_order = [name for name in expected if name in set(found)]
    for one, other in zip(in_order, both, strict=False):
        if one != other:
            yield "authors order", f"{one}, {other}"
            break
    yield "authors e-mail", "a table of their index"


def compare_addresses(theirs: Path, ours: Path) -> Iterator[tuple[str, str]]:
    """Yield the addresses of their site that ours does not have."""
    pages = {path.parent.relative_to(theirs).as_posix() for path in theirs.rglob("index.html")}
    files = {
        path.relative_to(theirs).as_posix()
        for path in theirs.rglob("*")
        if (path.is_file() and path.suffix in {".json", ".ics", ".rss"}) or path.name == "CNAME"
    }
    missing = [page for page in pages if not ours.joinpath(page, "index.html").is_file()]
    print(f"addresses: {len(pages) - len(missing)} of {len(pages)} pages, and {sorted(files)}")
    yield from ((f"address /{page}/", "no page and no redirect") for page in sorted(missing))
    for name in sorted(files - {"api/peps.json", "peps.rss"}):
        own = ours / name
        if not own.is_file():
            yield f"address /{name}", "missing"
        elif own.read_bytes() != theirs.joinpath(name).read_bytes():
            yield name, "another content"


def report(differences: Iterable[tuple[str, str]]) -> int:
    """Print the differences by kind, and return how many kinds have no reason."""
    kinds: dict[str, list[str]] = {}
    for kind, detail in differences:
        kinds.setdefault(kind, []).append(detail)
    counts = Counter({kind: len(details) for kind, details in kinds.items()})
    for kind, count in sorted(counts.items()):
        reason = REASONS.get(kind, "NO REASON")
        print(f"{count:4}  {kind}: {reason}")
        if kind not in REASONS:
            print(*(f"        {detail}" for detail in kinds[kind][:8]), sep="\n")
    return sum(kind not in REASONS for kind in kinds)


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("theirs", "ours"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    theirs, ours = options.theirs, options.ours
    differences = [
        *compare_json(theirs, ours),
        *compare_feed(theirs, ours),
        *compare_index(theirs, ours),
        *compare_authors(theirs, ours),
        *compare_addresses(theirs, ours),
    ]
    return int(report(differences) > 0)


if __name__ == "__main__":
    sys.exit(main())
