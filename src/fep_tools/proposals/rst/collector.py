"""What is seen while docutils reads: banners, code, links by role, and what it complains of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes

from ..body import Body, CodeBlock, Link, Location, Occurrence, Problem, ProblemKind, Vocabulary
from .locator import Locator
from .messages import explain_messages
from .tree import CODE_BLOCK, FENCED, TreeFacts

MOST_PROBLEMS = 100
"""How many problems of one body are kept (SEC-C6)."""


class FactCollector:
    """One text being read."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.locator = Locator(text)
        self.vocabulary = vocabulary
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self.banners: list[Occurrence] = []
        self.code: list[CodeBlock] = []
        self._messages: list[nodes.system_message] = []

    def add_problem(self, kind: ProblemKind, name: str, place: Location) -> None:
        """Keep a problem."""
        self.problems.append(Problem(kind, name, "", place))

    def on_message(self, message: nodes.system_message) -> None:
        """Keep one of docutils' own messages; those below a warning are chatter."""
        if message["level"] >= 2:
            self._messages.append(message)

    def build_body(self, document: nodes.document, facts: TreeFacts) -> Body:
        """Everything, once *document* is complete."""
        problems = {*self.problems, *facts.problems, *self._complaints(document)}
        return Body(
            headings=tuple(facts.headings),
            links=tuple(sorted([*self.links, *facts.links], key=lambda link: link.location)),
            problems=tuple(sorted(self._unfenced(problems), key=_by_place)[:MOST_PROBLEMS]),
            banners=tuple(self.banners),
            comments=tuple(facts.comments),
            images=tuple(facts.images),
            literals=tuple(facts.literals),
            mentions=tuple(facts.mentions),
            code_blocks=tuple(self.code),
            body_fields=tuple(facts.settings),
            anchors=facts.anchors,
            lead=facts.lead,
        )

    def _complaints(self, document: nodes.document) -> Iterator[Problem]:
        """What docutils complains of, in plain words, each thing once."""
        texts = [m.children[0].astext() if m.children else "" for m in self._messages]
        for at, (message, help_, trouble) in explain_messages(texts):
            place = self._place(self._messages[at], document)
            yield Problem(trouble, "", message, place, help_)

    def _unfenced(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """*problems*, in which code between fences is one, and not one for each backquote."""
        near = [(problem, self.locator.find_fence(problem.location.line)) for problem in problems]
        fences = {fence for problem, fence in near if fence and problem.kind == "markup"}
        for problem, fence in near:
            if fence not in fences or problem.kind not in {"markup", "quotes"}:
                yield problem
        for fence in sorted(fences)[::2]:
            yield Problem("markup", "", f'"```" {FENCED}', fence, CODE_BLOCK)

    def _place(self, message: nodes.system_message, document: nodes.document) -> Location:
        """The words that *message* is about, or else its line."""
        line = message.get("line")
        names: list[str] = message.get("backrefs", [])
        for name in names:
            node = document.ids.get(name)
            if node is not None and node.rawsource:
                return self._marked(node, line)
        return self.locator.last_text_line(line)

    def _marked(self, node: nodes.Element, line: int | None) -> Location:
        """Where *node* stands; a lone mark that ends nowhere is told by what follows it."""
        mark = node.rawsource
        if not isinstance(node, nodes.problematic) or len(mark) > 2:
            return self.locator.find(mark, line)
        following = node.next_node(descend=False, siblings=True)
        tail = following.astext().split("\n")[0] if isinstance(following, nodes.Text) else ""
        place = self.locator.find(mark + tail, line)
        return place._replace(end_line=place.line, end_column=place.column + len(mark))


def _by_place(problem: Problem) -> tuple[Location, Problem]:
    return problem.location, problem
