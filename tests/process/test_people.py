"""The file of people, and the code owners that are made from it."""

from __future__ import annotations

import pytest

from fep_tools.errors import ProcessError
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.people_loader import parse_people, with_people

from ..conftest import ROOT

PEOPLE = """\
[[person]]
name = "Ada Lovelace"
handle = "ada"
roles = ["editor", "workgroup"]

[[person]]
name = "Editors"
handle = "organisation/editors"
roles = ["editor"]

[[person]]
name = "Charles Babbage"
roles = ["sponsor"]

[[owned]]
paths = ["/fep/", "/conf.py"]
roles = ["editor"]

[[owned]]
paths = ["/docs/"]
roles = ["delegate", "workgroup"]
"""


def test_who_has_a_role() -> None:
    people = parse_people(PEOPLE)
    assert people.names("editor") == ("Ada Lovelace", "Editors")
    assert people.names("delegate") == ()
    process = with_people(load_process(ROOT / "fep" / "process.toml"), PEOPLE, "fep/people.toml")
    assert process.editors == ("Ada Lovelace", "Editors")
    assert process.people == people
    assert process.source[0].endswith("process.toml")


def test_code_owners() -> None:
    assert parse_people(PEOPLE).codeowners_text == (
        "# Made by fep export codeowners from people.toml; edit that file.\n"
        "/fep/    @ada @organisation/editors\n"
        "/conf.py @ada @organisation/editors\n"
        "/docs/   @ada\n"
    )


def test_a_path_without_owners_does_not_take_owners_away() -> None:
    """A line with a path alone would mean that nobody has to review it."""
    text = '[[owned]]\npaths = ["/fep/"]\nroles = ["editor", "workgroup"]\n'
    last = parse_people(text).codeowners_text.splitlines()[-1]
    assert last == "# /fep/: no one is editor or workgroup"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('["sponsor"]', '["sponsors"]', "p.toml:13: 'sponsors' is not a roles; did you mean"),
        ('["sponsor"]', "[]", "p.toml:13: 'roles' must be a list of roles"),
        ('handle = "ada"', 'handel = "ada"', "p.toml:3: unknown key 'handel'"),
        ('handle = "ada"', 'handle = "@ada x"', "p.toml:3: 'handle' must be the name at the host"),
        ('handle = "ada"\n', "", "p.toml:1: 'Ada Lovelace' owns paths, and needs a 'handle'"),
        ("Charles Babbage", "ADA lovelace", "p.toml:12: 'ADA lovelace' is there twice; give one"),
        ('"/conf.py"', '"conf py"', "p.toml:16: 'conf py' is no path from the root; write it"),
        ("[[person]]", "codeowners = 1\n[[person]]", "p.toml:1: 1 is not a codeowners"),
        ('name = "Editors"\n', "", "p.toml:6: the key 'name' is missing"),
        ("[[owned]]", "[[owned", "p.toml:15: not valid TOML"),
    ],
)
def test_errors_have_the_line(old: str, new: str, message: str) -> None:
    assert old in PEOPLE
    with pytest.raises(ProcessError) as caught:
        parse_people(PEOPLE.replace(old, new, 1), "p.toml")
    assert str(caught.value).startswith(message)


def test_editors_are_in_one_place() -> None:
    text = (ROOT / "fep" / "process.toml").read_text("utf-8")
    process = parse_process(f'editors = ["Ada"]\n{text}', "fep/process.toml")
    with pytest.raises(ProcessError) as caught:
        with_people(process, PEOPLE, "fep/people.toml")
    assert str(caught.value) == (
        "fep/process.toml:1: the editors are in fep/people.toml; remove 'editors' here"
    )


def test_the_file_of_this_repository() -> None:
    path = ROOT / "fep" / "people.toml"
    people = parse_people(path.read_text("utf-8"), str(path))
    assert ROOT.joinpath(people.codeowners).read_text("utf-8") == people.codeowners_text
