"""What is remembered of unchanged proposals: a run with it finds what a run without it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from fep_tools.diagnostics import CheckResult, Edit, Finding, Related, Span
from fep_tools.lint import remembered, testing
from fep_tools.lint.engine import run_rules
from fep_tools.lint.example_fixtures import expand
from fep_tools.lint.registry import all_rules
from fep_tools.lint.remembered import Memory, Remembered
from fep_tools.lint.rule import Rule
from fep_tools.process.model import Process
from fep_tools.proposals.body import Body, unparsable
from fep_tools.proposals.model import Corpus, Proposal

RULES = all_rules()
KEPT = {rule.code for rule in RULES if remembered.is_remembered(rule)}


def keys(corpus: Corpus) -> dict[str, bytes]:
    """Return keys that differ with the texts of proposals."""
    return {p.path: repr((p.path, p.text, p.refusal)).encode() for p in corpus}


def run(
    corpus: Corpus,
    process: Process,
    memory: Memory | None = None,
    rules: Iterable[Rule] = RULES,
) -> CheckResult:
    return run_rules(corpus, process, rules, today=testing.TODAY, memory=memory)


def learn(corpus: Corpus, process: Process) -> dict[bytes, str]:
    """Return what is to be remembered after a run, as the cache has it."""
    memory = Memory(corpus, keys(corpus))
    run(corpus, process, memory)
    return {key: each.dump() for key, each in memory.learned.items()}


def recalled(corpus: Corpus, known: dict[bytes, str]) -> tuple[Corpus, Memory]:
    """Return a corpus without the bodies that need not be read, and what is remembered of it."""
    by_path = {p: Remembered.load(known[key]) for p, key in keys(corpus).items() if key in known}
    memory = Memory(corpus, keys(corpus), by_path)
    bodies = memory.bodies
    proposals = (replace(p, body=bodies.get(p.path, p.body)) for p in corpus)
    return replace(corpus, proposals=tuple(proposals)), memory


def variants(corpus: Corpus, process: Process) -> Iterator[Corpus]:
    """Yield corpora with one change each: a proposal or a file less, a changed text."""
    for index, proposal in enumerate(corpus):
        others = list(corpus.proposals)
        others.pop(index)
        yield replace(corpus, proposals=tuple(others))
        text = proposal.text.replace("Status: ", "Status: x").replace("==\n", "==\n\nMore\n--\n", 1)
        changed = testing.parse_proposal(f"{text}\n.. _new:\n\nNew\n==\n", process, proposal.path)
        yield replace(corpus, proposals=(*others[:index], changed, *others[index:]))
    for path in corpus.attachments:
        files = {name: data for name, data in corpus.attachments.items() if name != path}
        if process.notes is None or path != process.notes.frameworks:
            yield replace(corpus, attachments=files)
    yield replace(corpus, images=dict.fromkeys(corpus.images, "is broken"))
    yield replace(corpus, images={})


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_findings_are_those_of_a_run_that_remembers_nothing(rule: Rule, process: Process) -> None:
    bad, good = rule.bad, rule.good
    if "# head\n" in expand(bad):
        bad, good = (text.partition("# head\n")[2] for text in map(expand, (bad, good)))
    process = testing.example_process(bad, process)
    corpus = testing.parse_corpus(bad, process)
    known = learn(corpus, process)
    others = [corpus, *variants(corpus, process)]
    if testing.example_process(good, process) == process:
        others.append(testing.parse_corpus(good, process))
    for other in others:
        again, memory = recalled(other, known)
        assert run(again, process, memory) == run(other, process)
        # And what was learned then is true as well.
        learned = {key: each.dump() for key, each in memory.learned.items()}
        once_more, memory = recalled(other, {**known, **learned})
        assert run(once_more, process, memory) == run(other, process)


# What is kept -------------------------------------------------------------------------------


BODY = "FEP: 7\nTitle: Typed views\n\nA\n==\n\n{}\n"


def learned_from(text: str, process: Process, rules: Iterable[Rule] = RULES) -> list[Remembered]:
    corpus = testing.parse_corpus(text, process)
    memory = Memory(corpus, keys(corpus))
    run(corpus, process, memory, rules)
    return [*memory.learned.values()]


def test_a_proposal_is_remembered_with_what_was_found_in_it(process: Process) -> None:
    (each,) = learned_from(BODY.format(":fep:`12`, :fep:`12x`, :fep:`7`"), process)
    assert {"B010", "B021"} <= each.findings.keys() <= KEPT
    assert each.answers.keys() == {"7", "12", "files"}
    assert Remembered.load(each.dump()) == each


@pytest.mark.parametrize(
    "text",
    [
        BODY.format(".. fep: ignore[B020] A reason."),
        BODY.format("a\0b"),
        "",
    ],
)
def test_what_needs_the_whole_body_again_is_not_remembered(text: str, process: Process) -> None:
    assert learned_from(f"# proposals/fep-0007.rst\n{text}", process) == []


def test_a_body_that_could_not_be_parsed_is_not_remembered(process: Process) -> None:
    corpus = testing.parse_corpus(BODY.format("Text."), process)
    corpus = replace(corpus, proposals=(replace(corpus.proposals[0], body=unparsable("fails")),))
    memory = Memory(corpus, keys(corpus))
    run(corpus, process, memory)
    assert not memory.learned


def finding_rule(count: int) -> Rule:
    """Return a rule with that many findings in each proposal."""

    def check(_proposal: Proposal) -> Iterator[Finding]:
        return (Finding(Span(n), "wrong") for n in range(count))

    return replace(RULES[0], check=check, parameters=(Proposal,))


@pytest.mark.parametrize(("more", "is_kept"), [(0, True), (1, False)])
def test_findings_without_end_are_not_remembered(
    more: int, is_kept: bool, process: Process
) -> None:
    rules = [finding_rule(remembered.MAX_KEPT + more)]
    assert bool(learned_from(BODY.format("Text."), process, rules)) is is_kept


def test_a_question_that_has_no_answer_is_not_remembered(process: Process) -> None:
    def check(_proposal: Proposal, corpus: Corpus) -> Iterator[Finding]:
        return (Finding(Span(), path) for path in corpus.page_files)

    rule = replace(RULES[0], check=check, parameters=(Proposal, Corpus))
    assert learned_from(BODY.format("Text."), process, [rule]) == []


def test_a_rule_sees_of_other_bodies_what_is_remembered_of_them(process: Process) -> None:
    seen: list[tuple[str, Body | None]] = []

    def check(proposal: Proposal, corpus: Corpus) -> Iterator[Finding]:
        seen.extend((proposal.path, corpus.get(n).body) for n in (5, 7))  # type: ignore[union-attr]
        yield from ()

    rule = replace(RULES[0], check=check, parameters=(Proposal, Corpus))
    text = "\n".join(f"# proposals/fep-000{n}.rst\n{BODY.format(':fep:`12`')}" for n in (5, 7))
    corpus = testing.parse_corpus(text.replace("FEP: 7", "FEP: 5", 1), process)
    run(corpus, process, rules=[rule])
    bodies = [p.body for p in corpus]
    outlines = [body and body.outline(with_headings=False) for body in bodies]
    assert [body for _path, body in seen] == [bodies[0], outlines[1], outlines[0], bodies[1]]
    assert outlines[0] != bodies[0]


def test_findings_are_loaded_as_they_were(process: Process) -> None:
    finding = Finding(
        Span(1, 2, 3, 4), "m\ud800", "h", (Edit(Span(2), "x"),), (Related("p", Span(3), "r"),), "q"
    )
    each = Remembered(Body(anchors=("a",)), {"B001": (finding,)}, {"7": ""})
    assert Remembered.load(each.dump()) == each


@pytest.mark.parametrize(
    "text",
    ["", "[" * 10**5, "null", "[null, {}]", '[null, {"B001": [[1, 2]]}, {}]', '["", {}, {}]'],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|nested|valid"):
        Remembered.load(text)
