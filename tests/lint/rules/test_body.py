"""The rules about bodies, where their own examples do not reach."""

from __future__ import annotations

import pytest

from fep_tools.diagnostics import apply_edits, Diagnostic, Severity
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules, find_rule
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.schema import any_applies
from fep_tools.process.source import BUILTIN_DIRECTORY

RULES = [rule for rule in all_rules() if rule.code.startswith("B")]
HEADERS = "FEP: 7\nTitle: Typed views\nStatus: {status}\nType: {type}\n"


def fep(body: str, status: str = "Deferred", type_: str = "Informational") -> str:
    return f"{HEADERS.format(status=status, type=type_)}\n{body.rstrip()}\n"


def found(text: str, process: Process, *, style: bool = False) -> list[Diagnostic]:
    """What is found in *text*; the sections that are missing do not count."""
    rules = [rule for rule in RULES if style or rule.severity is not Severity.STYLE]
    told = testing.check_example(rules, text, process)
    return [one for one in told if one.name != "section-missing"]


def the_one(text: str, process: Process, *, style: bool = False) -> Diagnostic:
    (told,) = found(text, process, style=style)
    return told


def by(name: str, text: str, process: Process) -> list[Diagnostic]:
    rule = find_rule(name)
    assert rule is not None
    return testing.check_example(rule, text, process)


# Markup ------------------------------------------------------------------------------------


def test_sound_text_is_left_alone(process: Process) -> None:
    text = (
        "Abstract\n========\n\nSee :fep:`7`, :pep:`484` and `this <https://example.org/>`__.\n\n"
        ".. code-block:: python\n   :caption: Views\n\n   a = `1`\n\n.. image:: fep-0007-a.png\n\n"
        "=====  ====\nOne    Two\n=====  ====\na      b\n=====  ====\n"
    )
    there = f"# proposals/fep-0007.rst\n{fep(text)}\n# proposals/fep-0007-a.png\nA picture.\n"
    assert found(there, process) == []


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (".. noet:: x", "B003", '"noet" is no directive for a proposal; did you mean note?'),
        (".. toctree::", "B003", '"toctree" is no directive for a proposal; write it as text'),
        (".. include:: /etc/passwd", "B003", '"include" is no directive for a proposal'),
        (".. csv-table::\n   :file: /etc/passwd", "B003", "the option :file: of"),
        (".. image:: a.png\n   :loading: embed", "B003", "the option :loading: of"),
        (":pap:`8`", "B004", 'the role "pap" is unknown; did you mean :pep:?'),
        (":download:`x </etc/passwd>`", "B004", 'the role "download" is unknown'),
        ("`x <javascript:alert(1)>`__", "B005", 'the link "javascript:alert(1)" begins with'),
        (".. image:: file:///etc/passwd", "B006", 'the image "file:///etc/passwd" is not a file'),
        (".. image:: a.mp4", "B006", "is not an image of a known kind"),
        ("`x`", "B008", '"x" stands between single backquotes'),
        (".. |a| replace:: |a| |a|\n\n|a|", "B002", "the text cannot be parsed"),
        ("* " * 120 + "x", "B002", "the text is nested too deeply to parse"),
    ],
)
def test_each_thing_has_its_rule(text: str, code: str, says: str, process: Process) -> None:
    told = the_one(fep(text), process)
    assert told.code == code
    assert says in told.message


def test_a_text_that_is_lost_lacks_no_sections(process: Process) -> None:
    (told,) = testing.check_example(RULES, fep("* " * 120, status="Final"), process)
    assert told.code == "B002"


def test_lines_are_those_of_the_file(process: Process) -> None:
    assert the_one(fep("One.\n\nTwo *three"), process).span.line == 8


def test_both_lines_of_a_title_are_mended(process: Process) -> None:
    text = fep("====\nAbstract\n====\n\nText.")
    edits = the_one(text, process).edits
    assert "\n========\nAbstract\n========\n" in apply_edits(text, edits)


def test_wide_letters_count_twice(process: Process) -> None:
    text = fep("\u65e5\u672c\u8a9e\n====\n\nText.")
    assert "\n\u65e5\u672c\u8a9e\n======\n" in apply_edits(text, the_one(text, process).edits)


@pytest.mark.parametrize("text", [".. Note: x", ".. see: x", ".. a hint: x", ".. _note: x.html"])
def test_other_comments_are_no_directives(text: str, process: Process) -> None:
    assert by("directive-colon", fep(text), process) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("See:pep:`8` here.", "See :pep:`8` here."),
        ("Follow pep:`8` here.", "Follow :pep:`8` here."),
        ("Follow `8` here.", "Follow ``8`` here."),
    ],
)
def test_a_role_that_is_none_is_mended(text: str, mended: str, process: Process) -> None:
    told = the_one(fep(text), process)
    assert told.code == "B008"
    assert apply_edits(fep(text), told.edits) == fep(mended)


