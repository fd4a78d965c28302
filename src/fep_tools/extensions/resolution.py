"""The values that the walker of :mod:`.names` knows, and the scopes that bind names to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

INSTANCES = {
    "flask.current_app": "flask.Flask",
    "flask.BlueprintSetupState.app": "flask.Flask",
    "flask.app_ctx.app": "flask.Flask",
    "flask.request_ctx.app": "flask.Flask",
    "flask.AppContext.app": "flask.Flask",
    "flask.RequestContext.app": "flask.Flask",
    "flask.request": "flask.Request",
}
"""Names whose value is an instance of a class."""

CONVENTIONS = {
    "app": "flask.Flask",
    "_app": "flask.Flask",
    "flask_app": "flask.Flask",
    "application": "flask.Flask",
    "blueprint": "flask.Blueprint",
    "bp": "flask.Blueprint",
}
"""Names that code around Flask uses for an instance of a class. A guess, so never certain."""

MAPPINGS = frozenset(("os.environ", "flask.Flask.config"))
"""Names whose keys count as attributes: ``app.config["ENV"]`` is ``flask.Flask.config.ENV``."""

_PRIVATE_MODULES = (
    "flask.app.", "flask.blueprints.", "flask.globals.", "flask.helpers.", "flask.wrappers.",
    "flask.templating.", "flask.ctx.", "flask.signals.", "flask.sansio.app.",
    "flask.sansio.blueprints.", "flask.sansio.scaffold.", "flask.scaffold.",
)  # fmt: skip
_SAME = {"flask.App": "flask.Flask", "flask.Config": "flask.config.Config"}


def canonical(name: str) -> str:
    """Return the shortest name of what *name* is in Flask.

    ``flask.app.Flask.env`` is ``flask.Flask.env``: the package imports what its modules define.
    """
    for module in _PRIVATE_MODULES:
        if name.startswith(module):
            name = "flask." + name.removeprefix(module)
            break
    for other, usual in _SAME.items():
        if name == other or name.startswith(other + "."):
            return usual + name.removeprefix(other)
    return name


class Known(NamedTuple):
    """What an expression is.

    :param name: the dotted name of an object, or of the class of *instance*; empty if that is
        not known.
    :param instance: it is an instance of the class, not the class.
    :param sure: it follows from the code; a guess from the name of a variable is not sure.
    :param guarded: it was bound where a failing import or a missing attribute is expected.
    :param owner: the scope of the class, for the first parameter of a method.
    """

    name: str = ""
    instance: bool = False
    sure: bool = True
    guarded: bool = False
    owner: Scope | None = None

    @property
    def is_flask(self) -> bool:
        """True if it is something of Flask."""
        return self.name == "flask" or self.name.startswith("flask.")


MAX_NAME = 1000
"""Characters of a name that is followed. No symbol has a third of that.

The name of ``a`` after 100,000 lines of ``a = a.b`` would take a minute to make.
"""


def named(name: str, origin: Known) -> Known:
    """Return what the object called *name* is, which was reached from *origin*."""
    if len(name) > MAX_NAME:
        return Known()
    owner = INSTANCES.get(name)
    return Known(owner or name, owner is not None, origin.sure, origin.guarded)


PossibleValues = tuple[Known, ...]
"""What an expression can be; several where branches bind a name differently."""

UNKNOWN: PossibleValues = ()


@dataclass(eq=False)
class Scope:
    """The names of a module, class or function, and for a class the attributes of ``self``."""

    kind: str
    parent: Scope | None = None
    names: dict[str, PossibleValues] = field(default_factory=dict)
    attributes: dict[str, PossibleValues] = field(default_factory=dict)
    bases: PossibleValues = UNKNOWN
    outer_names: set[str] = field(default_factory=set)

    def bind(self, name: str, value: PossibleValues, *, also: bool = False) -> None:
        """Bind *name*.

        :param also: keep what it was bound to: the statement may not run.
        """
        scope: Scope = self
        while name in scope.outer_names and scope.parent is not None:
            scope = scope.parent
        previous = scope.names.get(name, UNKNOWN) if also else UNKNOWN
        scope.names[name] = merge(previous, value)

    def lookup(self, name: str) -> PossibleValues | None:
        """Return what *name* is bound to, ``None`` if it is not bound here or further out."""
        scope: Scope | None = self
        while scope is not None:
            # The names of a class are not visible in its methods.
            if name in scope.names and (scope is self or scope.kind != "class"):
                return scope.names[name]
            scope = scope.parent
        return None


def merge(first: PossibleValues, second: PossibleValues) -> PossibleValues:
    """Return what is in *first* or in *second*."""
    return tuple(dict.fromkeys((*first, *second)))[:8]
