"""The workflows, the action and the examples in the handbook are safe and agree."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FILES = [*WORKFLOWS, ROOT / "action.yml", *sorted((ROOT / "docs").glob("*.rst"))]
STARTER = ROOT / "src" / "fep_tools" / "process" / "starter" / "github" / "workflows"
YAML_BLOCK = re.compile(r"(?m)^\.\. code-block:: yaml\n\n((?:    .*\n|\n)+)")
USES = re.compile(r"uses: +(?P<action>[^\s@]+)@(?P<pin>\S+)(?: # (?P<version>\S+))?")


def used_actions() -> list[tuple[str, str, str | None]]:
    texts = (path.read_text("utf-8") for path in FILES)
    return [(m["action"], m["pin"], m["version"]) for text in texts for m in USES.finditer(text)]


def test_each_action_is_pinned_to_one_commit() -> None:
    pins: dict[str, set[str]] = {}
    for action, pin, _version in used_actions():
        assert re.fullmatch("[0-9a-f]{40}", pin), action
        pins.setdefault(action, set()).add(pin)
    assert {action for action, commits in pins.items() if len(commits) > 1} == set()


def test_pins_name_their_version() -> None:
    versions = {action: version for action, pin, version in used_actions() if int(pin, 16)}
    assert all(version and version.startswith("v") for version in versions.values()), versions


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_have_no_permissions_by_default(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "\npermissions: {}\n" in text
    assert "pull_request_target" not in text
    assert text.count("timeout-minutes:") == text.count("runs-on:")


def test_snippets_of_a_pull_request_run_with_the_files_of_the_base() -> None:
    text = (ROOT / ".github" / "workflows" / "notes.yml").read_text("utf-8")
    assert "ref: ${{ github.event.pull_request.base.sha }}" in text
    assert "cp -R base/fep base/pyproject.toml change/" in text
    assert text.index("rm -rf change/fep") < text.index("notes run --root change")
    for word in ("secrets.", "write #", "upload-artifact", "actions/cache", "--update"):
        assert word not in text


def test_job_that_runs_snippets_cannot_write_and_vice_versa() -> None:
    text = (ROOT / ".github" / "workflows" / "notes-scheduled.yml").read_text("utf-8")
    run, propose = text.split("\n  propose:\n")
    assert "write #" not in run
    assert "github.token" not in run
    assert "notes run" not in propose
    assert "setup-python" not in propose


def test_checkouts_do_not_persist_credentials() -> None:
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        assert text.count("actions/checkout@") == text.count("persist-credentials: false"), path


def test_handbook_shows_the_read_the_docs_configuration() -> None:
    shown = (ROOT / "docs" / "readthedocs.rst").read_text("utf-8")
    configuration = (ROOT / ".readthedocs.yaml").read_text("utf-8")
    for command in re.findall(r"- ((?:python|git|fep) .*)", shown):
        assert f"- {command}\n" in configuration


def test_handbook_pins_the_actions_that_this_repository_uses() -> None:
    own = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    for page in sorted((ROOT / "docs").glob("*.rst")):
        for block in YAML_BLOCK.findall(page.read_text("utf-8")):
            assert yaml.safe_load(textwrap.dedent(block)), page
            for action in re.findall(r"uses: (?!OWNER)(\S+ # \S+)", block):
                assert f"uses: {action}\n" in own, (page, action)


def yaml_texts() -> list[str]:
    """Return what CI services read: files of this repository and of new ones, and examples."""
    names = ["action.yml", ".readthedocs.yaml", ".pre-commit-hooks.yaml"]
    paths = [*WORKFLOWS, *STARTER.glob("*.yml"), *(ROOT / name for name in names)]
    pages = [path.read_text("utf-8") for path in [*ROOT.glob("*.rst"), *ROOT.glob("docs/*.rst")]]
    examples = [block for page in pages for block in YAML_BLOCK.findall(page)]
    return [*(path.read_text("utf-8") for path in paths), *examples]


def test_python_of_ci_imports_nothing_from_the_current_directory() -> None:
    """There, a pull request may bring a file ``pip.py``."""
    # "$PYTHON" -I -m venv
    command = re.compile(r"""python[0-9.]*["']?((?: +-\S+)*) +-[mc]\b""", re.IGNORECASE)
    options = [match[1].split() for text in yaml_texts() for match in command.finditer(text)]
    assert len(options) > 10
    assert [each for each in options if not {"-I", "-P"} & {*each}] == []


