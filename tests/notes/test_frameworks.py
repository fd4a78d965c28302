"""The file of frameworks, locks, and the digest of an environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.errors import ProcessError
from fep_tools.notes.frameworks import (
    environment_digest,
    Frameworks,
    is_unambiguous,
    lock_path,
    pinned_versions,
)

ROOT = Path(__file__).parents[2]
ONE = """\
[[framework]]
key = "sanic"
title = "Sanic"
requires = ["sanic"]
package = "sanic"
python = "3.11"
docs = "https://sanic.dev/"
"""
LOCK = """\
# made by a tool
sanic==25.12.1 \\
    --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000
Sanic_Testing==24.6.0 \\
    --hash=sha256:1111111111111111111111111111111111111111111111111111111111111111
"""


def test_the_file_of_this_repository_is_valid() -> None:
    frameworks = Frameworks.parse((ROOT / "fep" / "frameworks.toml").read_text("utf-8"))
    required = [framework.title for framework in frameworks.frameworks if framework.required]
    assert required == ["Flask", "Sanic", "FastAPI", "Hug"]
    assert {"Quart", "Starlette", "Litestar"} < set(frameworks.by_title)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f.toml:1: the key 'framework' is missing"),
        (ONE.replace("title", "tittle"), "f.toml:3: unknown key 'tittle'; did you mean title?"),
        (ONE.replace("3.11", "2.7"), "f.toml:6: 'python' must be a version of Python, such as"),
        (
            ONE.replace("https:", "javascript:"),
            "f.toml:7: 'docs' must be a URL that starts with https://",
        ),
        (
            ONE.replace('["sanic"]', '["--no-binary x"]'),
            'f.toml:4: "--no-binary x" is not the name',
        ),
        (ONE.replace('["sanic"]', '["a @ file:///a"]'), 'f.toml:4: "a @ file'),
        (ONE.replace('["sanic"]', '["a>=1\\n-r b"]'), 'f.toml:4: "a>=1 -r b" is not the name'),
        (ONE + ONE, "f.toml:9: the key 'sanic' is used twice"),
        (
            ONE.replace("Sanic", "\\u001b[2J"),
            "f.toml:3: 'title' must be 1 to 40 characters without",
        ),
        (ONE.replace("Sanic", "a\\n::b"), "f.toml:3: 'title' must be 1 to 40 characters without"),
        (ONE.replace("dev/", "dev/\\u0007"), "f.toml:7: 'docs' must be a URL that starts with"),
        (
            ONE + 'note = "\\u009b2J"\n',
            "f.toml:8: 'note' must be a string in quotes, without control",
        ),
        (ONE.replace('"Sanic"', "Sanic"), "f.toml:3: not valid TOML"),
    ],
)
def test_an_invalid_file_is_refused_with_the_line(text: str, message: str) -> None:
    with pytest.raises(ProcessError) as error:
        Frameworks.parse(text, "f.toml")
    assert str(error.value).startswith(message)


def test_locks_are_in_a_directory_beside_the_file() -> None:
    assert lock_path("fep/frameworks.toml", "sanic") == "fep/environments/sanic.txt"
    assert lock_path("frameworks.toml", "sanic") == "environments/sanic.txt"


def test_a_lock_is_read_with_or_without_hashes_and_comments() -> None:
    assert pinned_versions(LOCK) == {"sanic": "25.12.1", "sanic-testing": "24.6.0"}


def test_the_digest_depends_on_python_and_versions_only() -> None:
    same = "sanic-testing==24.6.0\nsanic==25.12.1\n"
    assert environment_digest(LOCK, "3.11") == environment_digest(same, "3.11")
    assert environment_digest(LOCK, "3.11") != environment_digest(LOCK, "3.12")
    assert environment_digest(LOCK, "3.11") != environment_digest(LOCK.replace(".1", ".2"), "3.11")


@pytest.mark.parametrize(
    "lines",
    [
        "  flask==2.0.0\n",
        "\tflask==2.0.0\n",
        'flask==3.1.2 ; python_version < "3"\n flask==2.0.0\n',
        "flask==3.1.2\nFLASK==2.0.0\n",
        "flask[async]==2.0.0\n",
        'flask==3.1.2 ; python_version < "3"\n',
        'flask==3.1.2;python_version<"3"\n',
        "a==1  # why \\\nflask==2.0.0\n",
    ],
)
def test_a_lock_with_other_packages_than_those_that_are_found(lines: str) -> None:
    """uv would install another Flask than the result names."""
    assert is_unambiguous(LOCK)
    assert not is_unambiguous(LOCK + lines)
