"""Messages of docutils, explained to authors."""

from __future__ import annotations

from fep_tools.proposals.rst.messages import explain, explain_messages, MESSAGES


def test_an_unknown_message_is_quoted() -> None:
    assert explain("Something new.").message == "docutils says: Something new"


def test_explanations_avoid_terms_of_the_parser() -> None:
    for _pattern, message, help_ in MESSAGES:
        assert not any(word in message + help_ for word in ("start-string", "unindent", "Explicit"))


def test_untrusted_text_cannot_make_a_message_long() -> None:
    message = 'Unknown target name: "' + "x" * 5000 + '".'
    assert len(explain(message).message) < 300


def test_many_messages_take_little_time() -> None:
    double = "Duplicate target name, cannot be used as a unique reference"
    messages = [f'{double}: "{number}".' for number in range(20000)]
    assert len(list(explain_messages(messages))) == 20000
