"""Where programs use names of Flask: a table of cases."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from fep_tools.extensions.expressions import ModuleNames
from fep_tools.extensions.names import find_uses, imports_flask, Unreadable
from fep_tools.extensions.uses import Certainty

SYMBOLS = (
    "flask.Flask.before_first_request",
    "flask.Flask.json_encoder",
    "flask.Flask.env",
    "flask.Flask.config.ENV",
    "flask.Blueprint.before_app_first_request",
    "flask.Markup",
    "flask._request_ctx_stack",
    "flask.__version__",
    "flask.ext",
    "flask.json.JSONEncoder",
    "os.environ.FLASK_ENV",
)


def uses(source: str, modules: ModuleNames | None = None) -> list[str]:
    """Return the uses as ``LINE NAME CERTAINTY``, with the last part of the symbol."""
    found = find_uses(dedent(source).strip("\n"), "a.py", SYMBOLS, modules=modules)
    return [f"{u.line} {u.symbol.rpartition('.')[2]} {u.certainty}" for u in found]


CASES = {
    "import": ("from flask import Markup", "1 Markup certain"),
    "import of the module that defines it": (
        "from flask.globals import _request_ctx_stack",
        "1 _request_ctx_stack certain",
    ),
    "import under another name": ("from flask import Markup as M\nM('')", "1 Markup certain"),
    "import of several, on several lines": (
        "from flask import (\n  Flask,\n  Markup,\n  g,\n)",
        "3 Markup certain",
    ),
    "attribute of the module": ("import flask\nflask.Markup('')", "2 Markup certain"),
    "attribute of the renamed module": ("import flask as f\nf.Markup('')", "2 Markup certain"),
    "attribute of a submodule": (
        "from flask import json\nclass E(json.JSONEncoder): pass",
        "2 JSONEncoder certain",
    ),
    "import of a submodule": (
        "import flask.json\nflask.json.JSONEncoder",
        "2 JSONEncoder certain",
    ),
    "what a symbol holds counts once": (
        "from flask import _request_ctx_stack\n_request_ctx_stack.top.g",
        "1 _request_ctx_stack certain",
    ),
    "attribute of what a symbol holds": (
        "import flask\nflask._request_ctx_stack.top",
        "2 _request_ctx_stack certain",
    ),
    "alias by assignment": ("import flask\nM = flask\nM.Markup", "3 Markup certain"),
    "another library": ("from markupsafe import Markup\nMarkup('')", ""),
    "same name, own object": ("import flask\nclass X: Markup = 1\nX.Markup", ""),
    "string and comment": ("import flask\n'flask.Markup'  # flask.Markup", ""),
    "hook for extensions": ("from flask.ext.login import a, b", "1 ext certain"),
    "hook, imported as a name": ("from flask.ext import login", "1 ext certain"),
    "hook, as a module": (
        "import flask.ext.login\nflask.ext.login.x",
        "1 ext certain",
        "2 ext certain",
    ),
    "longer name": ("from flask_ext import login", ""),
    "star import": ("from flask import *\nMarkup('')", "2 Markup certain"),
    "star import, several": (
        "from flask import *\nfrom shop import *\nMarkup('')",
        "3 Markup likely",
    ),
    "star import has no private names": ("from flask import *\n_request_ctx_stack", ""),
    "star import, bound later": ("from flask import *\nfrom x import Markup\nMarkup('')", ""),
    "star import of the proxy": (
        "from flask import *\ncurrent_app.json_encoder",
        "2 json_encoder certain",
    ),
    "getattr": ("import flask\ngetattr(flask, 'Markup')", "2 Markup certain"),
    "getattr with a default": ("import flask\ngetattr(flask, 'Markup', None)", "2 Markup guarded"),
    "setattr": (
        "from flask import current_app\nsetattr(current_app, 'json_encoder', 1)",
        "2 json_encoder certain",
    ),
    "getattr of a variable": ("import flask\nname = 'Markup'\ngetattr(flask, name)", ""),
    "import by name": ("import importlib\nimportlib.import_module('flask.ext.x')", "2 ext certain"),
    "import by name, built in": ("__import__('flask.ext.login')", "1 ext certain"),
    "import by name, followed": (
        "import importlib\nf = importlib.import_module('flask')\nf.Markup",
        "3 Markup certain",
    ),
    "import by a name that is not known": ("import importlib\nimportlib.import_module(ext)", ""),
    # Instances --------------------------------------------------------------------------------
    "application": (
        "from flask import Flask\na = Flask('x')\n@a.before_first_request\ndef f(): pass",
        "3 before_first_request certain",
    ),
    "application by the module": (
        "import flask\na: object = flask.Flask('x')\na.env",
        "3 env certain",
    ),
    "application, old module": (
        "from flask.app import Flask\nFlask('x').before_first_request",
        "2 before_first_request certain",
    ),
    "class itself": ("import flask\nflask.Flask.json_encoder = 1", "2 json_encoder certain"),
    "blueprint": (
        "from flask import Blueprint\nb = Blueprint('x', 'y')\nb.before_app_first_request(f)",
        "3 before_app_first_request certain",
    ),
    "blueprint has no such attribute": ("import flask\nflask.Blueprint('', '').env", ""),
    "proxy": ("from flask import current_app as c\nc.json_encoder", "2 json_encoder certain"),
    "object of the proxy": (
        "from flask import current_app\na = current_app._get_current_object()\na.env",
        "3 env certain",
    ),
    "state of a blueprint": (
        """
        from flask.blueprints import BlueprintSetupState
        def register(state: BlueprintSetupState):
            state.app.before_first_request(f)
        """,
        "3 before_first_request certain",
    ),
    "derived class": (
        "from flask import Flask\nclass A(Flask): pass\nx = A('')\nx.before_first_request",
        "4 before_first_request certain",
    ),
    "method of a derived class": (
        "import flask\nclass A(flask.Flask):\n  def f(self): return self.env",
        "3 env certain",
    ),
    "attribute of a derived class": (
        "from flask import Flask\nclass A(Flask):\n  json_encoder = E",
        "3 json_encoder certain",
    ),
    "method that replaces": (
        "from flask import Flask\nclass A(Flask):\n  def before_first_request(self, f): pass",
        "3 before_first_request certain",
    ),
    "static method": (
        "import flask\nclass A(flask.Flask):\n  @staticmethod\n  def f(x): return x.env",
        "",
    ),
    "class derived from another": ("import flask\nclass A(X):\n  json_encoder = E", ""),
    "class called like Flask": (
        "from apiflask import APIFlask\nx = APIFlask('')\nx.before_first_request(f)",
        "3 before_first_request likely",
    ),
    "annotation": (
        "from flask import Flask\ndef f(x: Flask): x.before_first_request",
        "2 before_first_request certain",
    ),
    "annotation in quotes": (
        "import flask\ndef f(x: 'flask.Flask | None'): x.env",
        "2 env certain",
    ),
    "optional annotation": (
        "import flask, typing as t\ndef f(x: t.Optional[flask.Flask] = None): x.env",
        "2 env certain",
    ),
    "annotation of a variable": ("import flask\nx: flask.Flask\nx.env", "3 env certain"),
    "annotation of a list": ("import flask\ndef f(x: list[flask.Flask]): x.env", ""),
    "annotation about which Python warns": (
        "import flask\ndef f(x: 'flask.Flask | (1if y else 2)'): x.env",
        "2 env certain",
    ),
    "broken annotation": ("import flask\ndef f(x: 'flask.'): x.env", ""),
    "annotation that is a symbol": (
        "import flask\ndef f(x: flask.Markup): pass",
        "2 Markup certain",
    ),
    "annotation for type checkers": (
        """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from flask import Flask
        def f(x: "Flask"): x.env
        """,
        "4 env certain",
    ),
    "union by branches": (
        "import flask\nif x:\n  a = flask.Flask('')\nelse:\n  a = None\na.env",
        "6 env certain",
    ),
    "rebound": ("import flask\na = flask.Flask('')\na = other()\na.env", ""),
    "conditional expression": (
        "import flask\na = flask.Flask('') if x else None\na.env",
        "3 env certain",
    ),
    "walrus": ("import flask\nif a := flask.Flask(''): a.env", "2 env certain"),
    "with": ("import flask\nwith flask.Flask('') as a: a.env", "2 env certain"),
    "used before it is bound": (
        "import flask\ndef f(): return x.env\nx = flask.Flask('')",
        "2 env certain",
    ),
    "local shadows global": (
        "import flask\nx = flask.Flask('')\ndef f(x): return x.env",
        "",
    ),
    "global statement": (
        "import flask\nx = None\ndef f():\n  global x\n  x = flask.Flask('')\n  x.env",
        "6 env certain",
    ),
    "lambda": ("import flask\nf = lambda: flask.Markup('')", "2 Markup certain"),
    "comprehension": ("import flask\n[flask.Markup(x) for x in y if x]", "2 Markup certain"),
    "comprehension binds its own": ("import flask\n{x: x.Markup for flask in y}", ""),
    "match": (
        "import flask\nmatch x:\n  case 1: flask.Markup('')",
        "3 Markup certain",
    ),
    "f-string": ("import flask\nf'{flask.__version__}'", "2 __version__ certain"),
    "loop": ("import flask\nfor x in y:\n  flask.Markup(x)", "3 Markup certain"),
    "delete and augment": ("import flask\nx = 1\nx += flask.Markup('')", "3 Markup certain"),
    "await and async": (
        "import flask\nasync def f():\n  async with x as (a, *b):\n    await flask.Markup('')",
        "4 Markup certain",
    ),
    # Guesses ----------------------------------------------------------------------------------
    "parameter called app": (
        "import flask\ndef init_app(app): app.before_first_request(f)",
        "2 before_first_request likely",
    ),
    "app without Flask": ("def init_app(app): app.before_first_request(f)", ""),
    "app of another framework": (
        "import flask\nfrom quart import Quart\napp = Quart('')\napp.before_first_request(f)",
        "",
    ),
    "app of an own class": ("import flask\nclass A: pass\napp = A()\napp.env", ""),
    "app of another module": (
        "import flask\nfrom shop.main import app\napp.env",
        "3 env likely",
    ),
    "attribute called app": (
        "import flask\ndef f(x): x.app.before_first_request(f)",
        "2 before_first_request likely",
    ),
    "attribute of self": (
        """
        from flask import Flask
        class Ext:
            def __init__(self, x: Flask): self.x = x
            def go(self): self.x.env
        """,
        "4 env certain",
    ),
    "attribute of self, guessed": (
        "import flask\nclass Ext:\n  def go(self): self.app.env",
        "3 env likely",
    ),
    "attribute of self in a thread": (
        "import flask, threading\nclass T(threading.Thread):\n  def go(self): self.app.env",
        "3 env likely",
    ),
    # Mappings ---------------------------------------------------------------------------------
    "configuration": ("from flask import current_app\ncurrent_app.config['ENV']", "2 ENV certain"),
    "configuration, get": ("import flask\ndef f(app): app.config.get('ENV')", "2 ENV likely"),
    "configuration, other key": ("import flask\ndef f(app): app.config['ENVIRONMENT']", ""),
    "environment": ("import os\nos.environ['FLASK_ENV']", "2 FLASK_ENV certain"),
    "environment, getenv": ("from os import getenv\ngetenv('FLASK_ENV')", "2 FLASK_ENV certain"),
    "environment, set": (
        "from os import environ\nenviron['FLASK_ENV'] = ''",
        "2 FLASK_ENV certain",
    ),
    # Guards -----------------------------------------------------------------------------------
    "try import": (
        "try:\n  from flask import Markup\nexcept ImportError:\n  from markupsafe import Markup",
        "2 Markup guarded",
    ),
    "except ImportError: import": (
        "try:\n  from markupsafe import Markup\nexcept ImportError:\n  from flask import Markup",
        "4 Markup guarded",
    ),
    "suppress": (
        "from contextlib import suppress\nwith suppress(ImportError):\n  from flask import Markup",
        "3 Markup guarded",
    ),
    "try, another error": (
        "try:\n  from flask import Markup\nexcept (KeyError, ValueError):\n  pass",
        "2 Markup certain",
    ),
    "try, any error": ("try:\n  from flask import Markup\nexcept:\n  pass", "2 Markup guarded"),
    "try: attribute": (
        "import flask\ntry:\n  flask.Markup\nexcept AttributeError:\n  pass",
        "3 Markup guarded",
    ),
    "import error does not catch an attribute": (
        "import flask\ntry:\n  flask.Markup\nexcept ImportError:\n  pass",
        "3 Markup certain",
    ),
    "else of a try": (
        "try:\n  import flask\nexcept ImportError:\n  pass\nelse:\n  flask.Markup('')",
        "6 Markup certain",
    ),
    "optional Flask": (
        "try:\n  import flask\nexcept ImportError:\n  flask = None\nif flask:\n  flask.Markup('')",
        "6 Markup certain",
    ),
    "flag of an import": (
        """
        import flask
        try:
            from flask.globals import request_ctx
        except ImportError:
            request_ctx = None
        if request_ctx is None:
            flask._request_ctx_stack
        """,
        "7 _request_ctx_stack guarded",
    ),
    "hasattr": (
        "import flask\nif hasattr(flask, 'Markup'):\n  flask.Markup('')",
        "3 Markup guarded",
    ),
    "hasattr of an application": (
        "import flask\ndef f(app):\n  if hasattr(app, 'env'): return app.env",
        "3 env guarded",
    ),
    "hasattr, in a condition": (
        "import flask\nx = hasattr(flask, 'Markup') and flask.Markup('')",
        "2 Markup guarded",
    ),
    "hasattr, in an expression": (
        "import flask\nx = flask.Markup('') if hasattr(flask, 'Markup') else None",
        "2 Markup guarded",
    ),
    "early return": (
        "import flask\ndef f(app):\n  if hasattr(app, 'json'):\n    return\n  app.json_encoder",
        "5 json_encoder guarded",
    ),
    "hasattr of something else": (
        "import flask\ndef f(app, x):\n  if hasattr(x, 'y'):\n    app.env",
        "4 env likely",
    ),
    "hasattr of what every application has": (
        "import flask\ndef f(app):\n  if not hasattr(app, 'extensions'):\n    app.env",
        "4 env likely",
    ),
    "version": (
        "import flask\nif FLASK_VERSION < (2, 3):\n  flask.Markup('')",
        "3 Markup guarded",
    ),
    "version of Python": (
        "import sys, flask\nif sys.version_info < (3, 9):\n  flask.Markup('')",
        "3 Markup certain",
    ),
    "version itself": (
        "import flask\nif flask.__version__ < '3':\n  flask.Markup('')",
        "2 __version__ certain",
        "3 Markup guarded",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_uses(case: str) -> None:
    source, *expected = CASES[case]
    assert uses(source) == [line for line in expected if line]


def test_position_is_that_of_the_name() -> None:
    source = "import flask\nx = 'é𝄞', (flask\n  .Markup)('')"
    (use,) = find_uses(source, "pkg/a.py", ["flask.Markup"])
    assert (use.path, use.line, use.column) == ("pkg/a.py", 3, 4)


def test_columns_count_code_points() -> None:
    (use,) = find_uses("import flask\nx = 'é𝄞', flask.Markup", "a.py", ["flask.Markup"])
    assert use.column == len("x = 'é𝄞', flask.") + 1


def test_line_ends_are_those_of_python() -> None:
    source = "import flask\r\ny = '''\x0c\x85\u2028'''\rflask.Markup"
    (use,) = find_uses(source, "a.py", ["flask.Markup"])
    assert (use.line, use.column) == (3, 7)


def test_identifiers_are_normalized() -> None:
    (use,) = find_uses("import flask\nflask.𝐌arkup", "a.py", ["flask.Markup"])
    assert use.certainty is Certainty.CERTAIN


def test_names_of_other_modules_of_the_distribution() -> None:
    def modules(name: str, level: int) -> dict[str, object] | None:
        inner = find_names("from flask import Flask, Markup\napp = Flask('')\n_hidden = app")
        return inner if (name, level) in (("compat", 1), ("shop.compat", 0)) else None

    for statement in ("from .compat import app as a", "from shop.compat import app as a"):
        assert uses(f"{statement}\na.env", modules) == ["2 env certain"]  # type: ignore[arg-type]
    star = "from .compat import *\napp.env\n_hidden.env"
    assert uses(star, modules) == ["2 env certain"]  # type: ignore[arg-type]
    # The import fails in the other module, which has a finding of its own.
    assert uses("from .compat import Markup", modules) == []  # type: ignore[arg-type]
    assert uses("import flask\nfrom .other import app\napp.env") == ["3 env likely"]


def find_names(source: str) -> dict[str, object]:
    from fep_tools.extensions.names import parse_source
    from fep_tools.extensions.uses import SymbolTable
    from fep_tools.extensions.walker import walk

    table = SymbolTable(SYMBOLS)
    return dict(walk(parse_source(source), source, "b.py", table, None, True).names)


def test_nothing_of_the_symbols_means_nothing_to_parse() -> None:
    assert find_uses("this is not Python", "a.py", ["flask.Markup"]) == []
    assert find_uses("import flask\nflask.Markup", "a.py", []) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("print 'Markup'", "line 1 is not valid Python 3"),
        ("x = 'Markup\\\n", "line 1 is not valid Python 3"),
        ("Markup\0", "the file is not valid Python 3"),
        ("Markup = '\ud800'", "the file has a character that Python does not allow"),
        ("Markup = " + "(" * 50_000, "line 1 is not valid Python 3"),
        ("Markup = " + "-" * 50_000 + "1", "the file is nested too deeply for Python"),
    ],
)
def test_unreadable(source: str, message: str) -> None:
    with pytest.raises(Unreadable) as refused:
        find_uses(source, "a.py", ["flask.Markup"])
    assert str(refused.value) == message


def test_deep_tree() -> None:
    """Python parses it, but a recursive visitor would not get to its end."""
    chain = "x" + ".y()" * 900
    source = f"import flask\nz = {chain}\nw = {'1 + ' * 900}flask.Markup('')"
    assert [use.line for use in find_uses(source, "a.py", ["flask.Markup"])] == [3]


@pytest.mark.parametrize(
    "lines",
    [
        "f = f.b\n" * 4000,
        "".join(f"from a{n} import *\n" for n in range(2000)) + "b\n" * 2000,
        f"getattr(f, '{'a.' * 200_000}')\n",
    ],
    ids=["a name that grows", "stars", "a long name"],
)
def test_a_long_program_takes_no_more_than_its_share(lines: str) -> None:
    source = f"import flask\nf = flask\n{lines}flask.Markup('')"
    start = time.process_time()
    assert len(find_uses(source, "a.py", ["flask.Markup"])) == 1
    assert time.process_time() - start < 3


def test_one_star_of_many_may_be_the_one_that_a_name_is_from() -> None:
    sources = "from a import *\nfrom flask.app import *\n" * 2
    (use,) = find_uses(f"{sources}Flask()", "a.py", ["flask.Flask"])
    assert use.certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import flask", True),
        ("  from flask.ext.x import y", True),
        ("import os, flask", True),
        ("import flask_login", False),
        ("import os  # flask", False),
        ("x = 'import flask'", False),
    ],
)
def test_imports_flask(source: str, expected: bool) -> None:
    assert imports_flask(source) is expected
