"""Reading any file: it is read, or refused with an error that says why."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from fep_tools import config
from fep_tools._decoding import decode_text
from fep_tools.catalog.translations import read_progress
from fep_tools.editing.headers import append_line, remove_header, set_header
from fep_tools.errors import FepError
from fep_tools.extensions.affected import AffectedFile
from fep_tools.extensions.model import ExtensionList
from fep_tools.extensions.results import TestReport
from fep_tools.extensions.snapshot import Snapshot
from fep_tools.lint import baseline
from fep_tools.notes.frameworks import Frameworks
from fep_tools.notes.results import ResultsFile
from fep_tools.process import sphinx_conf
from fep_tools.process.dialects import FORMS
from fep_tools.process.loader import parse_process
from fep_tools.process.people_loader import parse_people
from fep_tools.proposals.inventory import InventoryError, parse_inventory
from fep_tools.proposals.model import Proposal
from fep_tools.proposals.pictures import svg_problem
from fep_tools.proposals.preamble import Preamble

from . import strategies
from .budget import examples
from .strategies import process_named

NAME = "settings.toml"


def reason(error: type[Exception], read: Callable[[], object]) -> str:
    """Return the message if *read* raises that error; empty if it reads something."""
    try:
        read()
    except error as problem:
        return str(problem) or "no message"
    return ""


def assert_locates(message: str, name: str, text: str) -> None:
    """Assert that a message begins with the name of a file, and a line that the file has."""
    match = re.match(rf"{re.escape(name)}(?::(\d+))?: \S", message)
    assert match, message
    assert 1 <= int(match[1] or 1) <= text.count("\n") + 1, message


SETTINGS: dict[str, tuple[st.SearchStrategy[str], Callable[[str, str], object]]] = {
    "process": (strategies.process_files, parse_process),
    "people": (strategies.people_files, parse_people),
    "frameworks": (strategies.framework_files, Frameworks.parse),
    "extensions": (strategies.extension_settings, ExtensionList.parse),
    "baseline": (strategies.baseline_files, baseline.parse),
    "snapshot": (strategies.snapshot_files, Snapshot.parse),
}


@examples(80)
@given(st.sampled_from(sorted(SETTINGS)).flatmap(lambda k: st.tuples(st.just(k), SETTINGS[k][0])))
def test_settings_are_read_or_refused_with_a_line(case: tuple[str, str]) -> None:
    kind, text = case
    if message := reason(FepError, lambda: SETTINGS[kind][1](text, NAME)):
        assert_locates(message, NAME, text)


@examples(40)
@given(strategies.settings_files)
def test_the_settings_of_a_repository_are_read_or_refused(text: str) -> None:
    if message := reason(FepError, lambda: config.parse(text)):
        assert_locates(message, config.FILE, text)
    else:
        lines = config.parse(text).lines.values()
        assert all(1 <= line <= text.count("\n") + 1 for line in lines)


def read_translation(data: bytes) -> None:
    with TemporaryDirectory() as directory:
        path = Path(directory, "page.po")
        path.write_bytes(data)
        read_progress(path)


def read_inventory(data: bytes) -> None:
    try:
        parse_inventory(data)
    except InventoryError as error:
        raise ValueError(str(error)) from None


def compressed(data: bytes) -> bytes:
    end = b"# The remainder of this file is compressed using zlib.\n"
    return data + end + zlib.compress(b"a py:function 1 a.html#$ -\n" + data)


FILES: dict[str, tuple[st.SearchStrategy[bytes], Callable[[bytes], object]]] = {
    "results": (strategies.as_bytes(strategies.results_files), ResultsFile.parse),
    "affected": (strategies.as_bytes(strategies.affected_files), AffectedFile.parse),
    "trials": (
        strategies.as_bytes(strategies.trial_files),
        lambda data: TestReport.load(decode_text(data)[0]),
    ),
    "translation": (strategies.as_bytes(strategies.translations), read_translation),
    "inventory": (strategies.as_bytes(strategies.inventories).map(compressed), read_inventory),
    "picture": (strategies.as_bytes(strategies.pictures), svg_problem),
}


@examples(80)
@given(st.sampled_from(sorted(FILES)).flatmap(lambda k: st.tuples(st.just(k), FILES[k][0])))
def test_files_are_read_or_refused_with_a_reason(case: tuple[str, bytes]) -> None:
    kind, data = case
    if message := reason(ValueError, lambda: FILES[kind][1](data)):
        assert message != "no message"
    elif kind in ("results", "affected"):
        found: Any = FILES[kind][1](data)
        assert type(found).parse(found.dump()) == found


@examples(40)
@given(strategies.sphinx_configurations)
def test_a_configuration_of_sphinx_is_read_as_far_as_it_can_be(text: str) -> None:
    for read in (
        sphinx_conf.read_default_role,
        sphinx_conf.read_locale_dirs,
        sphinx_conf.names_extension,
        sphinx_conf.read_link_roles,
    ):
        read(text)


@examples(60)
@given(strategies.as_bytes(strategies.proposals(process_named("fep"))))
def test_text_is_decoded_or_refused(data: bytes) -> None:
    text, refusal = decode_text(data)
    text.encode()
    if refusal is None:
        assert text.encode() == data.removeprefix(b"\xef\xbb\xbf") or text.encode() == data
    Proposal.parse(text, process_named("fep"), refusal=refusal)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Return a process, the text of a proposal, the name of a header and a value for it."""
    name = draw(strategies.process_names)
    process = process_named(name)
    header = draw(st.sampled_from([header.name for header in process.headers]))
    value = draw(st.sampled_from(list(filter(None, strategies.real_values()))))
    return name, draw(strategies.proposals(process)), header, value


