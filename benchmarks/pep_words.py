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
    "close-button": "-",
}  # fmt: skip
"""Parts of their page by class or id; ``-`` is left out: their own table of contents and button."""

OUR_PARTS = {
    "fep-header": "header", "fep-summary": "header", "fep-about": "header", "headerlink": "-",
}  # fmt: skip

EQUAL = (
    ("[“”]", '"', "quotation marks are as the author wrote them"),
    ("[‘’]", "'", "quotation marks are as the author wrote them"),
    ("—", "---", "dashes are as the author wrote them"),
    ("–", "--", "dashes are as the author wrote them"),
    ("…|[.]\\s[.]\\s[.]", "...", "dots are as the author wrote them"),
    (r"(?<=\d),\s+(?=\d)", ",", "(1, 2) behind a footnote is (1,2)"),
    (r"\s*\*\s*", " * ", "C signatures are as the author wrote them"),
    (r"\s*\bas\s+at\b", " as at", "(white space only)"),
)
"""Patterns whose matches count as equal, what they become, and why."""

_BANNER = (
    "Important Warning This PEP is a historical document. document: The up-to-date, canonical "
    "documentation spec, specs specifications can now be found at elsewhere. is are maintained on "
    "the PyPA page. site; for and Canonical typing runtime behaviour described in CPython to "
    "propose changes spec. See PEP has been withdrawn. rejected. superseded. superseded deprecated."
)

REASONS = {
    "banner": "a banner has our words, or no words if the status says the same",
    "build label": "a label of an index that their build generates, not of a PEP",
    "title": "the number and the title are joined by a colon, as in lists and links",
    "header: e-mail": "e-mail addresses are not published",
    "header: punctuation": "lists of people and links have other separators",
    "header: name": "a header has another name, or its value is in the line of the status",
    "header: link": "a link is called after its list or forum, as in all links",
    "header: names": "the names of headers are above the values, such as in tables",
    "anchor: number": "docutils counts id1, id2; ours are named after labels, so that they stay",
    "anchor: page": "the frame of their page",
}
"""Why something is missing."""

_NUMBERED = re.compile(r"(?:id|index-|footnote-reference-|toc-entry-)\d+")
_FRAME = frozenset(("pep-content", "contents"))
_HEADER_NAMES = frozenset(
    ("Author", "BDFL-Delegate", "PEP-Delegate", "Sponsor", "Discussions-To", "Status", "Type",
     "Topic", "Created", "Python-Version", "Post-History", "Replaces", "Superseded-By", "Requires",
     "Resolution")
)  # fmt: skip


class Loss(NamedTuple):
    """Words that are missing at one place."""

    page: str
    reason: str
    words: tuple[str, ...]
    context: str


def normal_words(words: list[str]) -> list[str]:
    """Return words with what counts as equal made equal."""
    text = " ".join(words)
    for pattern, plain, _why in EQUAL:
        text = re.sub(pattern, plain, text)
    return text.split()


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
        lost = [line[1:] for line in lines if line.startswith("-")]
        added = [line[1:] for line in lines if line.startswith("+")]
        yield lost, added, " ".join(theirs[max(0, start - 7) : start - 1])


def body_reason(lost: list[str], context: str, added: list[str]) -> str:
    """Return why words of the text are missing, or ``""``."""
    if not set(lost) - set(_BANNER.split()) - {"×"}:
        return "banner"
    if " ".join(lost).rstrip(".") == "Topic Index" and added[:1] in (
        ["topic-index"],
        ["topic-index."],
    ):
        return "build label"
    return ""


def header_reason(word: str) -> str:
    """Return why a word of the header is missing, or ``""``."""
    if word in _HEADER_NAMES or word.rstrip(":") in _HEADER_NAMES:
        return "header: name"
    if re.search(r"@|\bat$|^<|>,?$", word):
        return "header: e-mail"
    if word in ("list", "thread", "message", "Discourse") or word.endswith((" list", "-Dev")):
        return "header: link"
    return ""


def compare_page(name: str, theirs: PageText, ours: PageText) -> Iterator[Loss]:
    """Yield what our page lacks."""
    expected, found = normal_words(theirs.words()), normal_words(ours.words())
    for lost, added, context in differences(expected, found):
        missing = Counter(lost) - Counter(added)
        if missing:
            reason = body_reason(list(missing.elements()), context, added)
            yield Loss(name, reason, tuple(missing.elements()), context)
    title = Counter(normal_words(theirs.words("title"))) - Counter(found)
    if title:
        known = all(word == "--" or f"{word}:" in found for word in title)
        yield Loss(name, "title" if known else "", tuple(title), "title")
    shown = {word.strip(",;()") for part in ("", "header") for word in ours.words(part)}
    for word in theirs.words("header"):
        plain = word.strip(",;()")
        if plain and plain not in shown:
            yield Loss(name, header_reason(word), (word,), "header")
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
        counts["words"] += len(page.words())
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
    for _pattern, _plain, why in dict.fromkeys(EQUAL):
        print(f" equal: {why}")
    unexplained = by_reason.get("", [])
    words = sum(len(loss.words) for loss in unexplained)
    print(f"{words:6,} on {len({loss.page for loss in unexplained}):3} pages: NO REASON")
    for loss in unexplained[:most]:
        print(f"        {loss.page}: ... {loss.context} [{' '.join(loss.words)[:200]}]")
    return not unexplained


def main() -> int:
    """Build what is not there, and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--peps", type=Path, help="a clone of python/peps")
    parser.add_argument("--theirs", type=Path, help="their site, if it was built")
    parser.add_argument("--ours", type=Path, help="our site, if it was built")
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
