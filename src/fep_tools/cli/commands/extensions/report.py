"""``fep extensions report``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ... import options

if TYPE_CHECKING:
    from ....extensions.snapshot import Snapshot
    from ....repository import Repository


@click.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE instead of standard output.",
)
@click.option(
    "--lock",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Lock file (PEP 751) with the upload times of what --distributions has.",
)
@click.option(
    "--distributions",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Read wheels and sdists in DIR instead of asking the package index.",
)
@click.option(
    "--from",
    "from_",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Use an earlier report in JSON instead of asking the package index.",
)
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="OLD",
    help="Show what changed since OLD, an earlier report in JSON.",
)
@options.output_format("text", "json", "markdown")
@options.pass_repository
def command(
    repository: Repository,
    format_: str,
    compare: Path | None,
    from_: Path | None,
    distributions: Path | None,
    lock: Path | None,
    output: Path | None,
) -> None:
    """Report the state of the watched extensions.

    fep/extensions.toml lists the extensions and the criteria. The package index is the one that
    uv or pip is configured to use. What cannot be decided is unknown, with the reason.

    \b
    Examples:
      fep extensions report
      fep extensions report --format json --output fep/extensions/2026-11-30.json
      fep extensions report --compare fep/extensions/2026-11-30.json
    """
    from .... import _atomic
    from ....extensions import snapshot as snapshots
    from ...render import extensions

    if from_ and (distributions or lock):
        raise click.UsageError("--from cannot be used with --distributions or --lock")
    if lock and not distributions:
        raise click.UsageError("--lock needs --distributions")
    before = _read(compare) if compare else None
    snapshot = _read(from_) if from_ else _make(repository, distributions, lock)
    if before:
        text = extensions.comparison(snapshots.compare(before, snapshot), format_)
    else:
        text = extensions.report(snapshot, format_)
    if output is None:
        click.echo(text, nl=False)
    else:
        _atomic.write_output(options.relative_to_cwd(output), text.encode())


def _read(path: Path) -> Snapshot:
    from ....extensions.snapshot import Snapshot

    return Snapshot.parse(_text(path), str(path))


def _make(repository: Repository, distributions: Path | None, lock: Path | None) -> Snapshot:
    from ....extensions.index import Index
    from ....extensions.index_url import find_index_url
    from ....extensions.local import DistributionDirectory
    from ....extensions.model import ExtensionList
    from ....extensions.report import make_snapshot
    from ....extensions.results import TestReport
    from ....extensions.transport import fetch
    from ._scans import index_cache

    listed = ExtensionList.load(repository.root)
    tests = TestReport.newest(repository.root)
    if distributions:
        text = _text(lock) if lock else ""
        files = DistributionDirectory(distributions, text, str(lock))
        return make_snapshot(listed, files, options.today(), "files", tests)
    index = Index(find_index_url(), fetch, index_cache(repository))
    return make_snapshot(listed, index, options.today(), tests=tests)


def _text(path: Path) -> str:
    from ...._text import safe
    from ....errors import FepError

    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise FepError(f"{safe(str(path), None)}: cannot be read as UTF-8") from None
