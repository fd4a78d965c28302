"""Every check of the PEPs' own linter has an equivalent rule.

Each row is a mistake that https://github.com/python/peps/blob/main/check-peps.py reports, in a
made-up PEP, and the only rule that must report it.
"""

from __future__ import annotations

import pytest

from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY

GOOD = """\
PEP: 9001
Title: Typed views
Author: Ada Lovelace <ada@example.org>,
        Grace Hopper
Sponsor: Barbara Liskov <barbara at example.org>
PEP-Delegate: Frances Allen, Jean Bartik
Discussions-To: https://discuss.python.org/t/typed-views/42
Status: Draft
Type: Standards Track
Topic: Packaging, Typing
Requires: 8, 20
Created: 03-Mar-2025
Python-Version: 3.15, 3.16.1
Post-History: `04-Mar-2025 <https://discuss.python.org/t/typed-views/42>`__,
              05-Mar-2025
Resolution: `06-Mar-2025 <https://discuss.python.org/t/typed-views/42/7>`__
"""
THREAD = "https://discuss.python.org/t/typed-views/42"
TRACK = "Standards Track"


def with_header(name: str, value: str) -> str:
    """Return the sound PEP with another value in one header."""
    lines = GOOD.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{name}:"))
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith(" "))
    return "\n".join([*lines[:start], f"{name}: {value}".rstrip(), *lines[end:]])


def without_header(name: str) -> str:
    """Return the sound PEP without one header."""
    blanked = with_header(name, "")
    return blanked.replace(f"{name}:\n", "")


def with_body_text(text: str) -> str:
    """Return the sound PEP with a text in its body."""
    return f"{GOOD}\nAbstract\n========\n\nSee {text} for more.\n"


BLOCK = [
    ("begins with the number", "\n" + GOOD, "H009"),
    ("begins with the number: a mark", "\ufeff" + GOOD, "H009"),
    ("begins with the number: no headers", "Typed views\n===========\n", "H000"),
    ("duplicate header", GOOD.replace("Status: Draft\n", "Status: Draft\n" * 2), "H003"),
    ("invalid header", GOOD + "Last-Modified: 04-Mar-2025\n", "H002"),
    ("invalid header: case", GOOD.replace("Title", "title"), "H002"),
    *(
        (f"required header: {name}", without_header(name), "H005")
        for name in ("PEP", "Title", "Author")
    ),
    *((f"required header: {name}", without_header(name), "H005") for name in ("Type", "Created")),
    ("required header: Status", without_header("Status"), "H005"),
    ("order of PEP 12", without_header("Type").replace("Title:", "Type: Process\nTitle:"), "H004"),
    ("a space after the colon", GOOD.replace("Title: ", "Title:"), "H008"),
]

NUMBERS = [
    ("number: blank", with_header("PEP", ""), "H007"),
    ("number: leading zeros", with_header("PEP", "0901"), "H101"),
    ("number: numeric", with_header("PEP", "9oo1"), "H101"),
    ("reference: blank", with_header("Requires", ""), "H007"),
    ("reference: leading zeros", with_header("Requires", "008"), "H101"),
    ("reference: numeric", with_header("Requires", "eight"), "H101"),
    ("reference: comma and space", with_header("Requires", "8,20"), "H105"),
]

WORDS = [
    ("title: present", with_header("Title", ""), "H007"),
    ("title: at most 79 characters", with_header("Title", "Typed " * 14), "H102"),
    ("status", with_header("Status", "Done"), "H104"),
    ("status: former spelling", with_header("Status", "Finished"), "S003"),
    ("type", with_header("Type", "Standards"), "H104"),
    ("topic: duplicates", with_header("Topic", "Typing, Typing"), "H105"),
    ("topic: capitals", with_header("Topic", "typing"), "H104"),
    ("topic: a sub-index", with_header("Topic", "Cooking"), "H104"),
    ("topic: sorted", with_header("Topic", "Typing, Packaging"), "H105"),
]

PEOPLE = [
    ("author: over-indented", GOOD.replace(" " * 8 + "Grace", " " * 12 + "Grace"), "H008"),
    ("author: comma at the line's end", GOOD.replace("org>,\n", "org>\n"), "H105"),
    ("author: one <", with_header("Author", "Ada <<ada@example.org>"), "H106"),
    ("author: one >", with_header("Author", "Ada <ada@example.org>>"), "H106"),
    ("author: one @", with_header("Author", "Ada <ada@home@example.org>"), "H106"),
    ("author: begins with a name", with_header("Author", "<ada@example.org>"), "H106"),
    ("author: name <address>", with_header("Author", "Ada ada@example.org"), "H106"),
    ("author: closing >", with_header("Author", "Ada <ada@example.org"), "H106"),
    ("author: an address", with_header("Author", "Ada <ada>"), "H106"),
    ("author: a local part", with_header("Author", "Ada <a da@example.org>"), "H106"),
    ("author: a domain", with_header("Author", "Ada <ada@exam!ple.org>"), "H106"),
    ("sponsor", with_header("Sponsor", "Ada <ada>"), "H106"),
    ("sponsor: one", with_header("Sponsor", "Ada <ada@a.org>, Bea <b@b.org>"), "H105"),
    ("delegate", with_header("PEP-Delegate", "Frances <frances>"), "H106"),
]

