from collections import defaultdict
from collections.abc import Iterator

from ...._text import join_words
from ....diagnostics import Finding
from ....process.model import Process
from ....process.schema import Role
from ....proposals.model import Corpus, Proposal
from ...rule import rule
from ._helpers import adding, in_force, is_dead, others, place_of, replaced_statuses, told_at

_ENDS: tuple[tuple[Role, Role], ...] = (
    ("superseded_by", "replaces"),
    ("replaces", "superseded_by"),
)


@rule("L003", fixable=True)
def relation_one_sided(corpus: Corpus, process: Process) -> Iterator[Finding]:
    """A proposal says that it replaces another, and the other does not say so too.

    Readers come from either side. Who opens the old proposal must be told that there is a
    new one, as soon as that is in force; and the new one must say what it replaced.

    Bad::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Superseded
        Created: 2025-03-03
        Superseded-By: 7

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Final
        Created: 2025-03-03

    Good::

        # proposals/fep-0005.rst
        FEP: 5
        Title: Views
        Status: Superseded
        Created: 2025-03-03
        Superseded-By: 7

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
        Status: Final
        Created: 2025-03-03
        Replaces: 5
    """
    for here, there in _ENDS:
        if process.header_for(here) and process.header_for(there):
            for silent, speakers in _silent(corpus, process, here, there).items():
                yield _finding(corpus.by_path[silent], speakers, here, there, process)


def _silent(corpus: Corpus, process: Process, here: Role, there: Role) -> dict[str, list[Proposal]]:
    """The paths of those that do not answer, each with those whose *here* names it."""
    found: dict[str, list[Proposal]] = defaultdict(list)
    for speaker in corpus:
        for other, _span in others(speaker, here, corpus):
            answers = speaker.number in other.numbers(there)
            if not answers and _must_answer(other, speaker, there, process):
                found[other.path].append(speaker)
    return found


def _must_answer(other: Proposal, speaker: Proposal, role: Role, process: Process) -> bool:
    if role in other.mistakes or not other.preamble.fields or speaker.number is None:
        return False
    if role == "replaces":
        return True
    old = is_dead(other, process) and other.status not in replaced_statuses(process)
    return in_force(speaker, process) and not old


def _finding(
    silent: Proposal, speakers: list[Proposal], here: Role, there: Role, process: Process
) -> Finding:
    numbers = [speaker.number for speaker in speakers if speaker.number is not None]
    whose = join_words((process.label(number) for number in numbers), "and")
    says = f"{whose}, whose '{process.header_name(here)}' names this {process.acronym}"
    return Finding(
        place_of(silent, there),
        f"'{process.header_name(there)}' does not name {says}; "
        f"add {join_words(map(str, numbers), 'and')}",
        edits=adding(silent, process, there, numbers),
        related=tuple(told_at(s, here, "if this is wrong, change it instead") for s in speakers),
        path=silent.path,
    )
