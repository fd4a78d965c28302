"""Every check of the PEPs' own linter has its equal here.

Each row is one mistake that https://github.com/python/peps/blob/main/check-peps.py reports, in
a PEP of our own, and the rule of ours that must report it, and it alone.
"""

from __future__ import annotations

import pytest

from fep_tools.lint import testing
from fep_tools.lint.rule import all_rules
from fep_tools.process.loader import PROCESSES
from fep_tools.process.model import Process

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


def having(name: str, value: str) -> str:
    """The good PEP with another value in that header; the first line of the header stays."""
    lines = GOOD.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{name}:"))
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith(" "))
    return "\n".join([*lines[:start], f"{name}: {value}".rstrip(), *lines[end:]])


def without(name: str) -> str:
    """The good PEP without that header."""
    blanked = having(name, "")
    return blanked.replace(f"{name}:\n", "")


def saying(text: str) -> str:
    """The good PEP with that text in its body."""
    return f"{GOOD}\nAbstract\n========\n\nSee {text} for more.\n"


BLOCK = [
    ("begins with the number", "\n" + GOOD, "H009"),
    ("begins with the number: a mark", "\ufeff" + GOOD, "H009"),
    ("begins with the number: no headers", "Typed views\n===========\n", "H000"),
    ("duplicate header", GOOD.replace("Status: Draft\n", "Status: Draft\n" * 2), "H003"),
    ("invalid header", GOOD + "Last-Modified: 04-Mar-2025\n", "H002"),
    ("invalid header: case", GOOD.replace("Title", "title"), "H002"),
    *((f"required header: {name}", without(name), "H005") for name in ("PEP", "Title", "Author")),
    *((f"required header: {name}", without(name), "H005") for name in ("Type", "Created")),
    ("required header: Status", without("Status"), "H005"),
    ("order of PEP 12", without("Type").replace("Title:", "Type: Process\nTitle:"), "H004"),
    ("a space after the colon", GOOD.replace("Title: ", "Title:"), "H008"),
]

NUMBERS = [
    ("number: blank", having("PEP", ""), "H007"),
    ("number: leading zeros", having("PEP", "0901"), "H101"),
    ("number: numeric", having("PEP", "9oo1"), "H101"),
    ("number: at most 9999", having("PEP", "10000"), "H101"),
    ("reference: blank", having("Requires", ""), "H007"),
    ("reference: leading zeros", having("Requires", "008"), "H101"),
    ("reference: numeric", having("Requires", "eight"), "H101"),
    ("reference: at most 9999", having("Requires", "8, 10000"), "H101"),
    ("reference: comma and space", having("Requires", "8,20"), "H105"),
]

WORDS = [
    ("title: present", having("Title", ""), "H007"),
    ("title: at most 79 characters", having("Title", "Typed " * 14), "H102"),
    ("status", having("Status", "Done"), "H104"),
    ("status: of the past", having("Status", "Finished"), "S003"),
    ("type", having("Type", "Standards"), "H104"),
    ("topic: duplicates", having("Topic", "Typing, Typing"), "H105"),
    ("topic: capitals", having("Topic", "typing"), "H104"),
    ("topic: a sub-index", having("Topic", "Cooking"), "H104"),
    ("topic: sorted", having("Topic", "Typing, Packaging"), "H105"),
]

PEOPLE = [
    ("author: over-indented", GOOD.replace(" " * 8 + "Grace", " " * 12 + "Grace"), "H008"),
    ("author: comma at the line's end", GOOD.replace("org>,\n", "org>\n"), "H105"),
    ("author: one <", having("Author", "Ada <<ada@example.org>"), "H106"),
    ("author: one >", having("Author", "Ada <ada@example.org>>"), "H106"),
    ("author: one @", having("Author", "Ada <ada@home@example.org>"), "H106"),
    ("author: begins with a name", having("Author", "<ada@example.org>"), "H106"),
    ("author: name <address>", having("Author", "Ada ada@example.org"), "H106"),
    ("author: closing >", having("Author", "Ada <ada@example.org"), "H106"),
    ("author: an address", having("Author", "Ada <ada>"), "H106"),
    ("author: a local part", having("Author", "Ada <a da@example.org>"), "H106"),
    ("author: a domain", having("Author", "Ada <ada@exam!ple.org>"), "H106"),
    ("sponsor", having("Sponsor", "Ada <ada>"), "H106"),
    ("sponsor: one", having("Sponsor", "Ada <ada@a.org>, Bea <b@b.org>"), "H105"),
    ("delegate", having("PEP-Delegate", "Frances <frances>"), "H106"),
]

