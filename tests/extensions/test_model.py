"""The file of extensions, and its errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.errors import ProcessError
from fep_tools.extensions.model import ExtensionList, normalize

ROOT = Path(__file__).parents[2]
ONE = """\
[[extension]]
name = "Flask-Login"
modules = ["flask_login"]
repository = "https://github.com/maxcountryman/flask-login"
why = "Keeps users signed in."
"""
CRITERION = """\
[[criterion]]
key = "owners"
title = "Has two owners"
check = "owners"
minimum = 2
"""


def test_the_file_of_this_repository_is_valid() -> None:
    listed = ExtensionList.parse((ROOT / "fep" / "extensions.toml").read_text("utf-8"))
    assert len(listed.extensions) >= 40
    assert listed.by_key["flask-login"].modules == ("flask_login",)
    assert [criterion.key for criterion in listed.criteria][-1] == "maintainers"


@pytest.mark.parametrize("name", ["Flask-Login", "flask_login", "FLASK.login", "flask--login"])
def test_names_are_compared_as_package_indexes_compare_them(name: str) -> None:
    assert normalize(name) == "flask-login"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "e.toml:1: the key 'extension' is missing"),
        (ONE.replace("why", "reason"), "e.toml:5: unknown key 'reason'"),
        (ONE.replace('"Flask-Login"', '"-r x"'), "e.toml:2: 'name' must be the name of a package"),
        (ONE.replace('["flask_login"]', "[]"), "e.toml:3: 'modules' must be a list of names"),
        (ONE.replace('"flask_login"', '"flask login"'), "e.toml:3: 'modules' must be a list"),
        (ONE.replace("https:", "http:"), "e.toml:4: 'repository' must be a URL that starts with"),
        (ONE.replace("Keeps", "\\u001b"), "e.toml:5: 'why' must be a sentence of 1 to 200"),
        (ONE.replace(".com/", ".com/\\u0007"), "e.toml:4: 'repository' must be a URL that starts"),
        (ONE + CRITERION.replace("Has", "\\u001b"), "e.toml:8: 'title' must be a sentence of 1"),
        (ONE + 'factory = "x"\n', "e.toml:6: 'factory' must be a callable, such as"),
        (ONE + ONE.replace("-", "_"), "e.toml:7: the extension 'flask-login' is listed twice"),
        (ONE + CRITERION + CRITERION, "e.toml:12: the criterion 'owners' is listed twice"),
        (
            ONE + CRITERION.replace('check = "owners"', 'check = "stars"'),
            "e.toml:9: 'stars' is not",
        ),
        (
            f"{ONE}config.mail_server = 'x'\n",
            "e.toml:6: 'mail_server' cannot be in 'config', which must be a table of settings",
        ),
        (f"{ONE}config.PORT = 2.5\n", "e.toml:6: 'PORT' cannot be in 'config', which must be"),
    ],
)
def test_an_invalid_file_is_refused_with_the_line(text: str, message: str) -> None:
    with pytest.raises(ProcessError) as error:
        ExtensionList.parse(text, "e.toml")
    assert str(error.value).startswith(message)
