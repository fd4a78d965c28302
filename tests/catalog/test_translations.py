"""Reading the files of translators."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from fep_tools.catalog.translations import read_po, read_progress


def test_comments_of_repeated_messages_are_not_collected(tmp_path: Path) -> None:
    message = '#: views.py:{0}\n#. a {0}\n# b {0}\nmsgid "Views"\nmsgstr "Vues"\n\n'
    file = tmp_path / "fep-0007.po"
    file.write_text("".join(map(message.format, range(3))), "utf-8")
    (read,) = [message for message in read_po(file) if message.id]
    assert read.string == "Vues"
    assert not [*read.locations, *read.auto_comments, *read.user_comments]


@pytest.mark.parametrize("name", ["Content-Type: text/plain; a", "Plural-Forms: b"])
def test_only_the_date_of_a_header_is_read(tmp_path: Path, name: str) -> None:
    """Babel would take ten minutes for a million semicolons in a header."""
    file = tmp_path / "fep-0007.po"
    semicolons = f'"{";" * 1000}"\n' * 1000
    date = '"POT-Creation-Date: 2026-01-02 03:04+0000\\n"\n'
    header = f'msgid ""\nmsgstr "{name}=\\""\n{semicolons}"\\n"\n{date}\n'
    file.write_text(f'{header}msgid "Views"\nmsgstr "Vues"\n', "utf-8")
    progress = read_progress(file)
    assert (progress.translated, progress.date) == (1, datetime.date(2026, 1, 2))
