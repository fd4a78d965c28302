"""Strategies of Hypothesis for everything that strangers write: proposals, settings and results.

They begin with what this repository has, and with the examples of all rules, and damage it:
lines, words, characters and bytes are removed, repeated, moved, or replaced by strange ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from hypothesis import strategies as st

from fep_tools.lint.example_fixtures import expand
from fep_tools.lint.registry import all_rules
from fep_tools.process.dialects import header_block
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY, builtin_names

from ..communities import PROCESSES as FOREIGN_PROCESSES
from ..conftest import ROOT
from .ingredients import BLOCKS, HEADERS, STRANGE


@cache
def process_named(name: str) -> Process:
    """Return this repository's process, a variant of it, or that of another community."""
    own = load_process(ROOT / "fep" / "process.toml")
    text = own.source[1].replace(".rst", ".md")
    match name:
        case "fep":
            return own
        case "fep-markdown":
            return parse_process(text)
        case "fep-yaml":
            return parse_process(text.replace('"rfc2822"', '"yaml"', 1))
    path = BUILTIN_DIRECTORY / f"{name}.toml"
    return load_process(path if path.is_file() else FOREIGN_PROCESSES / f"{name}.toml")


PROCESSES = (
    "fep", "fep-markdown", "fep-yaml",
    *(name for name in builtin_names() if name != "fep"),
    *sorted(path.stem for path in FOREIGN_PROCESSES.glob("*.toml")),
)  # fmt: skip

process_names = st.sampled_from(("fep", "fep", *PROCESSES))

# Damage -------------------------------------------------------------------------------------

Damage = tuple[str, int, int]
"""What is done, where, and with which strange text, as numbers of any size."""

_UNITS: dict[str, re.Pattern[str]] = {
    "line": re.compile(r"[^\n]*\n|[^\n]+"),
    "word": re.compile(r"\w+|[^\w\s]|\s+"),
    "character": re.compile(".", re.DOTALL),
}
_ACTIONS = (
    "repeat", "repeat", "move", "insert", "replace", "cut", "indent", "dedent", "join",
)  # fmt: skip
_damages: st.SearchStrategy[list[Damage]] = st.lists(
    st.tuples(
        st.sampled_from([f"{action} {unit}" for action in _ACTIONS for unit in _UNITS]),
        st.integers(0, 2**16),
        st.integers(0, 2**16),
    ),
    max_size=5,
)


def damaged_text(text: str, damages: Iterable[Damage]) -> str:
    for name, place, choice in damages:
        action, unit = name.split()
        units = _UNITS[unit].findall(text) or [""]
        at, strange = place % len(units), STRANGE[choice % len(STRANGE)]
        text = "".join(_damaged(units, action, at, choice, strange))
    return text


def _damaged(units: list[str], action: str, at: int, choice: int, strange: str) -> list[str]:
    before, here, after = units[:at], units[at], units[at + 1 :]
    match action:
        case "repeat":
            return [*before, *[here] * (choice % 70 if choice % 2 else choice % 3), *after]
        case "move":
            rest = [*before, *after]
            return [*rest[: choice % len(units)], here, *rest[choice % len(units) :]]
        case "insert":
            return [*before, strange, here, *after]
        case "replace":
            return [*before, strange, *after]
        case "cut":
            return [*before, here[: choice % (len(here) + 1)]]
        case "indent":
            return [*before, " " * (choice % 9), here, *after]
        case "dedent":
            return [*before, here.lstrip(" "), *after]
    return [*before, here.rstrip("\n"), *after]


