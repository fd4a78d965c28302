"""What the probe finds out about an extension, in an environment with a Flask of a few lines."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from fep_tools.extensions.probe import find_class, relative
from fep_tools.extensions.results import Outcome
from fep_tools.extensions.trial import program, run_probe, Trial, TrialTask, try_extension
from fep_tools.sandbox import environments, isolation
from fep_tools.sandbox.environments import Environment
from fep_tools.sandbox.isolation import Bubblewrap, Isolation, Unsandboxed
from fep_tools.sandbox.runner import RunLimits

from ..sandbox.stub import environment as stub

FLASK = """
import warnings

class _Client:
    def __init__(self, app):
        self.app = app

    def get(self, path):
        for function in self.app.functions:
            function()
        return self.app.views[path]()

class Flask:
    def __init__(self, name):
        self.config, self.views, self.functions, self.extensions = {}, {}, [], {}

    def add_url_rule(self, rule, name, view):
        self.views[rule] = view

    def test_client(self):
        return _Client(self)

    def _setup(function):
        return lambda self, *args: function(self, *args)

    @_setup
    def before_first_request(self, function):
        warnings.warn("'before_first_request' is deprecated", DeprecationWarning, stacklevel=2)
        self.functions.append(function)

    def before_request(self, function):
        self.functions.append(function)
"""

WORKS = """
class Mail:
    def init_app(self, app):
        assert app.config["SECRET_KEY"] and app.config["MAIL_SERVER"] == "localhost"
        app.extensions["mail"] = self
"""
OLD = "class Mail:\n    def __init__(self, app):\n        app.extensions['mail'] = self\n"


@pytest.fixture(scope="module", params=["bubblewrap", "none"])
def sandbox(request: pytest.FixtureRequest) -> Isolation:
    if request.param == "none":
        return Unsandboxed()
    if problem := Bubblewrap().probe():
        pytest.skip(problem)
    return Bubblewrap()


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    made = stub(tmp_path / "environment")
    (packages(made) / "flask.py").write_text(FLASK)
    return made


def packages(environment: Environment) -> Path:
    return next(environment.python.parents[1].glob("lib/*/site-packages"))


def probe(
    environment: Environment,
    sandbox: Isolation,
    source: str,
    factory: str = "",
    seconds: float = 20,
) -> Trial:
    """Return the trial of an extension with *source*."""
    (packages(environment) / "flask_mail.py").write_text(source)
    config = (("MAIL_SERVER", "localhost"),)
    task = TrialTask("", "3.11", ("flask_mail",), factory, config)
    return run_probe(task, environment, sandbox, RunLimits(seconds=seconds))


@pytest.mark.parametrize(
    ("source", "factory", "application"),
    [
        (WORKS, "", "Mail"),
        (WORKS, "flask_mail:Mail", "Mail"),
        ("value = 1", "", ""),
        (OLD, "", ""),  # nothing says that it is an extension
        (OLD, "flask_mail:Mail", "Mail"),
        (OLD + "    def init_app(self, app): ...", "", "Mail"),
        ("def init(app): app.extensions['mail'] = 1", "flask_mail:init", "init"),
        ("import flask\nclass Api(flask.Flask): ...", "flask_mail:Api", "Api"),
        # It needs more than an application: nothing follows from that.
        ("class Mail:\n    def init_app(self, app, session): ...", "", ""),
        ("class Mail:\n    def __init__(s, a, b): ...\n    def init_app(s, a): ...", "", ""),
    ],
)
def test_extensions_that_work(
    environment: Environment, sandbox: Isolation, source: str, factory: str, application: str
) -> None:
    trial = probe(environment, sandbox, source, factory)
    assert trial == Trial(outcome=Outcome.WORKS, application=application)


@pytest.mark.parametrize(
    ("source", "factory", "reason", "at"),
    [
        (
            "\nfrom flask import Markup",
            "",
            "import flask_mail: ImportError: cannot import name 'Markup' from 'flask' (flask.py)",
            "flask_mail.py:2",
        ),
        ("import sys\nsys.exit('no')", "", "import flask_mail: SystemExit: no", "flask_mail.py:2"),
        (
            "x = 1 +",
            "",
            "import flask_mail: SyntaxError: invalid syntax (flask_mail.py, line 1)",
            "",
        ),
        ("", "flask_mail:Mail", "from flask_mail import Mail: AttributeError: ", ""),
        (
            "class Mail:\n    def init_app(self, app):\n        app.gone()",
            "",
            "Mail().init_app(app): AttributeError: 'Flask' object has no attribute 'gone'",
            "flask_mail.py:3",
        ),
        (
            "class Mail:\n    def init_app(self, app): len()",
            "",
            "Mail().init_app(app): TypeError: len() takes exactly one argument (0 given)",
            "flask_mail.py:2",
        ),
        (
            "class Mail:\n    def init_app(self, app): app.before_request(lambda: 1 / 0)",
            "",
            "a request: ZeroDivisionError: division by zero",
            "flask_mail.py:2",
        ),
        (
            "class Mail:\n    def __init__(self, app, more): ...",
            "flask_mail:Mail",
            "Mail(app): TypeError: Mail.__init__() missing 1 required positional argument: 'more'",
            "",
        ),
        ("import os\nos._exit(3)", "", "import flask_mail: it exited with status 3", ""),
        (
            "import os\nos.kill(os.getpid(), 11)",
            "",
            "import flask_mail: it was killed by signal 11",
            "",
        ),
        (
            "import os\nfor n in range(3, 99):\n  try: os.write(n, b'{}\\n')\n  except OSError: 0",
            "",
            "it wrote to the pipe that is reserved for the results",
            "",
        ),
    ],
)
def test_extensions_that_break(
    environment: Environment, sandbox: Isolation, source: str, factory: str, reason: str, at: str
) -> None:
    trial = probe(environment, sandbox, source, factory)
    assert trial.outcome is Outcome.BREAKS
    assert trial.reason.startswith(reason)
    assert trial.at == at


def test_an_extension_that_never_ends(environment: Environment, sandbox: Isolation) -> None:
    trial = probe(environment, sandbox, "while True: pass", seconds=1.5)
    assert trial.outcome is Outcome.TIMED_OUT
    assert trial.reason == "import flask_mail: it took longer than 1.5 seconds"


def test_threads_of_an_extension_do_not_keep_it(
    environment: Environment, sandbox: Isolation
) -> None:
    source = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n"
    assert probe(environment, sandbox, source).outcome is Outcome.WORKS


def test_deprecations_of_flask_are_reported_where_the_extension_meets_them(
    environment: Environment, sandbox: Isolation
) -> None:
    source = """
