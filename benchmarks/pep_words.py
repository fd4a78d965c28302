"""``python -m benchmarks.pep_words --peps DIRECTORY [--theirs DIRECTORY] [--ours DIRECTORY]``

Compare the pages of the PEPs' own site with ours word by word, in the order of the text.

DIRECTORY is a clone of https://github.com/python/peps. Both sites are built from it, theirs in a
virtual environment of its own, unless they are given. For each page, the report lists the words
that theirs has and ours lacks, and the anchors. Each difference has a reason in :data:`REASONS`.
Exit status 1: something is missing without one.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .page_text import pages_below, PageText, read_page
from .pep_build import build_ours, build_theirs, install_theirs

THEIR_PARTS = {
    "rfc2822": "header", "#contents": "-", "visually-hidden": "-", "page-title": "title",
    "close-button": "-", "pep-banner": "banner",
}  # fmt: skip
"""Parts of their page by class or id; ``-`` is left out: their own table of contents and button."""

OUR_PARTS = {
    "fep-header": "header", "fep-summary": "header", "fep-about": "header", "headerlink": "-",
}  # fmt: skip

EQUAL = {
    "[“”]": '"',
    "[‘’]": "'",
    "—": "---",
    "–": "--",
    "…": "...",
}
"""Characters that count as equal: ours has quotation marks and dashes as the author wrote them."""

BANNERS = (
    "This PEP is a historical document: see", "This PEP is a historical document.",
    "The up-to-date, canonical documentation can now be found at",
    "The up-to-date, canonical documentation can now be found elsewhere.",
    "The up-to-date, canonical spec,", "is maintained on the PyPA specs page.",
    "The up-to-date, canonical specifications are maintained on the PyPA specs page.",
    "for up-to-date specs and documentation.",
    "Canonical typing specs are maintained at the typing specs site;",
    "runtime typing behaviour is described in the CPython documentation.", "to the typing spec.",
    "This PEP has been withdrawn.", "This PEP has been rejected.", "This PEP has been superseded.",
    "This PEP has been superseded by", "This PEP has been deprecated.", "Important", "Warning",
)  # fmt: skip
"""Their fixed texts of banners; ours has its own, and what authors have written."""

REASONS = {
    "title": "there is a colon between the number and the title, as in lists and links",
    "header: e-mail": "e-mail addresses are not published",
    "header: list": "a mailing list is called by its name, without its host",
    "header: names": "a header has another name, is in the line of the status, or has no value",
    "build label": "a label of an index that their build makes, and not of a PEP",
    "anchor: number": "docutils counts id1, id2; ours are named after labels, so that they stay",
    "anchor: page": "the frame of their page",
}
"""Why something is missing."""

_NUMBERED = re.compile(r"(?:id|index-|footnote-reference-|toc-entry-)\d+")
_FRAME = frozenset(("pep-content", "contents"))
_HEADER_NAMES = frozenset(
    ("BDFL", "By", "Delegate", "Post", "Replaces", "Resolution", "Status", "Superseded", "Topic",
     "Type")
)  # fmt: skip


class Loss(NamedTuple):
    """Words that are missing at one place."""

    page: str
    reason: str
    words: tuple[str, ...]
    context: str


def normal_words(words: list[str]) -> list[str]:
    """Return the words and the punctuation in *words*, with what counts as equal made equal."""
    text = " ".join(words)
    for pattern, plain in EQUAL.items():
        text = re.sub(pattern, plain, text)
    return re.findall(r"\w+|[^\w\s]", text)


def differences(theirs: list[str], ours: list[str]) -> Iterator[tuple[list[str], list[str], str]]:
    """Yield what only one of the two has at each place, and the words before it."""
    if theirs == ours:
        return
    with tempfile.TemporaryDirectory() as name:
        for side, words in (("a", theirs), ("b", ours)):
            Path(name, side).write_text("\n".join(words) + "\n", "utf-8")
        command = ["git", "diff", "--no-index", "--unified=0", "--histogram", "a", "b"]
        run = subprocess.run(command, cwd=name, capture_output=True, check=False)
    for hunk in re.split(r"^@@ ", run.stdout.decode(), flags=re.MULTILINE)[1:]:
        head, *lines = hunk.splitlines()
        start = int(re.match(r"-(\d+)", head)[1])  # type: ignore[index]
        lost = [line[1:] for line in lines if line.startswith("-") and line != "-"]
        added = [line[1:] for line in lines if line.startswith("+")]
        yield lost, added, " ".join(theirs[max(0, start - 7) : start - 1])


def header_reason(word: str, position: int, words: list[str]) -> str:
    """Return why a word of the header is missing, or ``""``."""
    if word in _HEADER_NAMES or word == ":":
        return "header: names"
    if words[position - 1 : position] == ["@"]:  # "python-tulip@googlegroups.com"
        return "header: list"
    # "Ada Lovelace <ada at example.org>"
    before = words[:position]
    is_open = "<" in before and (">" not in before or _last(before, "<") > _last(before, ">"))
    return "header: e-mail" if is_open or word in "<>" else ""


def _last(words: list[str], word: str) -> int:
    return len(words) - 1 - words[::-1].index(word)


def compare_page(name: str, theirs: PageText, ours: PageText) -> Iterator[Loss]:
    """Yield what our page lacks."""
    expected, found = normal_words(theirs.words()), normal_words(ours.words())
    for lost, added, context in differences(expected, found):
        if missing := tuple((Counter(lost) - Counter(added)).elements()):
            is_build_label = missing == ("Topic", "Index") and "topic" in added
            yield Loss(name, "build label" if is_build_label else "", missing, context)
    banners = f" {' '.join(normal_words(theirs.words('banner')))} "
    for text in BANNERS:
        banners = banners.replace(f" {' '.join(normal_words(text.split()))} ", "  ")
    if missing := tuple((Counter(banners.split()) - Counter(found)).elements()):
        yield Loss(name, "", missing, "banner")
    title = Counter(normal_words(theirs.words("title"))) - Counter(found)
    if title:
        yield Loss(name, "" if set(title) - {"-"} else "title", tuple(title.elements()), "title")
    shown = {w.casefold() for part in ("", "header") for w in normal_words(ours.words(part))}
    header = normal_words(theirs.words("header"))
    for position, word in enumerate(header):
        if word.casefold() not in shown:
            yield Loss(name, header_reason(word, position, header), (word,), "header")
    for anchor in sorted(theirs.anchors - ours.anchors):
        is_number = _NUMBERED.fullmatch(anchor)
        reason = "anchor: number" if is_number else "anchor: page" if anchor in _FRAME else ""
        yield Loss(name, reason, (f"#{anchor}",), "anchor")


def compare(theirs: Path, ours: Path) -> list[Loss]:
    """Return what our pages lack, and print how much was compared."""
    losses: list[Loss] = []
    counts: Counter[str] = Counter()
    for name in pages_below(theirs):
        if not name.startswith("pep-") or name == "pep-0000":
            continue
        counts["pages"] += 1
        page = read_page(theirs / name / "index.html", "main", THEIR_PARTS)
        own = ours / name / "index.html"
        if not own.is_file():
            losses.append(Loss(name, "", ("the page",), ""))
            continue
        other = read_page(own, "main", OUR_PARTS)
        losses += compare_page(name, page, other)
        counts["words"] += sum(len(page.words(part)) for part in ("", "banner", "header"))
        counts["anchors"] += len(page.anchors - {a for a in page.anchors if _NUMBERED.fullmatch(a)})
        extra = Counter(normal_words(other.words())) - Counter(normal_words(page.words()))
        counts["words only on ours"] += extra.total()
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    return losses


def report(losses: list[Loss], most: int = 200) -> bool:
    """Print the losses by reason; return whether each has one."""
    by_reason: dict[str, list[Loss]] = defaultdict(list)
    for loss in losses:
        by_reason[loss.reason].append(loss)
    for reason, explanation in REASONS.items():
        found = by_reason.get(reason, [])
        words = sum(len(loss.words) for loss in found)
        print(f"{words:6,} on {len({loss.page for loss in found}):3} pages: {explanation}")
    unexplained = by_reason.get("", [])
    words = sum(len(loss.words) for loss in unexplained)
    print(f"{words:6,} on {len({loss.page for loss in unexplained}):3} pages: NO REASON")
    for loss in unexplained[:most]:
        print(f"        {loss.page}: ... {loss.context} [{' '.join(loss.words)[:200]}]")
    return not unexplained


def _directory(name: str) -> Path:
    return Path(name).resolve()  # the builds run in another directory


def main() -> int:
    """Build what is not there, and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--peps", type=_directory, help="a clone of python/peps")
    parser.add_argument("--theirs", type=_directory, help="their site, if it was built")
    parser.add_argument("--ours", type=_directory, help="our site, if it was built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        theirs, ours = options.theirs, options.ours
        if theirs is None:
            theirs = Path(name, "theirs")
            python = install_theirs(options.peps, Path(name, "venv"))
            print(f"their build: {build_theirs(options.peps, python, theirs)}", flush=True)
        if ours is None:
            ours = Path(name, "ours")
            print(f"our build:   {build_ours(options.peps, ours)}", flush=True)
        return int(not report(compare(theirs, ours)))


if __name__ == "__main__":
    sys.exit(main())