def damaged(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return *texts* with a few damages each."""
    return st.builds(damaged_text, texts, _damages)


_ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-16",
    "utf-8-sig",
    "latin-1",
    "cp1252",
    "utf-7",
)


def as_bytes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Return *texts* as files: in some encoding, with wrong bytes, or cut off."""

    def encode(text: str, encoding: str, bad: bytes, at: int, end: int) -> bytes:
        errors = "surrogatepass" if encoding.startswith("utf") else "replace"
        data = text.encode(encoding, errors)
        place = at % (len(data) + 1)
        return (data[:place] + bad + data[place:])[: end or None]

    bad = st.just(b"") | st.binary(max_size=3)
    return st.builds(
        encode, texts, st.sampled_from(_ENCODINGS), bad, st.integers(0, 2**16),
        st.just(0) | st.integers(0, 3000),
    )  # fmt: skip


# Proposals ----------------------------------------------------------------------------------

_PROPOSALS = sorted((ROOT / "proposals").glob("fep-*.rst"))
_FIELD = re.compile(r"^:?([A-Z][\w-]+): *(.*(?:\n +.*)*)$", re.MULTILINE)  # "Author: Ada\n    Bea"


@cache
def example_texts() -> tuple[str, ...]:
    """Return the examples of rules that are single proposals."""
    examples = (expand(text) for rule in all_rules() for text in (rule.bad, rule.good))
    return tuple(text for text in examples if not re.search(r"^# ", text, re.MULTILINE))


@cache
def real_texts() -> tuple[str, ...]:
    """Return the texts of proposals of this repository that do not take long to check."""
    texts = (path.read_text("utf-8") for path in _PROPOSALS)
    return tuple(sorted(texts, key=len)[:8])


@cache
def real_blocks() -> tuple[str, ...]:
    """Return paragraphs, of which this repository's proposals and the examples consist."""
    texts = [*(path.read_text("utf-8") for path in _PROPOSALS), *example_texts()]
    blocks = {block for text in texts for block in text.split("\n\n") if len(block) < 800}
    return tuple(sorted(blocks))


@cache
def real_values() -> tuple[str, ...]:
    texts = [*(path.read_text("utf-8").split("\n\n")[0] for path in _PROPOSALS), *example_texts()]
    return tuple(sorted({match[2] for text in texts for match in _FIELD.finditer(text)}))


def values(process: Process) -> st.SearchStrategy[str]:
    """Return values of headers, right or wrong."""
    names = [*(s.name for s in process.statuses), *(t.name for t in process.types)]
    return damaged(st.sampled_from([*names, *real_values()])) | st.sampled_from(STRANGE)


@st.composite
def header_blocks(draw: st.DrawFn, process: Process) -> str:
    """Return a block of headers in the dialect of a process."""
    names = [header.name for header in process.headers]
    lines = [
        f"{name}: {draw(values(process))}"
        for name in draw(st.lists(st.sampled_from(names), max_size=8))
    ]
    lines += draw(st.lists(st.sampled_from(HEADERS), max_size=5))
    if process.dialect not in ("rfc2822", "yaml", "code-block"):
        marks = {"field-list": ":", "directives": ".. ", "bullet-list": "- "}
        lines = [f"{marks.get(process.dialect, '')}{line}" for line in lines]
    markdown = process.files.is_markdown(process.path_for_new(7, "x"))
    fenced = draw(st.booleans())
    return header_block(process.dialect, lines, fenced=fenced, is_markdown=markdown)


bodies = st.lists(
    st.sampled_from(BLOCKS) | st.deferred(lambda: st.sampled_from(real_blocks())), max_size=6
).map("\n\n".join)
"""Bodies of paragraphs that have nothing to do with each other."""

_endings = st.sampled_from(["", "\n", "\r\n", "\n\n", " "])


@st.composite
def proposals(draw: st.DrawFn, process: Process) -> str:
    """Return the text of a proposal: one that somebody wrote, or made of parts, and damaged."""
    kind = draw(st.sampled_from(["parts", "parts", "example", "real", "soup"]))
    if kind == "example":
        text = draw(st.sampled_from(example_texts()))
    elif kind == "real":
        text = draw(st.sampled_from(real_texts()))
    elif kind == "soup":
        words = st.sampled_from([*HEADERS, *BLOCKS, *STRANGE]) | st.text(max_size=4)
        text = "FEP: 7\n" + draw(st.lists(words, max_size=40).map("".join))
    else:
        gap = draw(st.sampled_from(["\n\n", "\n", "\n \n"]))
        text = draw(header_blocks(process)) + gap + draw(bodies) + draw(_endings)
    if draw(st.integers(0, 9)) == 0:
        text = text.replace("\n", "\r\n")
    return damaged_text(text, draw(_damages))


Case = tuple[str, str]
"""The name of a process, and the text of a proposal."""


@st.composite
def communities(draw: st.DrawFn) -> Case:
    """Return the name of a process, and the text of a proposal for it."""
    name = draw(process_names)
    return name, draw(proposals(process_named(name)))


# Other files --------------------------------------------------------------------------------


def files(*patterns: str, largest: int = 20_000) -> st.SearchStrategy[str]:
    """Return the contents of this repository's files that match one of *patterns*, damaged."""

    @cache
    def contents() -> Sequence[str]:
        paths = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
        return [path.read_text("utf-8") for path in paths if path.stat().st_size <= largest]

    return st.deferred(lambda: damaged(st.sampled_from(contents())))


process_files = files(
    "fep/process.toml", "src/fep_tools/process/builtin/*.toml", "tests/conformance/processes/*",
    largest=10**6,
)  # fmt: skip
people_files = files("fep/people.toml")
extension_settings = files("fep/extensions.toml")
framework_files = files("fep/frameworks.toml")
results_files = files("proposals/*.notes.json")
affected_files = files("proposals/*.extensions.json")
trial_files = files("fep/extensions/*.tests.json", largest=10**6)
snapshot_files = files("fep/extensions/*[0-9].json", largest=10**6)
settings_files = damaged(
    st.just(
        '[tool.fep]\nprocess = "fep/process.toml"\nselect = ["H", "ALL"]\nignore = ["B020"]\n'
        'strict = true\nrules-url = ""\nplugins = []\nbaseline = "b.json"\n\n'
        '[tool.fep.severity]\nB020 = "error"\n\n[tool.fep.per-file-ignores]\n"*.rst" = ["H1"]\n'
    )
)
baseline_files = damaged(
    st.just(
        '{\n  "schema_version": 1,\n  "findings": [\n    {"path": "proposals/fep-0007.rst", '
        '"code": "H103", "fingerprint": "0123456789abcdef"}\n  ]\n}\n'
    )
)
_MESSAGE = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"POT-Creation-Date: 2026-11-30 10:00+0000\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"

#, fuzzy
#: a.rst:1
msgctxt "c"
msgid "a"
msgid_plural "b"
msgstr[0] "x"
msgstr[1] "y"
"""
translations = damaged(st.just(_MESSAGE)) | files(
    "src/fep_tools/site/locale/**/*.po", largest=10**6
)
sphinx_configurations = damaged(
    st.just(
        'extensions = ["sphinx.ext.extlinks", "fep_tools.site"]\ndefault_role = "any"\n'
        'extlinks = {"issue": ("https://example.org/%s", "issue %s")}\nlocale_dirs = ["locales"]\n'
    )
)
pictures = damaged(
    st.just(
        '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9"><style>a{fill:'
        'url(#a)}</style><a href="#b"><path d="M0 0"/></a></svg>\n'
    )
)
inventories = damaged(st.just("# Sphinx inventory version 2\n# Project: P\n# Version: 1\n"))
