"""``include`` and ``literalinclude`` on pages that anybody can propose, such as appendices.

They show what proposals may include, which was read with the proposals, and nothing else.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.environment import BuildEnvironment

from ..proposals.body import IncludedFile
from ..proposals.includes import find_includes
from ..proposals.rst.includes import INCLUDES, SelectedLines
from .content import SiteContent

Refuse = Callable[[Directive, str], list[nodes.Node]]


class PageIncludes:
    """The files that a page includes, in the place of the collector of a proposal."""

    def __init__(self, text: str, page: str, env: BuildEnvironment, content: SiteContent) -> None:
        path = Path(os.path.relpath(env.doc2path(page), content.root)).as_posix()
        found = find_includes(text, path, content.process, content.attachments)
        for file in found:
            if file.path:
                env.note_dependency(str(content.root / file.path))
        self.files = {file.name: file for file in found}
        self.first_lines: dict[str, int] = defaultdict(lambda: 1)
        self.included_size = 0
        self.problem = ""
        self._root = content.root

    def add_problem(self, _kind: str, name: str, _line: int, problem: str) -> None:
        """Keep a problem for the box that says so."""
        self.problem = f"cannot show {name!r}, which {problem}"

    def directive(self, name: str, code: type[Directive], refuse: Refuse) -> type[Directive]:
        """Return the directive of a name in :data:`.INCLUDES`.

        :param code: The directive for blocks of code.
        :param refuse: Returns what is shown in the place of a directive, with the problem.
        """
        includes, root, base = self, self._root, INCLUDES[name]

        class Including(base):  # type: ignore[misc, valid-type]
            collector: Any = includes
            make_code = code

            def is_nested(self) -> bool:
                source = self.state_machine.get_source(self.lineno)
                return bool(source != self.state.document["source"])

            def lines(self, file: IncludedFile, selected: SelectedLines) -> StringList:
                lines = super().lines(file, selected)
                source = str(root / file.path)
                items = [(source, selected.first - 1 + n) for n in range(len(lines))]
                return StringList([*lines], items=items)

            def parse(self, content: StringList) -> list[nodes.Node]:
                # As docutils does it, so that messages have the lines of the file.
                self.state_machine.insert_input(content, content.source(0))
                return []

            def refuse(self) -> list[nodes.Node]:
                return refuse(self, includes.problem)

        return Including
