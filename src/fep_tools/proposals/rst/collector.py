"""The facts of one body, as they are collected while docutils parses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docutils import nodes

from ..._text import quote
from ..body import (
    Body,
    BodyField,
    Claim,
    CodeBlock,
    Heading,
    IncludedFile,
    Link,
    Location,
    Occurrence,
    Problem,
    ProblemKind,
    unparsable,
)  # fmt: skip
from ..inclusions import inclusions, position_of, text_with
from ..vocabulary import Vocabulary
from .allowlist import role_kind
from .anchors import note_anchors
from .code import lexing_error
from .formulas import formula_problem
from .labels import find_labels, line_of, misled_references, unreferenced_notes
from .leaks import explain_broken_role
from .locator import Locator
from .merging import merge_problems
from .messages import explain_messages

MAX_PROBLEMS = 10_000
"""How many problems one body may have; with more, its markup is something else.

Such a body counts as one that cannot be parsed. To keep only the first ones could hide the others
behind those that a comment suppresses.
"""

_WARNING = 2  # docutils' levels: info, warning, error, severe


BLANK = "put a blank line before the code"
INDENT = "indent it, and put a blank line before it"

# Options after the blank line that ends them are the first lines of the code.
_OPTION = re.compile(r":(?:caption|class|dedent|emphasize-lines|force|linenos|lineno-start|name):")


class FactCollector:
    """The facts of *text* that are known so far.

    Directives, roles and the walk through the tree (:mod:`.tree`) add to them.
    """

    def __init__(
        self, text: str, vocabulary: Vocabulary, files: Iterable[IncludedFile] = ()
    ) -> None:
        self.files = {file.name: file for file in files}
        self.included_size = 0
        self._inclusions = inclusions(text, self.files.values())
        self.first_lines = {each.path: each.first_line for each in self._inclusions}
        texts = [file.text for file in self.files.values() if not file.problem]
        self.locator = Locator(*text_with(text, texts)) if texts else Locator(text)
        self.vocabulary = vocabulary
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self.banners: list[Occurrence] = []
        self.comments: list[Occurrence] = []
        self.literals: list[Occurrence] = []
        self.mentions: list[Occurrence] = []
        self.code_blocks: list[CodeBlock] = []
        self.images: list[Occurrence] = []
        self.body_fields: list[BodyField] = []
        self.anchors: tuple[str, ...] = ()
        self.lead: Location | None = None
        self.claims: list[Claim] = []
        self.shown_text = ""
        self.fences: dict[int, tuple[Location, str]] = {}
        self.tables: list[tuple[int, int]] = []
        self._equations: dict[str, str] = {}  # labels by their anchors
        self._equation_references: list[tuple[str, Location]] = []
        self._messages: list[nodes.system_message] = []

    def is_included(self, line: int) -> bool:
        """Return whether a line is one of an included file."""
        return position_of(line, self._inclusions) is not None

    def add_problem(
        self,
        kind: ProblemKind,
        name: str,
        location: Location | int,
        message: str = "",
        help_: str = "",
        replacement: str = "",
    ) -> None:
        """Add a problem; a number as its *location* is that of a whole line."""
        if isinstance(location, int):
            location = self.locator.line(location)
        self.problems.append(Problem(kind, name, message, location, help_, replacement))

    def add_fence(self, location: Location, language: str) -> None:
        """Add a line that begins or ends a Markdown code fence."""
        self.fences[location.line] = (location, language)

    def add_code(self, name: str, text: str, language: str, first_line: int) -> None:
        """Add a problem if a block of code begins with an option, or is not of its language.

        :param name: The name of its directive.
        :param language: Empty if it is not to be lexed.
        """
        if _OPTION.match(text):
            message = f"the option {quote(text.split(maxsplit=1)[0])} is shown as code"
            help_ = f'remove the blank line between "{name}" and its options'
            self.add_problem("code", name, first_line, message, help_)
        error = lexing_error(text, language)
        if error is not None:
            number = first_line + error.line
            line = self.locator.find(text.split("\n")[error.line], number)
            column = line.column + error.column
            location = Location(line.line, column, line.line, column + len(error.text))
            self.add_problem("lexing", language, location, error.text)

    def add_missing_code(self, name: str, line: int) -> None:
        """Add a problem for a block without code."""
        self.add_problem("code", name, line, f'"{name}" has no code', INDENT)

    def add_unseparated_code(self, name: str, line: int) -> None:
        """Add a problem for code without a blank line before it."""
        message = f'the code of "{name}" is taken for its language'
        self.add_problem("code", name, line, message, BLANK)

    def add_broken_role(self, source: str, text: str, line: int) -> None:
        """Add ``:fep:`7`s and :fep:`8```, where the text of the role is all up to its end."""
        location = self.locator.find(source, line)
        message, help_, meant = explain_broken_role(source)
        role = re.match(r":([\w+.:-]+):`", meant)
        if role and role_kind(role[1].lower(), self.vocabulary) == "refused":
            meant = ""
        meant = meant if self.locator.is_at(source, location) else ""
        self.add_problem("inline", text, location, message, help_, meant)

    def add_formula(self, source: str, location: Location) -> None:
        """Add a problem if a formula cannot be shown."""
        if message := formula_problem(source):
            self.add_problem("formula", source, location, message)

    def add_equation(self, label: str, location: Location) -> bool:
        """Add a label of a formula; return whether it is the first of that name."""
        anchor = nodes.make_id(f"equation-{label}")
        if anchor in self._equations:
            message = f"the formula {quote(label)} is defined twice"
            self.add_problem("markup", "", location, message, "give one of them another label")
            return False
        self._equations[anchor] = label
        return True

    def add_equation_reference(self, text: str, location: Location) -> None:
        """Add a link to a formula, by its label or as ``text <label>``."""
        match = re.fullmatch(r".*<([^<>]+)>", text, re.DOTALL)
        self._equation_references.append((match[1] if match else text, location))

    def on_message(self, message: nodes.system_message) -> None:
        """Keep a message of docutils, if it is a warning or worse."""
        if message["level"] >= _WARNING:
            self._messages.append(message)

    @property
    def has_problems(self) -> bool:
        """True if docutils, a directive, a role or the walk has reported anything."""
        return bool(self.problems or self._messages)

    def build_body(self, document: nodes.document) -> Body:
        """Return all facts, once *document* is complete."""
        if len(self.problems) + len(self._messages) > MAX_PROBLEMS:
            return unparsable(f"has more than {MAX_PROBLEMS} problems of markup")
        for note in unreferenced_notes(document):
            location = self.locator.line(line_of(note))
            self.add_problem("unreferenced", note[0].astext(), location, note.tagname)
        for reference in misled_references(document):
            source = reference.rawsource
            location = self.locator.find(source, line_of(reference))
            kind = reference.tagname.removesuffix("_reference")
            message = f"the reference {quote(source)} leads to a target that is no {kind}"
            help_ = f"define the {kind} with .. {source[:-1]} text, or give the target another name"
            self.add_problem("markup", source, location, message, help_)
        problems = {
            *self.problems,
            *self._missing_equations(),
            *self._explain_messages(document),
        }
        merged: Iterable[Problem] = problems
        if self.vocabulary.markup != "markdown":
            merged = merge_problems(problems, self.fences, self.tables, self.locator)
        return Body(
            headings=tuple(self.headings),
            links=tuple(sorted(self.links, key=lambda link: link.location)),
            problems=tuple(sorted(merged, key=_by_location)),
            banners=tuple(self.banners),
            comments=tuple(self.comments),
            literals=tuple(self.literals),
            mentions=tuple(self.mentions),
            code_blocks=tuple(self.code_blocks),
            images=tuple(self.images),
            body_fields=tuple(self.body_fields),
            anchors=(*self.anchors, *note_anchors(document).values()),
            labels=tuple(find_labels(document)),
            lead=self.lead,
            claims=tuple(self.claims),
            inclusions=self._inclusions,
            shown_text=self.shown_text,
        )

    def _explain_messages(self, document: nodes.document) -> Iterator[Problem]:
        """Yield the messages of docutils in plain words, one for each cause."""
        texts = [m.children[0].astext() if m.children else "" for m in self._messages]
        for index, explanation in explain_messages(texts):
            location = self._locate(self._messages[index], document)
            yield Problem(explanation.kind, "", explanation.message, location, explanation.help)

    def _missing_equations(self) -> Iterator[Problem]:
        for label, location in self._equation_references:
            if label not in self._equations.values():
                message = f"there is no formula {quote(label)}"
                help_ = "give a formula this name: .. math:: with the option :label:"
                yield Problem("markup", "", message, location, help_)

    def _locate(self, message: nodes.system_message, document: nodes.document) -> Location:
        """Return the words that *message* is about, or else its line."""
        line = message.get("line")
        ids: list[str] = message.get("backrefs", [])
        for node_id in ids:
            node = document.ids.get(node_id)
            if node is not None and node.rawsource:
                # The backquotes of a fence are no others further below.
                fence = self.locator.find_fence(line or 1) if "``" in node.rawsource else None
                return fence or self._locate_node(node, line)
        if line is None:
            # About links and targets without names, whose numbers differ.
            targets = (node for node in document.findall(nodes.target) if node.get("anonymous"))
            line = line_of(next(targets, None))
        return self.locator.last_text_line(line)

    def _locate_node(self, node: nodes.Element, line: int | None) -> Location:
        """Return the source of *node*.

        A mark that ends nowhere, as in ``*marks* and *one more``, is found with the text that
        follows it, or the first of the marks would be reported.
        """
        source = node.rawsource
        if not isinstance(node, nodes.problematic) or len(source) > 2:
            return self.locator.find(source, line)
        following = node.next_node(descend=False, siblings=True)
        tail = following.astext().split("\n")[0] if isinstance(following, nodes.Text) else ""
        location = self.locator.find(source + tail, line)
        end = location.column + len(source)
        return location._replace(end_line=location.line, end_column=end)


def _by_location(problem: Problem) -> tuple[Location, Problem]:
    return problem.location, problem
