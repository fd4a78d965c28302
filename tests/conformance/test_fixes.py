"""Fixes of real proposals change nothing that a reader sees, except as their findings say."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from docutils import nodes, utils
from docutils.parsers.rst import Parser
from docutils.readers.standalone import Reader

from fep_tools.diagnostics import CheckOptions, CheckResult
from fep_tools.lint import fixes, runner
from fep_tools.lint.registry import all_rules
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import build_vocabulary, Corpus, Proposal
from fep_tools.proposals.rst.checking import CheckingBackEnd
from fep_tools.proposals.rst.collector import FactCollector
from fep_tools.proposals.rst.lookup import allowed_only
from fep_tools.proposals.rst.parser import DOCUTILS_SETTINGS, parse_body_safely

pytestmark = pytest.mark.corpora

CORPORA = Path(os.environ.get("FEP_CORPORA", "/nowhere"))
MAX_VERSIONS = 25
"""How many old versions of the PEPs are fixed; each takes about a second."""

# Findings of these rules announce another text: a title, a licence, a directive that was a comment,
# a link that was none, markup of Markdown that was shown as it is.
CHANGING = re.compile("B009|B01[0245]|B032|B06[0-9]|B05[0-9]|B04[0-9]")

# Relations need the other proposals.
CODES = tuple(
    rule.code
    for rule in all_rules()
    if rule.fixable and rule.family.letter != "L" and not CHANGING.match(rule.code)
)
OPTIONS = CheckOptions(date(2026, 11, 20), select=CODES)


def git(bundle: str, directory: Path, *arguments: str) -> str:
    if not (CORPORA / f"{bundle}.bundle").is_file():
        pytest.skip(f"needs {bundle}.bundle in the directory FEP_CORPORA")
    if not directory.is_dir():
        command = ["git", "clone", "--quiet", "--no-checkout", str(CORPORA / f"{bundle}.bundle")]
        subprocess.run([*command, str(directory)], check=True, capture_output=True)
    command = ["git", "-C", str(directory), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def parse(text: str, process: Process) -> Proposal:
    path = process.files.path(9000, status=process.initial_status.name.lower(), slug="x")
    blanked = Proposal.parse(text, process).preamble.blanked(text)
    body = parse_body_safely(blanked, build_vocabulary(process))
    return Proposal.parse(text, process, path, body=body)


def visible_words(text: str, process: Process) -> list[str]:
    """Return the words of a body as a reader sees them."""
    blanked = Proposal.parse(text, process).preamble.blanked(text)
    document = utils.new_document("<body>")
    for name, value in DOCUTILS_SETTINGS.items():
        setattr(document.settings, name, value)
    document.settings.pep_references = document.settings.rfc_references = None
    document.settings.tab_width = 8
    with allowed_only(CheckingBackEnd(FactCollector(blanked, build_vocabulary(process)))):
        Parser().parse(blanked, document)
        document.transformer.populate_from_components((Reader(), Parser()))
        document.transformer.apply_transforms()
    for message in list(document.findall(nodes.system_message)):
        message.parent.remove(message)
    return list(_normalised(document.astext()))


# What findings announce: a URL becomes "PEP 8" or "RFC 822", brackets and backticks are markup.
_URL = re.compile(
    r"https?://[\w./-]*?(?P<kind>pep-|rfc)0*(?P<number>\d+)(?:\.(?:html|txt))?[/#\w-]*"
)
_MARKS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "`": "", "[": "", "]": ""}
)


def _normalised(text: str) -> Iterator[str]:
    text = _URL.sub(lambda m: f"{m['kind'].rstrip('-').upper()} {m['number']}", text)
    for word in re.split(r"[\s_-]+", text.translate(_MARKS)):
        if word:
            yield word.rstrip(".:,")


def fixed(text: str, process: Process) -> str:
    """Return *text* with all fixes."""

    def check(texts: Mapping[str, str]) -> CheckResult:
        corpus = Corpus((parse(texts.get(path, text), process),))
        return runner.check(corpus, process, OPTIONS)

    path = parse(text, process).path
    return fixes.fix_repeatedly(check, lambda _path: text).get(path, text)


def assert_nothing_is_lost(text: str, process: Process) -> None:
    after = fixed(text, process)
    assert visible_words(after, process) == visible_words(text, process)
    assert fixed(after, process) == after


def test_deps_say_the_same_after_all_fixes(tmp_path_factory: pytest.TempPathFactory) -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    directory = tmp_path_factory.mktemp("deps") / "deps"
    names = git("deps", directory, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    texts = {name: git("deps", directory, "show", f"HEAD:{name}") for name in names
             if dep.files.match(name)}  # fmt: skip
    assert texts
    for text in texts.values():
        assert_nothing_is_lost(text, dep)
    assert any(fixed(text, dep) != text for text in texts.values())


@pytest.mark.slow
def test_old_peps_say_the_same_after_all_fixes(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The versions with the lowest ids are a random choice that never changes."""
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    directory = tmp_path_factory.mktemp("peps") / "peps"
    log = git("peps", directory, "log", "--raw", "--no-abbrev", "--format=", "--", "*pep-*.rst")
    blobs = sorted({line.split()[3] for line in log.splitlines()} - {"0" * 40})
    for blob in blobs[:MAX_VERSIONS]:
        assert_nothing_is_lost(git("peps", directory, "cat-file", "blob", blob), pep)
