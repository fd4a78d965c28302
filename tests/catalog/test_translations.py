"""Reading the files of translators."""

from __future__ import annotations

from pathlib import Path

from fep_tools.catalog.translations import read_po


def test_comments_of_repeated_messages_are_not_collected(tmp_path: Path) -> None:
    message = '#: views.py:{0}\n#. a {0}\n# b {0}\nmsgid "Views"\nmsgstr "Vues"\n\n'
    file = tmp_path / "fep-0007.po"
    file.write_text("".join(map(message.format, range(3))), "utf-8")
    (read,) = [message for message in read_po(file) if message.id]
    assert read.string == "Vues"
    assert not [*read.locations, *read.auto_comments, *read.user_comments]