# Sections ----------------------------------------------------------------------------------


def sections(process: Process, status: str, type_: str) -> list[str]:
    return [
        section.title
        for section in process.sections_for(type_)
        if any_applies(section.required, status, type_, ())
    ]


def text_of(process: Process, titles: list[str], status: str, type_: str) -> str:
    texts = {section.title: section.text for section in process.sections}
    parts = (f"{title}\n{'=' * len(title)}\n\n{texts[title] or 'Text.'}\n" for title in titles)
    return fep("\n".join(parts), status, type_)


def test_each_section_is_asked_for_where_it_is_due(process: Process) -> None:
    """Every cell of the table of types and statuses, with and without each section."""
    for type_ in (type_.name for type_ in process.types):
        for status in (status.name for status in process.statuses):
            due = sections(process, status, type_)
            whole = text_of(process, due, status, type_)
            assert testing.check_example(RULES, whole, process) == []
            for title in due:
                fewer = text_of(process, [t for t in due if t != title], status, type_)
                (told,) = testing.check_example(RULES, fewer, process)
                assert f"needs the section '{title}'" in told.message


def test_a_missing_section_is_told_where_it_goes(process: Process) -> None:
    text = text_of(process, ["Abstract", "Copyright"], "Final", "Informational")
    (told,) = by("section-missing", text, process)
    assert told.message == "a Final FEP needs the section 'Motivation'; write it after 'Abstract'"
    assert told.help


def test_other_titles_are_not_taken_for_misspelt_ones(process: Process) -> None:
    text = text_of(process, ["Specification", "Copyright"], "Draft", "Standards Track")
    assert found(text.replace("Specification\n====", "Motivations\n====="), process) != []
    assert found(text.replace("Specification\n====", "Open Questions\n====="), process) == []


def test_a_misspelt_section_is_told_once(process: Process) -> None:
    titles = [t for t in sections(process, "Final", "Informational") if t != "Motivation"]
    text = text_of(process, titles, "Final", "Informational")
    (told,) = testing.check_example(
        RULES, text.replace("Copyright\n", "Motivaton\n=========\n\nx\n\nCopyright\n"), process
    )
    assert told.code == "B014"


def test_sections_of_the_community_may_stand_between_others(process: Process) -> None:
    text = fep(
        "Abstract\n========\n\nx\n\nBackground\n==========\n\nx\n\nMotivation\n==========\n\nx"
    )
    assert found(text, process) == []


def test_sections_within_sections_may_repeat(process: Process) -> None:
    part = "{0}\n========\n\nExample\n-------\n\nx\n\n"
    assert found(fep(part.format("Sanic...") + part.format("FastAPI.")), process) == []


def test_line_breaks_in_a_given_text_are_free(process: Process) -> None:
    words = process.sections[-1].text
    text = fep("Copyright\n=========\n\n" + words.replace(" or ", "\nor "))
    assert found(text, process) == []
    assert the_one(text.replace("domain", "realm"), process).code == "B015"


def test_where_the_title_is_a_heading_sections_are_below_it() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = (
        "DEP 7: Views\n============\n\n:DEP: 7\n:Status: Draft\n\nOne\n---\n\nx\n\nOne\n---\n\nx\n"
    )
    assert [told.code for told in found(f"# draft/0007-views.rst\n{text}", dep)] == ["B013"]


# Links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("https://peps.python.org/pep-0484/", ":pep:`484`"),
        ("http://www.python.org/dev/peps/pep-0008", ":pep:`8`"),
        ("https://peps.python.org/pep-0008/#indentation", ":pep:`8#indentation`"),
        ("https://www.rfc-editor.org/rfc/rfc9110.html", ":rfc:`9110`"),
        ("https://datatracker.ietf.org/doc/html/rfc2119#section-1", ":rfc:`2119#section-1`"),
    ],
)
def test_addresses_that_a_role_knows(address: str, role: str, process: Process) -> None:
    for before, after in (("See ", "."), ("(", ")"), ("", "")):
        text = fep(f"{before}{address}{after}")
        told = the_one(text, process)
        assert told.code == "B020"
        assert apply_edits(text, told.edits) == fep(f"{before}{role}{after}")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("`PEP 8 <https://peps.python.org/pep-0008/>`__", ":pep:`8`"),
        ("`the\nstyle <https://peps.python.org/pep-0008/>`_", ":pep:`the style <8>`"),
        ("`x <https://peps.python.org/pep-0008/#y>`__", ":pep:`x <8#y>`"),
    ],
)
def test_links_with_a_text_keep_it(written: str, mended: str, process: Process) -> None:
    text = fep(f"See {written} here.")
    assert apply_edits(text, the_one(text, process).edits) == fep(f"See {mended} here.")


