"""``python -m benchmarks.extensions``: what it costs to scan the watched extensions.

It asks the package index that uv or pip is configured for. One process reads the extensions one
after the other and keeps nothing, as the testing script of 2011 did; ``fep`` scans them with an
empty cache, and again. Then 10,000 small distributions from memory show what the engine costs.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tarfile
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from fep_tools._cache import Cache
from fep_tools.errors import FepError
from fep_tools.extensions.archives import read_archive
from fep_tools.extensions.executors import Engine, Processes
from fep_tools.extensions.index import Index, Response
from fep_tools.extensions.index_url import find_index_url
from fep_tools.extensions.model import ExtensionList
from fep_tools.extensions.project import File
from fep_tools.extensions.scan import scan_files, scan_sources, ScanJob
from fep_tools.extensions.selection import select_files
from fep_tools.extensions.survey import survey
from fep_tools.extensions.transport import fetch

from .measure import measure, Measurement

ROOT = Path(__file__).parents[1]
SYMBOLS = (
    "flask.Flask.before_first_request", "flask.Markup", "flask.__version__", "flask.ext",
    "flask._request_ctx_stack",
)  # fmt: skip
MANY = 10_000


@dataclass
class Costs:
    """The seconds that each part of the work takes, and the bytes that are received."""

    distributions: int = 0
    files: int = 0
    ask: float = 0.0
    download: float = 0.0
    scan: float = 0.0
    received: int = 0
    computed: int = 0
    requests: dict[int, int] = field(default_factory=dict)

    def fetch(self, url: str, headers: Mapping[str, str], limit: int) -> Response:
        """Count the requests by status, and the bytes."""
        response = fetch(url, headers, limit)
        self.requests[response.status] = self.requests.get(response.status, 0) + 1
        self.received += len(response.body)
        return response


def watched() -> list[str]:
    text = (ROOT / "fep" / "extensions.toml").read_text("utf-8")
    return [extension.name for extension in ExtensionList.parse(text).extensions]


def scan_serially() -> Costs:
    """Read one extension after the other, and keep nothing."""
    costs = Costs()
    for name in watched():
        index = Index(find_index_url(), costs.fetch, Cache(None))
        start = time.perf_counter()
        chosen = select_files(index, [name]).chosen.get(name)
        costs.ask += time.perf_counter() - start
        if chosen is None:
            continue
        start = time.perf_counter()
        data = index.download(chosen.file)
        costs.download += time.perf_counter() - start
        start = time.perf_counter()
        result = scan_sources(read_archive(data, chosen.file.filename).sources, SYMBOLS)
        costs.scan += time.perf_counter() - start
        costs.distributions += 1
        costs.files += result.files
    return costs


def scan_with_engine(cache: Path) -> Costs:
    """Scan as ``fep extensions scan`` does."""
    costs = Costs()
    store = Cache(cache)
    start = time.perf_counter()
    selection = select_files(Index(find_index_url(), costs.fetch, store), watched())
    costs.ask = time.perf_counter() - start
    start = time.perf_counter()
    # The workers get the function itself: counts would stay in their processes.
    found = survey(Index(find_index_url(), fetch, store), selection, SYMBOLS, Processes(), store)
    costs.scan = time.perf_counter() - start
    costs.distributions, costs.computed = len(found.results), found.computed
    return costs


def make_archive(number: int) -> bytes:
    """Return a source distribution with a module of 50 functions."""
    function = "def view_{0}():\n    return flask.Markup('{0}')\n\n"
    source = "import flask\n\n" + "".join(function.format(n) for n in range(50))
    data = f"NUMBER = {number}\n{source}".encode()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=1) as archive:
        info = tarfile.TarInfo(f"x-{number}/x.py")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def give(file: File) -> bytes:
    """Return the archive that *file* is about, as an index would."""
    return make_archive(int(file.url))


def scan_many(cache: Path, engine: Engine | None = None) -> Costs:
    """Scan :data:`MANY` distributions from memory."""
    jobs = {}
    for number in range(MANY):
        digest = sha256(str(number).encode()).hexdigest()
        file = File(filename=f"x-{number}.tar.gz", url=str(number), sha256=digest)
        jobs[str(number)] = ScanJob(file, SYMBOLS, give)
    results, failures, computed = scan_files(jobs, engine or Processes(), Cache(cache))
    if failures or len(results) != MANY:
        raise SystemExit(f"{len(failures)} of {MANY} failed")
    return Costs(distributions=len(results), computed=computed)


STEPS = ("serial", "cold", "warm", "many", "many-again")


def run_step(step: str, directory: Path) -> None:
    """Run one step in this process, and write its costs."""
    if step == "serial":
        costs = scan_serially()
    elif step.startswith("many"):
        costs = scan_many(directory / "many")
    else:
        costs = scan_with_engine(directory / "cache")
    (directory / f"{step}.json").write_text(json.dumps(vars(costs)), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extensions", description=__doc__)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--directory", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        run_step(arguments.step, arguments.directory)
        return
    figures: dict[str, Measurement] = {}
    with tempfile.TemporaryDirectory() as name:
        for step in STEPS:
            command = [sys.executable, "-m", "benchmarks.extensions", "--step", step]
            figures[step] = measure(
                [*command, "--directory", name], directory=ROOT, runs=1, warm_up=0
            )
            path = Path(name, f"{step}.json")
            if not path.exists():
                raise SystemExit(f"{step} failed; run: {' '.join(command)} --directory DIRECTORY")
            costs = json.loads(path.read_text("utf-8"))
            details = ", ".join(f"{key} {_round(value)}" for key, value in costs.items() if value)
            print(f"{step:<11} {figures[step]}   {details}", flush=True)
    for step in ("cold", "warm"):
        print(f"{step} against serial: {figures[step].ratios_to(figures['serial'])}")
    met = figures["warm"].seconds < figures["serial"].seconds / 10
    print(f"goal for warm: 0.10x, {'met' if met else 'not met'}")


def _round(value: object) -> object:
    return round(value, 2) if isinstance(value, float) else value


if __name__ == "__main__":
    try:
        main()
    except FepError as problem:
        raise SystemExit(str(problem)) from None
