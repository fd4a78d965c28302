"""The templates of new proposals, in the directory ``templates`` next to the process file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .. import _toml
from .._files import plain, read_file, Refusal
from ..errors import ProcessError

if TYPE_CHECKING:
    from .model import Process
    from .schema import Type

DIRECTORY = "templates"


def read_template(process_file: Path, name: str) -> str | Refusal:
    """Return a template by the name of its file, or why it cannot be read."""
    directory = process_file.parent / DIRECTORY
    data = read_file(directory, Path(name).name)
    if directory.is_symlink():
        return Refusal("is a link")
    if isinstance(data, Refusal):
        return data
    try:
        return plain(data).decode("utf-8")
    except UnicodeDecodeError:
        return Refusal("is not UTF-8")


def load_template(process_file: Path, process: Process, type_: Type) -> str | None:
    """Return the template of a type, ``None`` if it has none.

    :param process_file: the file of *process*.
    :raises ProcessError: if the template cannot be read.
    """
    if not type_.template:
        return None
    template = read_template(process_file, type_.template)
    if isinstance(template, str):
        return template
    source, text = process.source
    line = _toml.line_of(text, ("type", process.types.index(type_), "template"))
    reason = f"it {template.message}".removeprefix("it cannot be read: ")
    raise ProcessError(
        f"{source}:{line}: the template {type_.template!r} cannot be read from "
        f"{process_file.parent / DIRECTORY}: {reason}"
    )
