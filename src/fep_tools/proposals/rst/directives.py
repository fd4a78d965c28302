"""The directives of a body: each reads its content, and none reads anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from ..body import CodeBlock, Location, Occurrence
from .allowlist import CODE, DIRECTIVES, NESTED, REFUSED_OPTIONS

if TYPE_CHECKING:
    from .collector import FactCollector


def directive(name: str, seen: FactCollector, original: Callable[[], Any]) -> type[Directive]:
    """The class that docutils runs for directive *name*; *original* finds its own."""
    base: type[Directive]
    if name in CODE:
        base = _Code
    elif name in seen.vocabulary.banners:
        base = _Banner
    elif name in NESTED:
        base = _Nested
    elif name in seen.vocabulary.opaque:
        base = _Opaque
    elif name in DIRECTIVES:
        return _guarded(original(), seen)
    else:
        base = _Refused
    return type(base.__name__, (base,), {"seen": seen})


class AnyOption(dict[str, Any]):
    """Options of whatever name."""

    def __getitem__(self, name: str) -> Any:
        return directives.unchanged

    def __bool__(self) -> bool:
        return True


class _Any(Directive):
    """A directive with whatever arguments, options and content."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = AnyOption()
    seen: FactCollector

    def place(self) -> Location:
        return self.seen.locator.line(self.lineno)

    def nested(self) -> list[nodes.Node]:
        holder = nodes.container()
        holder.line = self.lineno
        self.state.nested_parse(self.content, self.content_offset, holder)
        if self.arguments:
            text, messages = self.state.inline_text(self.arguments[0], self.lineno)
            holder += [nodes.paragraph("", "", *text), *messages]
        return [holder]


class _Opaque(_Any):
    """Known to the community's own site, and nothing to us."""

    def run(self) -> list[nodes.Node]:
        return [nodes.container()]


class _Nested(_Any):
    """A box around ordinary text."""

    def run(self) -> list[nodes.Node]:
        return self.nested()


class _Banner(_Any):
    """A box that says how the page is to be taken."""

    def run(self) -> list[nodes.Node]:
        self.seen.banners.append(Occurrence(self.name, self.place()))
        box = nodes.note()
        box.extend(self.nested())
        return [box]


class _Refused(_Any):
    """Not on the list."""

    def run(self) -> list[nodes.Node]:
        self.seen.add_problem("directive", self.name, self.place())
        return [nodes.container()]


class _Code(_Any):
    """A block of code, kept as it is."""

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        language = self.arguments[0] if self.arguments else ""
        classes = tuple((self.options.get("class") or "").split())
        name = self.options.get("name") or ""
        first = self.content_offset + 1
        self.seen.code.append(CodeBlock(language, name, classes, text, first, self.place()))
        return [nodes.literal_block(text, text)]


def _guarded(original: Any, seen: FactCollector) -> type[Directive]:
    """*original*, its options that read something told as not allowed."""

    class Guarded(original):  # type: ignore[misc]
        def run(self) -> list[nodes.Node]:
            refused = [option for option in REFUSED_OPTIONS if option in self.options]
            if refused:
                place = seen.locator.line(self.lineno)
                seen.add_problem("directive", f"{self.name} :{refused[0]}:", place)
                return [nodes.container()]
            made: list[nodes.Node] = super().run()
            return made

    return Guarded
