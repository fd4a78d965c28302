"""Make sure that proposals can be written as a process describes them.

The process says how headers are called and where files are; what reads them decides whether it
would find them again.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import _toml
from ..errors import ProcessError
from ..process.dialects import FORMS, header_block
from ..process.model import Process
from ..process.schema import InvalidDefinition
from . import discovery
from .preamble import Preamble


def require_readable(process: Process) -> None:
    """Make sure that a new proposal would be found, with all its headers.

    :raises ProcessError: with the line of the name or the path that would not be found.
    """
    for problem in (*_header_problems(process), *_path_problems(process)):
        name, text = process.source
        raise ProcessError(f"{name}:{_toml.line_of(text, problem.path)}: {problem}")


def _header_problems(process: Process) -> Iterator[InvalidDefinition]:
    above = "" if process.dialect in ("rfc2822", "yaml") else "Title\n=====\n\n"
    for n, header in enumerate(process.headers):
        line = FORMS[process.dialect].line(header.name, "x")
        text = f"{above}{header_block(process.dialect, [line])}\n"
        if Preamble.parse(text, process.dialect).get(header.name) is None:
            message = (
                f"header {header.name!r} could not be read as {line!r}; "
                "use up to three words of letters, digits and hyphens"
            )
            yield InvalidDefinition(message, ("header", n, "name"))


def _path_problems(process: Process) -> Iterator[InvalidDefinition]:
    files = process.files
    path = process.path_for_new(process.first_number, "Title")
    if not discovery.matches(path, files.include, files.exclude):
        message = f"a new proposal would be {path}, which 'include' does not match; change one"
        yield InvalidDefinition(message, ("files", "include"))
    elif process.is_attachment(path):
        message = f"a new proposal would be {path}, which belongs to notes; change the pattern"
        yield InvalidDefinition(message, ("files", "pattern"))
