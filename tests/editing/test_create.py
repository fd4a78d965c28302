"""New proposals: their numbers, their types and their texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import get_args

import pytest

from fep_tools.catalog.build import plain_title
from fep_tools.editing.create import (
    create_proposal,
    find_type,
    format_author,
    NewProposal,
    render_proposal,
)
from fep_tools.errors import FepError
from fep_tools.lint import testing
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.schema import Dialect
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.process.templates import load_template
from fep_tools.proposals.model import Proposal
from fep_tools.proposals.preamble import Preamble
from fep_tools.repository import Repository

from ..conftest import ROOT, TODAY

DEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "dep.toml")
VIEWS = NewProposal("Typed views", "Feature", "Ada Lovelace", TODAY)


def create(repository: Repository, title: str = "Typed views") -> str:
    type_ = repository.process.types[0].name
    return create_proposal(repository, NewProposal(title, type_, "Ada Lovelace", TODAY))


@pytest.mark.parametrize("process", ["pep", "dep"])
def test_concurrent_proposals_get_different_numbers(tmp_path: Path, process: str) -> None:
    """Also if the name of the file depends on the title, as DEPs have it."""
    with ThreadPool(4) as pool:
        paths = pool.map(
            lambda title: create(Repository.open(tmp_path, process), title),
            ["Typed views", "Nested views", "Other views", "More views"],
        )
    numbers = Repository.open(tmp_path, process).process.files.numbers(paths)
    assert sorted(numbers) == [1, 2, 3, 4]
    assert not list(tmp_path.rglob(".fep*"))


def test_a_number_taken_since_the_repository_was_read_is_skipped(tmp_path: Path) -> None:
    repository = Repository.open(tmp_path, "dep")
    assert not repository.sources
    (tmp_path / "draft").mkdir()
    (tmp_path / "draft" / "0001-other-title.rst").touch()
    assert create(repository) == "draft/0002-typed-views.rst"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Process", "Process"), ("standards track", "Standards Track")],
)
def test_find_type(process: Process, name: str, expected: str) -> None:
    assert find_type(process, name).name == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Proces", 'there is no type "Proces"; did you mean Process?'),
        ("x", 'there is no type "x"; use Standards Track, Informational or Process'),
    ],
)
def test_unknown_type(process: Process, name: str, message: str) -> None:
    with pytest.raises(FepError) as caught:
        find_type(process, name)
    assert str(caught.value) == message


def test_a_template_is_filled_in(process: Process) -> None:
    template = "{title} {number} {author} {created} {type} {other}"
    text = render_proposal(process, 12, VIEWS, template)
    assert text == "Typed views 12 Ada Lovelace 2026-11-20 Feature {other}"


@pytest.mark.parametrize(
    "title",
    [
        "{type} of {number}",
        "{{title}}",
        "C:\\new\\1",
        "The |x| of $HOME",
        r"\g<0> and \1",
        "100 % of *args and `x`",
        "FEP 3: the second part",
        "علی\u200cرضا",
    ],
)
def test_a_title_is_not_changed(
    process: Process, checkout: Callable[..., Path], title: str
) -> None:
    new_proposal = NewProposal(title, "Process", "Ada Lovelace", TODAY)
    text = render_proposal(process, 12, new_proposal, "FEP: {number}\nTitle: {title}\n")
    escaped = title.replace("\\", r"\\")
    assert text == f"FEP: 12\nTitle: {escaped}\n"
    assert plain_title(Proposal.parse(text, process), process) == title


@pytest.mark.parametrize(
    "title", ["{type} of {number}", "C:\\new", "|x| and *args", "a `name`_ and name_", "foo_bar"]
)
def test_a_title_in_a_heading_is_not_changed(title: str) -> None:
    text = render_proposal(DEP, 12, NewProposal(title, "Feature", "Ada", TODAY), None)
    proposal = testing.parse_proposal(text, DEP, "draft/0012-x.rst")
    assert plain_title(proposal, DEP) == title


def test_the_address_of_an_author_is_written_where_the_process_has_addresses(
    process: Process,
) -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    assert format_author("Ada", "ada@example.org", pep) == "Ada <ada@example.org>"
    assert format_author("Ada", "", pep) == "Ada"
    assert format_author("Ada", "ada@example.org", process) == "Ada"


def test_without_a_template_the_process_says_what_a_draft_must_have() -> None:
    text = render_proposal(DEP, 12, VIEWS, None)
    assert text == (
        f"DEP 12: Typed views\n{'=' * 79}\n\n"
        ":DEP: 12\n:Author: Ada Lovelace\n:Status: Draft\n:Type: Feature\n:Created: 2026-11-20\n\n"
        "Abstract\n========\n\nTo be written.\n"
    )


@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize("dialect", get_args(Dialect))
def test_headers_are_where_their_dialect_has_them(dialect: Dialect, suffix: str) -> None:
    """A title that is a heading is above headers that are text, and below others."""
    files = DEP.files.model_copy(update={"patterns": (f"dep-{{number}}.{suffix}",)})
    process = DEP.model_copy(update={"dialect": dialect, "files": files})
    text = render_proposal(process, 12, VIEWS, None)
    preamble = Preamble.parse(text, dialect)
    assert [field.name for field in preamble.fields] == [
        "DEP", "Author", "Status", "Type", "Created",
    ]  # fmt: skip
    is_above = text.index("Typed views") < text.index("Ada Lovelace")
    assert is_above == (dialect not in ("rfc2822", "yaml"))


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "it is empty"),
        (" ", "it is empty"),
        (" x", "it has spaces at an end, or several in a row"),
        ("a  b", "it has spaces at an end, or several in a row"),
        ("a\nStatus: Final", "it has a line break"),
        ("a\r", "it has a line break"),
        ("a\tb", "it has the character U+0009"),
        ("a\u2028b", "it has the character U+2028"),
        ("a\x1b[31m", "it has the character U+001B"),
        ("a\u202eb", "it has the character U+202E"),
    ],
)
@pytest.mark.parametrize("field", ["title", "author"])
def test_only_one_line_of_text_becomes_a_header(
    process: Process, field: str, value: str, problem: str
) -> None:
    values = {"title": "Typed views", "author": "Ada Lovelace", field: value}
    message = f"not created: the {field} .* must be a single line of text; {re.escape(problem)}"
    with pytest.raises(FepError, match=message):
        render_proposal(process, 12, NewProposal(type="Process", created=TODAY, **values), "")


def test_a_template_that_cannot_be_read(process: Process, tmp_path: Path) -> None:
    with pytest.raises(FepError) as caught:
        load_template(tmp_path / "process.toml", process, process.types[0])
    name, text = process.source
    line = text.split("\n").index('template = "standards-track.rst"') + 1
    assert str(caught.value) == (
        f"{name}:{line}: the template 'standards-track.rst' cannot be read from "
        f"{tmp_path}/templates: no such file or directory"
    )


@pytest.mark.parametrize("initial", ["", "{title}", "{created}"])
def test_a_required_header_has_its_first_value(tmp_path: Path, initial: str) -> None:
    (tmp_path / "fep").mkdir()
    header = '\n[[header]]\nname = "Area"\nkind = "text"\nrequired = true\n'
    header += f'initial = "{initial}"\n' if initial else ""
    text = (BUILTIN_DIRECTORY / "dep.toml").read_text("utf-8") + header
    (tmp_path / "fep" / "process.toml").write_text(text, "utf-8")
    if not initial:
        message = "'Area' is missing; give it a first value with 'initial' in .*process.toml$"
        with pytest.raises(FepError, match=message):
            create(Repository.open(tmp_path))
        return
    text = (tmp_path / create(Repository.open(tmp_path))).read_text("utf-8")
    value = {"{title}": "Typed views", "{created}": TODAY.isoformat()}[initial]
    assert f":Area: {value}\n" in text


def test_nothing_is_created_that_would_fail_the_check(checkout: Callable[..., Path]) -> None:
    root = checkout()
    templates = root / "fep" / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "standards-track.rst").write_text("FEP: {number}\nTitle: {title}\n")
    message = "not created, because the check would fail: .* is missing; add it to the template$"
    with pytest.raises(FepError, match=message):
        create(Repository.open(root))
    assert not list((root / "proposals").iterdir())