def other_headers(text: str, process_name: str, name: str) -> list[tuple[str, str]]:
    process = process_named(process_name)
    found = Proposal.parse(text, process).fields.get(getattr(process.header(name), "key", ""))
    # Without "title", a header "Title" is taken for it.
    names = {name.casefold(), (found.name if found else name).casefold()}
    fields = Preamble.parse(text, process.dialect).fields
    return [(field.name, field.value) for field in fields if field.name.casefold() not in names]


@example(("eip", "---\neip: 7\ntitle: \nTitle: Views\n---\n\n", "title", "0.10"))
@example(("fep", "FEP: 7\nTitle: Views\n\nText.\n", "FEP", "Typed views\r"))
@example(("fep", "Title: Views\n\nFEP: Draft\n\n", "FEP", "0.10"))
@example(("fep", "\ufeffTitle: Views\n\nText.\n", "FEP", "0.10"))
@example(("fep", "\ufeffFEP: 7\nTitle: Views\n\nText.\n", "FEP", "0.10"))
@example(("dep", ":DEP: \n:Author : Ada\n:Type: Feature\n\n", "DEP", "0.10"))
@example(("ape", "Author: Ada\r\nStatus: Draft\r\n", "author", "Paris: the whole team"))
@example(("ape", "Title: Views\nStatus: Draft\n\nAbstract\n========\n", "status", "0.10"))
@examples(80)
@given(changes())
def test_changing_a_header_keeps_the_rest(case: tuple[str, str, str, str]) -> None:
    process_name, text, name, value = case
    process = process_named(process_name)
    text, refusal = decode_text(text.encode("utf-8", "surrogatepass"))
    before = Preamble.parse(text, process.dialect)
    if refusal is not None or not before.fields or before.stray_lines:
        return
    # A header behind a blank line is used as well, and changed where it is.
    detached = Proposal.parse(text, process).detached_fields
    last_line = max(before.last_line, *(field.last_line for field in detached), 0)
    body = text.split("\n")[last_line:]
    for change in (set_header, append_line):
        try:
            changed = change(text, process, name, value)
        except FepError:
            continue
        assert other_headers(changed, process_name, name) == other_headers(text, process_name, name)
        assert changed.split("\n")[-len(body) :] == body or not body
    try:
        removed = remove_header(text, process, name)
    except FepError:
        return
    assert other_headers(removed, process_name, name) == other_headers(text, process_name, name)
    assert FORMS[process.dialect].blank_lines or removed.endswith("\n".join(body))