DATES = [
    ("created: a date", with_header("Created", "2025-03-03"), "H103"),
    ("created: padded", with_header("Created", "3-Mar-2025"), "H103"),
    ("created: exists", with_header("Created", "31-Feb-2025"), "H103"),
    ("created: since 1990", with_header("Created", "03-Mar-1889"), "H110"),
    ("created: not in the future", with_header("Created", "03-Mar-2225"), "H110"),
    ("posted: a date", with_header("Post-History", "3-Mar-2025"), "H103"),
    ("posted: since 1990", with_header("Post-History", "03-Mar-1889"), "H110"),
    (
        "posted: not in the future",
        with_header("Post-History", f"`03-Mar-2225 <{THREAD}>`__"),
        "H110",
    ),
    ("posted: date or link", with_header("Post-History", f"`03-Mar-2025 <{THREAD}>"), "H109"),
    ("posted: a thread", with_header("Post-History", "`03-Mar-2025 <https://x.org>`__"), "H107"),
    ("resolution: a date", with_header("Resolution", f"`3-Mar-2025 <{THREAD}>`__"), "H103"),
    ("resolution: date or link", with_header("Resolution", f"`03-Mar-2025 {THREAD}`__"), "H109"),
    ("resolution: a thread", with_header("Resolution", "https://example.org/x"), "H107"),
]

URLS = [
    ("discussion: a thread", with_header("Discussions-To", "https://example.org/x"), "H107"),
    ("discussion: not a post", with_header("Discussions-To", f"{THREAD}/7"), "H107"),
    ("discussion: a list's name", with_header("Discussions-To", "a b@python.org"), "H107"),
    ("discussion: a list of ours", with_header("Discussions-To", "list@example.org"), "H107"),
    ("discussion: blank", with_header("Discussions-To", ""), "H007"),
]

VERSIONS = [
    ("version: two or three numbers", with_header("Python-Version", "3"), "H108"),
    ("version: begins with 1, 2 or 3", with_header("Python-Version", "4.0"), "H108"),
    ("version: minor is a number", with_header("Python-Version", "3.y"), "H108"),
    ("version: minor without zeros", with_header("Python-Version", "3.01"), "H108"),
    ("version: nothing after x", with_header("Python-Version", "3.x.1"), "H108"),
    ("version: micro without zeros", with_header("Python-Version", "3.1.01"), "H108"),
    ("version: micro is a number", with_header("Python-Version", "3.1.y"), "H108"),
]

SITE = [
    ("site: Active", with_header("Status", "Active"), "S001"),
    ("site: Provisional", GOOD.replace("Draft", "Provisional").replace(TRACK, "Process"), "S001"),
    ("site: an author", with_header("Author", ","), "H105"),
]

OTHERS = [
    ("file: can be read", "PEP: 9001\0\n", "C001"),
    ("site: number and file", f"# peps/pep-9002.rst\n{GOOD}", "C005"),
    ("number: at most 9999", f"# peps/pep-9001.rst\n{with_header('PEP', '10000')}", "C005"),
    ("reference: at most 9999", with_header("Requires", "8, 10000"), "L001"),
    ("link: a PEP", with_body_text("https://peps.python.org/pep-0008/"), "B020"),
    (
        "link: a former URL of a PEP",
        with_body_text("https://www.python.org/dev/peps/pep-0008/"),
        "B020",
    ),
    ("link: an RFC", with_body_text("https://www.rfc-editor.org/rfc/rfc2119"), "B020"),
    (
        "link: an RFC elsewhere",
        with_body_text("https://datatracker.ietf.org/doc/html/rfc2119"),
        "B020",
    ),
]
"""Mistakes for other families of rules, which may report more than one finding."""

ROWS = [*BLOCK, *NUMBERS, *WORDS, *PEOPLE, *DATES, *URLS, *VERSIONS, *SITE]


@pytest.fixture(scope="module")
def pep() -> Process:
    return load_process(BUILTIN_DIRECTORY / "pep.toml")


def codes(text: str, process: Process, families: str) -> set[str]:
    """Return the codes of all findings in *text*, except those of style rules."""
    rules = [rule for rule in all_rules() if rule.code[0] in families and rule.severity != "style"]
    return {diagnostic.code for diagnostic in testing.check_example(rules, text, process)}


def test_sound_pep_has_no_findings(pep: Process) -> None:
    assert codes(GOOD, pep, "HS") == set()


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_mistake_is_reported_by_exactly_one_rule(text: str, code: str, pep: Process) -> None:
    assert codes(text, pep, "HS") == {code}


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in OTHERS], ids=[r[0] for r in OTHERS])
def test_mistake_is_reported_by_another_family(text: str, code: str, pep: Process) -> None:
    assert code in codes(text, pep, code[0])