@pytest.mark.parametrize(
    "text",
    [
        ".. _x: https://peps.python.org/pep-0008/",
        "| https://peps.python.org/pep-0008/",
        "`x <https://peps.python.org/pep-0008/>`_, and `x`_ again",
    ],
)
def test_what_cannot_be_mended_safely_is_only_told(text: str, process: Process) -> None:
    assert the_one(fep(text), process).edits == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://peps.python.org/",
        "https://peps.python.org/pep-0008/diagram.png",
        "https://example.org/pep-0008/",
        "``https://peps.python.org/pep-0008/``",
        "::\n\n  https://peps.python.org/pep-0008/",
        ".. https://peps.python.org/pep-0008/",
    ],
)
def test_other_addresses_stay(text: str, process: Process) -> None:
    assert found(fep(text), process) == []


def test_a_community_knows_its_own_addresses() -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    for address in ("https://peps.python.org/pep-0007/", "https://python.org/dev/peps/pep-0007"):
        (told,) = by("link-bare", f"# peps/pep-0007.rst\nPEP: 7\n\nSee {address}.\n", pep)
        assert told.message.endswith("; write :pep:`7`")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (":fep:`8`", ["B021"]),
        (":fep:`0007`", []),
        (":fep:`seven`", ["B021"]),
        (":fep:`FEP 8 <7>`", ["B022"]),
        (":fep:`FEP 8 and FEP 7 <7>`", []),
        (":fep:`the eighth <7>`", []),
        (":rfc:`RFC 2119 <2822>`", ["B022"]),
        ("`PEP 8 <https://peps.python.org/pep-0020/>`__", ["B020", "B022"]),
        (":fep:`7#nowhere`", ["B023"]),
        (":fep:`7#id1`", ["B023"]),
    ],
)
def test_links_lead_where_they_say(text: str, codes: list[str], process: Process) -> None:
    assert [told.code for told in found(fep(f"See {text}."), process)] == codes


def test_a_target_is_a_place_as_good_as_a_section(process: Process) -> None:
    assert found(fep(".. _here:\n\nText, see :fep:`7#here`."), process) == []


def test_a_fragment_of_a_text_that_is_lost_is_not_judged(process: Process) -> None:
    lost = fep("* " * 120).replace("FEP: 7", "FEP: 8")
    example = f"# proposals/fep-0007.rst\n{fep(':fep:`8#x`')}\n# proposals/fep-0008.rst\n{lost}"
    assert [told.code for told in found(example, process)] == ["B002"]


# Style -------------------------------------------------------------------------------------

OTHER = "\n# proposals/fep-0012.rst\nFEP: 12\nTitle: Other\nStatus: {}\n"


def with_other(text: str, process: Process, status: str = "Final") -> list[tuple[str, str]]:
    example = f"# proposals/fep-0007.rst\n{fep(text, 'Draft')}{OTHER.format(status)}"
    told = found(example, process, style=True)
    return [(one.code, one.message.rpartition("; ")[2]) for one in told if one.code != "B016"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("FEP 12, and FEP 12 again", [("B025", "write :fep:`12`")]),
        (":fep:`12`, then FEP 12", []),
        ("FEP 12, then :fep:`12`", [("B025", "write :fep:`12`")]),
        ("FEP 7 and FEP 99", []),
        (":fep:`FEP 12 <12>` and `FEP 12 <https://example.org/>`__", []),
        ("``FEP 12``", [("B024", "write :fep:`12`")]),
        ("``FEP 7``, ``FEP 99`` and ``FEP-12.rst``", []),
    ],
)
def test_other_proposals_are_linked(
    text: str, told: list[tuple[str, str]], process: Process
) -> None:
    assert with_other(text, process) == told


def test_links_to_what_came_to_nothing(process: Process) -> None:
    told = with_other("See :fep:`12` and :fep:`12`.", process, "Rejected")
    assert told == [("B034", "the link leads to FEP 12, which is Rejected")]