DATES = [
    ("created: a date", having("Created", "2025-03-03"), "H103"),
    ("created: padded", having("Created", "3-Mar-2025"), "H103"),
    ("created: exists", having("Created", "31-Feb-2025"), "H103"),
    ("created: since 1990", having("Created", "03-Mar-1889"), "H110"),
    ("created: not in the future", having("Created", "03-Mar-2225"), "H110"),
    ("posted: a date", having("Post-History", "3-Mar-2025"), "H103"),
    ("posted: since 1990", having("Post-History", "03-Mar-1889"), "H110"),
    ("posted: not in the future", having("Post-History", f"`03-Mar-2225 <{THREAD}>`__"), "H110"),
    ("posted: date or link", having("Post-History", f"`03-Mar-2025 <{THREAD}>"), "H109"),
    ("posted: a thread", having("Post-History", "`03-Mar-2025 <https://x.org>`__"), "H107"),
    ("resolution: a date", having("Resolution", f"`3-Mar-2025 <{THREAD}>`__"), "H103"),
    ("resolution: date or link", having("Resolution", f"`03-Mar-2025 {THREAD}`__"), "H109"),
    ("resolution: a thread", having("Resolution", "https://example.org/x"), "H107"),
]

ADDRESSES = [
    ("discussion: a thread", having("Discussions-To", "https://example.org/x"), "H107"),
    ("discussion: not a post", having("Discussions-To", f"{THREAD}/7"), "H107"),
    ("discussion: a list's name", having("Discussions-To", "a b@python.org"), "H107"),
    ("discussion: a list of ours", having("Discussions-To", "list@example.org"), "H107"),
    ("discussion: blank", having("Discussions-To", ""), "H007"),
]

VERSIONS = [
    ("version: two or three numbers", having("Python-Version", "3"), "H108"),
    ("version: begins with 1, 2 or 3", having("Python-Version", "4.0"), "H108"),
    ("version: minor is a number", having("Python-Version", "3.y"), "H108"),
    ("version: minor without zeros", having("Python-Version", "3.01"), "H108"),
    ("version: nothing after x", having("Python-Version", "3.x.1"), "H108"),
    ("version: micro without zeros", having("Python-Version", "3.1.01"), "H108"),
    ("version: micro is a number", having("Python-Version", "3.1.y"), "H108"),
]

SITE = [
    ("site: Active", having("Status", "Active"), "S001"),
    ("site: Provisional", GOOD.replace("Draft", "Provisional").replace(TRACK, "Process"), "S001"),
    ("site: an author", having("Author", ","), "H105"),
]

OTHERS = [
    ("file: can be read", "PEP: 9001\0\n", "C001"),
    ("site: number and file", f"# peps/pep-9002.rst\n{GOOD}", "C005"),
    ("link: a PEP", saying("https://peps.python.org/pep-0008/"), "B020"),
    ("link: a PEP of old", saying("https://www.python.org/dev/peps/pep-0008/"), "B020"),
    ("link: an RFC", saying("https://www.rfc-editor.org/rfc/rfc2119"), "B020"),
    ("link: an RFC elsewhere", saying("https://datatracker.ietf.org/doc/html/rfc2119"), "B020"),
]
"""Mistakes for rules of other families, which may find more in them than that."""

ROWS = [*BLOCK, *NUMBERS, *WORDS, *PEOPLE, *DATES, *ADDRESSES, *VERSIONS, *SITE]


@pytest.fixture(scope="module")
def pep() -> Process:
    return Process.load(PROCESSES / "pep.toml")


def codes(text: str, process: Process, families: str) -> set[str]:
    """The codes that are found in *text*, except those of style."""
    rules = [rule for rule in all_rules() if rule.code[0] in families and rule.severity != "style"]
    return {told.code for told in testing.judged(rules, text, process)}


def test_the_good_one_is_good(pep: Process) -> None:
    assert codes(GOOD, pep, "HS") == set()


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_mistake_is_found_by_one_rule(text: str, code: str, pep: Process) -> None:
    assert codes(text, pep, "HS") == {code}


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in OTHERS], ids=[r[0] for r in OTHERS])
def test_mistake_is_found_by_another_family(text: str, code: str, pep: Process) -> None:
    assert code in codes(text, pep, code[0])