DESK = ["scheduled.yml", "desk.yml", "github.rst"]


def summary_script(name: str) -> str:
    """Return the shell script that writes the summary: of a workflow, or of the handbook."""
    if name.endswith(".rst"):
        text = (ROOT / "docs" / name).read_text("utf-8")
        blocks = YAML_BLOCK.findall(text)
        text = next(block for block in blocks if "fep agenda" in block)
    else:
        path = STARTER / name if (STARTER / name).is_file() else WORKFLOWS[0].with_name(name)
        text = path.read_text("utf-8")
    jobs = yaml.safe_load(textwrap.dedent(text))["jobs"]
    steps = jobs["desk"]["steps"]
    assert jobs["desk"]["permissions"] == {"contents": "read"}
    return str(steps[-1]["run"])


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("name", DESK)
def test_the_summary_of_a_job_has_what_is_due_and_the_agenda(name: str, tmp_path: Path) -> None:
    for directory in ("fep", "proposals"):
        shutil.copytree(ROOT / directory, tmp_path / directory)
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n", "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "GITHUB_STEP_SUMMARY": str(summary)}
    # GitHub runs a step of several lines like this.
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", summary_script(name)]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    written = summary.read_text("utf-8")
    assert written.startswith("# Before\n# Due\n\n")
    assert (
        "\nNot known: the history in git is not complete, so some days are not known\n" in written
    )
    assert "\n\n# Agenda of 20" in written
    assert ("versions were not compared" in written) == (name != "scheduled.yml")


def normalised(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", ["site", "dev"])
def test_locked_requirements_hold_every_dependency(name: str) -> None:
    """``make`` installs the package without its dependencies; only the lock provides them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    locked = {normalised(package) for package in re.findall(r"(?m)^([\w.-]+)==", lock)}
    dependencies = {
        normalised(match[0])
        for requirement in project["dependencies"]
        if (match := re.match(r"[\w.-]+", requirement))
    }
    assert len(dependencies) == len(project["dependencies"])
    assert dependencies - locked == set()


def test_the_lowest_versions_that_are_declared_are_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements" / "lowest.txt").read_text("utf-8")
    locked = {normalised(m[1]): m[2] for m in re.finditer(r"(?m)^([\w.-]+)==(\S+)", lock)}
    extras = project["optional-dependencies"].values()
    declared = [Requirement(text) for text in chain(project["dependencies"], *extras)]
    assert len(declared) > 15
    for requirement in declared:
        (lowest,) = (spec.version for spec in requirement.specifier if spec.operator == ">=")
        assert Version(locked[normalised(requirement.name)]) == Version(lowest), requirement
    assert " test-lowest " in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_help_lists_every_documented_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    documented = re.findall(r"(?m)^([a-z-]+):.*## ", makefile)
    assert "test-all" in documented
    command = ["make", "--no-print-directory", "-C", str(ROOT), "help"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"(?m)^  make (\S+) ", output) == documented


def test_every_make_command_of_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):(?!=)", makefile))
    (phony,) = re.findall(r"(?m)^\.PHONY: (.+)", makefile)
    assert set(phony.split()) == targets
    pages = [*ROOT.glob("*.rst"), *ROOT.glob("docs/*.rst"), *ROOT.glob(".github/workflows/*.yml")]
    text = "\n".join(path.read_text("utf-8") for path in pages)
    named = set(re.findall(r"(?m)(?:``|^ *(?:\$ |- run: )?)make ([a-z][a-z-]+)\b(?!:)", text))
    assert {"html", "fuzz", "site", "dist"} <= named
    # The handbook mentions a target of other projects that use Sphinx.
    assert named - targets <= {"livehtml"}


def test_hooks_run_for_commits_that_only_delete_proposals() -> None:
    """With ``files``, pre-commit skips a hook if none of the remaining files matches."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    hooks = text.split("\n- id: ")[1:]
    assert len(hooks) == 2
    for hook in hooks:
        assert "\n  always_run: true\n" in hook
        assert "\n  pass_filenames: false\n" in hook
        assert "\n  files:" not in hook
