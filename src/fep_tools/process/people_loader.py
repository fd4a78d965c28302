"""Read the file of people."""

from __future__ import annotations

from .. import _toml
from ..errors import ProcessError
from .attachments import PEOPLE_FILE
from .loader import parse_table
from .model import Process
from .people import People


def parse_people(text: str, name: str = PEOPLE_FILE) -> People:
    """Parse a file of people.

    :param name: The path that errors start with.
    :raises ProcessError: It is invalid; with the line.
    """
    return parse_table(People, text, name)


def with_people(process: Process, text: str, name: str) -> Process:
    """Return a process with the people in a file of them.

    :param name: The path of the file in messages.
    :raises ProcessError: The file is invalid, or the process file names editors as well.
    """
    people = parse_people(text, name)
    if process.editors:
        path, source = process.source
        line = _toml.line_of(source, ("editors",))
        raise ProcessError(f"{path}:{line}: the editors are in {name}; remove 'editors' here")
    return process.with_people(people)
