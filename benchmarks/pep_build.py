"""Build the PEPs' own site, and ours, from one clone of https://github.com/python/peps."""

from __future__ import annotations

import subprocess
import sys
import venv
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
    return measure([*command, "peps", output], directory=peps, runs=1, warm_up=0)


def build_ours(peps: Path, output: Path) -> Measurement:
    """Build our site from the same files, without a cache."""
    command: list[str | Path] = [FEP, "build", "--root", peps, "--process", "pep", "--no-cache"]
    url = ["--base-url", "https://peps.python.org/"]
    return measure([*command, *url, "--output", output], directory=peps, runs=1, warm_up=0)