@pytest.mark.parametrize(
    ("status", "comment", "count"),
    [
        ("Draft", ".. A hint.", 0),
        ("Final", ".. A hint.", 0),
        ("Review", ".. A hint.", 1),
        ("Review", "..\n   Local Variables:\n   mode: rst\n   End:", 0),
        ("Review", ".. vim: et", 0),
    ],
)
def test_comments_are_for_drafts(status: str, comment: str, count: int, process: Process) -> None:
    assert len(by("comment-left", fep(f"Text.\n\n{comment}", status), process)) == count


def test_a_banner_names_what_it_is_for(process: Process) -> None:
    (told,) = by("banner-status", fep(".. living-document:: x", "Review"), process)
    assert told.message == (
        "the banner 'living-document' is for Final or Superseded, and the status is Review; "
        "remove it"
    )


def test_headings_of_the_deps() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    text = "{}\n============\n\n:DEP: 0007\n"
    for title, count in (("DEP 7: X", 0), ("DEP 0007: X", 0), ("DEP 8: X", 1), ("X", 1)):
        assert len(by("title-heading", text.format(title), dep)) == count


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# What for", '"# What for" is a title of Markdown; write the title alone, and a '),
        ("### A b ###", '"### A b ###" is a title of Markdown; '),
        (
            "See [the docs](https://example.org/a).",
            '"[the docs](https://example.org/a)" is a link of Markdown; write `the docs <https:',
        ),
        (
            "Like ![a b](https://example.org/a.png).",
            '"![a b](https://example.org/a.png)" is an image of Markdown; write .. image:: and a ',
        ),
        (
            "```python\na = 1\nb = 2\n```",
            '"`python" begins code as Markdown has it; write .. code-block:: python, a blank line',
        ),
    ],
)
def test_habits_of_markdown_are_told(text: str, message: str, process: Process) -> None:
    (told,) = by("markdown", fep(f"Abstract\n========\n\n{text}\n"), process)
    assert told.message.startswith(message)
    assert told.severity is Severity.WARNING
    place = testing.parse_proposal(fep(f"Abstract\n========\n\n{text}\n"), process).lines
    assert place[told.span.line - 1] in text


@pytest.mark.parametrize(
    "text",
    [
        "**Bold** and *not*, C# and a # sign, x[1](y), [1]_ (https://example.org/).\n\n.. [1] a",
        "#. One\n#. Two",
        "::\n\n   # title\n   ```\n   [a](https://example.org/)",
        "Say ``# title``, ``[a](https://example.org/)`` and `` ``` ``.",
        "* # not a title of anything",
        "`[a] <https://example.org/>`__ (https://example.org/)",
    ],
)
def test_what_only_looks_like_it_is_not(text: str, process: Process) -> None:
    assert by("markdown", fep(f"Abstract\n========\n\n{text}\n"), process) == []


@pytest.mark.parametrize(
    ("language", "meant"),
    [("pyhton", "python"), ("Pythn", "python"), ("javscript", "javascript")],
)
def test_a_language_that_is_misspelt(language: str, meant: str, process: Process) -> None:
    text = fep(f"Abstract\n========\n\n.. code-block:: {language}\n\n   a = 1\n")
    (told,) = by("code-language", text, process)
    assert told.message == f'no language is called "{language}"; write {meant}'
    assert apply_edits(text, told.edits) == text.replace(language, meant)


@pytest.mark.parametrize(
    "language", ["perl", "lua", "Python", "pycon", "fortran", "brainstorm", ""]
)
def test_other_languages_may_be_named(language: str, process: Process) -> None:
    text = fep(f"Abstract\n========\n\n.. code-block:: {language}\n\n   a = 1\n")
    assert by("code-language", text, process) == []


def test_an_image_that_is_not_there_is_told_with_where_it_belongs(process: Process) -> None:
    text = fep("Abstract\n========\n\n.. image:: x/fep-0007-a.png\n")
    (told,) = by("image-missing", text, process)
    assert told.message == (
        'the image "x/fep-0007-a.png" does not exist; put the file at proposals/x/fep-0007-a.png'
    )
    there = f"# proposals/fep-0007.rst\n{text}\n# proposals/x/fep-0007-a.png\nx\n"
    assert by("image-missing", there, process) == []


def test_code_between_fences_is_one_finding_wherever_it_is_broken(process: Process) -> None:
    code = "```python\na = `1`\n\nb = 2\n```\n"
    text = fep(f"Abstract\n========\n\n{code}\nText.\n\n{code}")
    first, second = by("markup", text, process)
    lines = testing.parse_proposal(text, process).lines
    assert [lines[told.span.line - 1] for told in (first, second)] == ["```python"] * 2
    assert first.message == '"```" begins code as Markdown has it'
    assert first.help == "write .. code-block:: python, a blank line, and the code indented"