import warnings
warnings.warn("a deprecation of its own", DeprecationWarning)
class Mail:
    def init_app(self, app):
        app.before_first_request(lambda: None)
        app.before_first_request(lambda: None)
"""
    trial = probe(environment, sandbox, source)
    assert trial.outcome is Outcome.WARNS
    assert [(w.text, w.at) for w in trial.warnings] == [
        ("'before_first_request' is deprecated", "flask_mail.py:6"),
        ("'before_first_request' is deprecated", "flask_mail.py:7"),
    ]


def test_a_dependency_that_meets_a_deprecation_is_not_the_extension(
    environment: Environment, sandbox: Isolation
) -> None:
    other = "def init(app):\n    app.before_first_request(lambda: None)\n"
    (packages(environment) / "other.py").write_text(other)
    source = "import other\nclass Mail:\n    def init_app(self, app): other.init(app)\n"
    assert probe(environment, sandbox, source) == Trial(outcome=Outcome.WORKS, application="Mail")


def test_without_flask_nothing_is_known(environment: Environment, sandbox: Isolation) -> None:
    (packages(environment) / "flask.py").write_text("import no_such_module")
    trial = probe(environment, sandbox, WORKS)
    assert trial.outcome is Outcome.NOT_TRIED
    assert trial.reason == "import flask: ModuleNotFoundError: No module named 'no_such_module'"


def test_an_environment_that_does_not_start(environment: Environment) -> None:
    environment.python.unlink()
    environment.python.symlink_to("/bin/false")
    trial = probe(environment, Unsandboxed(), WORKS)
    assert trial == Trial(outcome=Outcome.NOT_TRIED, reason="the probe did not start: ")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Mail"], "Mail"),
        (["Mail", "MailMixin"], "Mail"),
        (["MailManager", "Message"], "MailManager"),
        (["ApiMail", "Message"], "ApiMail"),
        (["MailA", "MailB"], ""),
        (["_Mail"], ""),
        ([], ""),
    ],
)
def test_the_obvious_class(monkeypatch: pytest.MonkeyPatch, names: list[str], found: str) -> None:
    module = types.ModuleType("flask_mail")
    for name in names:
        body = {"init_app": lambda self, app: None, "__module__": "flask_mail.core"}
        setattr(module, name, type(name, (), body))
    module.Other = type("Other", (), {"init_app": print, "__module__": "other"})  # type: ignore[attr-defined]
    module.NoInit = type("NoInit", (), {"__module__": "flask_mail"})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "flask_mail", module)
    assert find_class(["flask_mail"])[0] == found


def test_names_of_files_do_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["", "/e/lib", "/e/lib/site-packages"])
    assert relative("/e/lib/site-packages/flask/app.py") == "flask/app.py"
    assert relative("/elsewhere/app.py") == "app.py"


def test_the_program_runs_on_the_oldest_python() -> None:
    import ast

    ast.parse(program(), feature_version=(3, 8))


def test_a_trial_uses_an_environment_that_is_deleted_afterwards(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores: list[Path] = []

    def build(lock: str, version: str, store: Path) -> Environment:
        assert (lock, version) == ("flask==3.0.0\n", "3.11")
        assert store.stat().st_mode & 0o777 == 0o755
        stores.append(store)
        return environment

    monkeypatch.setattr(environments, "build", build)
    monkeypatch.setattr(isolation, "find", lambda unsandboxed: Unsandboxed())
    (packages(environment) / "flask_mail.py").write_text("from flask import gone")
    task = TrialTask("flask==3.0.0\n", "3.11", ("flask_mail",), "")
    trial = Trial.load(try_extension(task))
    assert trial.outcome is Outcome.BREAKS
    assert not trial.flaky
    assert not stores[0].exists()
