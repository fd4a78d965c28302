"""Build the PEPs' own site, and ours, from one clone of https://github.com/python/peps."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from .measure import measure, Measurement

FEP = Path(sys.executable).with_name("fep")


def install_theirs(peps: Path, directory: Path) -> Path:
    """Install what their build requires into a virtual environment; return its interpreter."""
    python = directory / "bin" / "python"
    if not python.exists():
        venv.create(directory, with_pip=True)
        requirements = str(peps / "requirements.txt")
        command = [str(python), "-m", "pip", "install", "--quiet", "-r", requirements]
        subprocess.run(command, check=True)
    return python


def build_theirs(peps: Path, python: str | Path, output: Path) -> Measurement:
    """Build their site as ``make dirhtml`` does; inventories of other sites are not waited for."""
    command = [python, "-m", "sphinx", "-b", "dirhtml", "-j", "auto", "-D", "intersphinx_timeout=1"]
    return _measure([*command, "peps", output], peps, output)


def build_ours(peps: Path, output: Path) -> Measurement:
    """Build our site from the same files, without a cache."""
    command: list[str | Path] = [FEP, "build", "--root", peps, "--process", "pep", "--no-cache"]
    url = ["--base-url", "https://peps.python.org/"]
    return _measure([*command, *url, "--output", output], peps, output)


def _measure(command: Sequence[str | Path], peps: Path, output: Path) -> Measurement:
    measurement = measure(command, directory=peps, runs=1, warm_up=0)
    if not output.joinpath("pep-0001", "index.html").is_file():
        sys.exit(f"no page was built; run {' '.join(map(str, command))}")
    return measurement
