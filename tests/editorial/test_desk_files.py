"""Reminders about translations and about records of extensions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.editorial.desk_files import DeskFiles, read_desk_files, Translation
from fep_tools.editorial.overdue import find_overdue
from fep_tools.process.model import Process
from fep_tools.repository import Repository

TODAY = date(2027, 6, 1)
PO = """\
msgid ""
msgstr ""
"POT-Creation-Date: 2027-05-01 10:00+0000\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "One."
msgstr "Un."
"""
FUZZY = PO + '\n#, fuzzy\nmsgid "Two."\nmsgstr "Deux."\n'


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def read(root: Path, changed: date | None = None) -> tuple[Catalog, DeskFiles]:
    write(root, "fep/process.toml", (Path(__file__).parents[2] / "fep/process.toml").read_text())
    (root / "fep/templates").mkdir(exist_ok=True)
    entry = CatalogEntry(number=12, path="proposals/fep-0012.rst", status="Final", changed=changed)
    catalog = Catalog(tool="t", process="FEP", proposals=(entry,), history_complete=True)
    return catalog, read_desk_files(Repository.open(root), catalog)


def due(root: Path, process: Process, changed: date | None, today: date = TODAY) -> list[str]:
    catalog, files = read(root, changed)
    report = find_overdue(catalog, process, today, "3.2", files)
    return [f"{r.number} {r.kind} {r.since} {r.role}: {r.reason}" for r in report.reminders]


FRENCH = "locales/fr/LC_MESSAGES/fep-0012.po"
BEHIND = f"{FRENCH} is the translation of 2027-05-01, and the proposal changed on 2027-05-02"


@pytest.mark.parametrize(
    ("text", "changed", "expected"),
    [
        (PO, date(2027, 5, 1), []),
        (PO, None, []),
        (
            PO,
            date(2027, 5, 2),
            [
                f"12 translation-outdated 2027-05-02 translator: {BEHIND}",
            ],
        ),
        (
            FUZZY,
            date(2027, 4, 1),
            [f"12 translation-outdated None translator: 1 text of {FRENCH} to be reviewed"],
        ),
    ],
)
def test_a_translation_behind_its_source_is_due(
    tmp_path: Path, process: Process, text: str, changed: date | None, expected: list[str]
) -> None:
    write(tmp_path, FRENCH, text)
    assert due(tmp_path, process, changed) == expected


def test_a_translation_of_a_file_or_in_another_directory(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", "locale_dirs = ['../outside', '/outside', 'po', name]\n")
    write(tmp_path, "po/de/LC_MESSAGES/proposals/fep-0012.po", PO)
    write(tmp_path, "po/de/LC_MESSAGES/index.po", FUZZY)
    write(tmp_path, FRENCH, FUZZY)
    _catalog, files = read(tmp_path)
    ((number, (translation,)),) = files.translations.items()
    assert (number, translation.language) == (12, "de")
    assert translation.path == "po/de/LC_MESSAGES/proposals/fep-0012.po"


def test_of_two_translations_the_first_counts(tmp_path: Path) -> None:
    write(tmp_path, "conf.py", "locale_dirs = ['a', 'b']\n")
    for directory, text in (("a", PO), ("b", FUZZY)):
        write(tmp_path, f"{directory}/fr/LC_MESSAGES/fep-0012.po", text)
    _catalog, files = read(tmp_path)
    assert [t.path for t in files.translations[12]] == ["a/fr/LC_MESSAGES/fep-0012.po"]


def test_what_cannot_be_read_is_said(tmp_path: Path, process: Process) -> None:
    write(tmp_path, FRENCH, "msgid \0")
    write(tmp_path, "fep/extensions.toml", "")
    write(tmp_path, "fep/extensions/latest.json", "{}")
    write(tmp_path, "fep/extensions/2027-05-31.json", "{}")
    catalog, files = read(tmp_path)
    first, second = find_overdue(catalog, process, TODAY, "3.2", files).omissions
    assert first.startswith(f"{FRENCH}: ")
    assert second == (
        "fep/extensions/latest.json: is not named after a day, such as 2027-01-31.json"
    )


@pytest.mark.parametrize(
    ("records", "today", "expected"),
    [
        (["2026-11-30"], "2027-05-30", ""),
        (["2026-11-30"], "2027-05-31", "2027-05-31: the last record is of 2026-11-30"),
        (["2026-08-31"], "2027-02-28", ""),
        (["2026-08-31"], "2027-03-01", "2027-03-01: the last record is of 2026-08-31"),
        (["2026-05-30", "2026-11-30", "2027-12-01"], "2027-05-30", ""),
        ([], "2027-05-30", "None: there is no record of their state"),
    ],
)
def test_a_record_of_extensions_is_due_after_six_months(
    tmp_path: Path, process: Process, records: list[str], today: str, expected: str
) -> None:
    write(tmp_path, "fep/extensions.toml", "")
    for day in records:
        write(tmp_path, f"fep/extensions/{day}.json", "{}")
    day, _colon, reason = expected.partition(": ")
    reminder = f"None extensions-unrecorded {day} editor: {reason}"
    found = due(tmp_path, process, None, date.fromisoformat(today))
    assert found == ([reminder] if expected else [])


def test_without_watched_extensions_no_record_is_due(tmp_path: Path, process: Process) -> None:
    assert due(tmp_path, process, None) == []
    assert read(tmp_path)[1].records is None


def test_reminders_say_what_to_do(process: Process, tmp_path: Path) -> None:
    write(tmp_path, FRENCH, FUZZY)
    write(tmp_path, "fep/extensions.toml", "")
    catalog, files = read(tmp_path)
    assert isinstance(files.translations[12][0], Translation)
    report = find_overdue(catalog, process, TODAY, "3.2", files)
    assert {r.kind: (r.action, r.command) for r in report.reminders} == {
        "translation-outdated": (
            "extract the texts again, and translate what is new",
            "sphinx-intl update -p build/gettext -l fr",
        ),
        "extensions-unrecorded": (
            "keep the next one in fep/extensions/",
            "fep extensions report --format json --output fep/extensions/2027-06-01.json",
        ),
    }
