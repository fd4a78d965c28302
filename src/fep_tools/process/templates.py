"""The templates of new proposals, in the directory ``templates`` next to the process file."""

from __future__ import annotations

from pathlib import Path

from .. import _toml
from .._files import plain, read_file, Refusal
from ..errors import ProcessError
from .model import Process
from .schema import Type


def load_template(process_file: Path, process: Process, type_: Type) -> str | None:
    """Return the template of a type, ``None`` if it has none.

    :param process_file: the file of *process*.
    :raises ProcessError: if the template cannot be read.
    """
    if not type_.template:
        return None
    directory = process_file.parent / "templates"
    data = read_file(directory, Path(type_.template).name)
    if directory.is_symlink():
        reason = "it is a link"
    elif isinstance(data, Refusal):
        reason = f"it {data.message}".removeprefix("it cannot be read: ")
    else:
        try:
            return plain(data).decode("utf-8")
        except UnicodeDecodeError:
            reason = "it is not UTF-8"
    source, text = process.source
    line = _toml.line_of(text, ("type", process.types.index(type_), "template"))
    raise ProcessError(
        f"{source}:{line}: the template {type_.template!r} cannot be read from {directory}: "
        f"{reason}"
    )
