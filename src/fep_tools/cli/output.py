"""Where a verdict goes: the formats that there are, and the files that they are written to."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .._text import closest_match
from . import options

if TYPE_CHECKING:
    from ..diagnostics import CheckResult
    from ..lint.reporters.context import ReportContext

Writer = Callable[["CheckResult", "ReportContext"], str]
Output = tuple[str, Path | None]
"""A format and its file, ``None`` for standard output."""


def _writer(module: str, function: str = "render") -> Writer:
    """What writes a format, imported when it is called."""

    def write(verdict: CheckResult, about: ReportContext) -> str:
        text: str = getattr(import_module(f"..lint.reporters.{module}", __package__), function)(
            verdict, about
        )
        return text

    return write


def _text(verdict: CheckResult, about: ReportContext) -> str:
    from ..lint.reporters import text

    return text.render(verdict, color=about.color, again=about.again)


def _json(verdict: CheckResult, about: ReportContext) -> str:
    from ..lint.reporters import json

    return json.render(verdict, tool=about.tool, url=about.url)


def _sarif(verdict: CheckResult, about: ReportContext) -> str:
    from ..lint.reporters import sarif
    from ..lint.rule import all_rules

    return sarif.render(verdict, about, all_rules())


FORMATS: dict[str, Writer] = {
    "text": _text,
    "concise": _writer("concise"),
    "github": _writer("github"),
    "gitlab": _writer("gitlab"),
    "json": _json,
    "json-lines": _writer("jsonlines"),
    "junit": _writer("junit"),
    "markdown": _writer("markdown"),
    "rdjson": _writer("rdjson"),
    "rdjsonl": _writer("rdjson", "render_lines"),
    "sarif": _sarif,
}
"""Every format that ``--format`` takes."""


def parse(names: tuple[str, ...]) -> list[Output]:
    """The formats and files that ``NAME[:FILE]`` name; one may go to standard output."""
    found = [_output(name) for name in names or ("text",)]
    if sum(file is None for _name, file in found) > 1:
        raise click.UsageError(
            "one format can go to standard output; give the others a file, such as json:fep.json"
        )
    return found


def _output(name: str) -> Output:
    format_, _, file = name.partition(":")
    if format_ not in FORMATS:
        wanted = closest_match(format_, FORMATS) or f"one of {', '.join(FORMATS)}"
        raise click.UsageError(f"--format {format_}: write {wanted}")
    return format_, options.from_here(Path(file)) if file else None


def tell(
    verdict: CheckResult,
    wanted: list[Output],
    about: ReportContext,
    *,
    color: bool,
    err: bool = False,
) -> None:
    """Tell *verdict* in every format that is *wanted*; a file gets no colours.

    With *err* standard error stands for standard output, which has something else to carry.
    """
    for name, file in wanted:
        colored = about._replace(color=color and file is None)
        _put(FORMATS[name](verdict, colored), file, err=err)
        if name == "github":
            _summarize(FORMATS["markdown"](verdict, about))


def _put(text: str, file: Path | None, *, err: bool) -> None:
    """Write *text* to *file*, whole or not at all, or to standard output."""
    if file is None:
        click.echo(text, nl=False, color=True, err=err)
        return
    from .. import _atomic

    _atomic.write_if_changed(file, text.encode())


def _summarize(text: str) -> None:
    """Add *text*, in Markdown, to the page of a step of GitHub Actions, if this is one."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        with open(file, "a", encoding="utf-8", newline="\n") as page:
            page.write(text)


def folder(root: Path) -> str:
    """The way from the checkout to *root*: empty, or ending with ``/``."""
    here = Path(os.path.normpath(Path.cwd() / root))
    tops = (top for top in (here, *here.parents) if (top / ".git").exists())
    top = next(tops, here)
    return "" if top == here else f"{here.relative_to(top).as_posix()}/"
