from ....process.attachments import PEOPLE_FILE
from ....process.people_loader import parse_people
from .._api import Corpus, Finding, Findings, rule, Span


@rule("C024")
def codeowners_differs(corpus: Corpus) -> Findings:
    """CODEOWNERS differs from the file of people.

    The file of code owners is made from ``people.toml``, so that both name the same people.
    Edit ``people.toml``, and run ``fep export codeowners`` with ``--output``.

    Bad::

        # fep/people.toml
        [[person]]
        name = "Ada Lovelace"
        handle = "ada"
        roles = ["editor"]

        [[owned]]
        paths = ["/fep/"]
        roles = ["editor"]

        # .github/CODEOWNERS
        /fep/ @charles

    Good::

        # fep/people.toml
        [[person]]
        name = "Ada Lovelace"
        handle = "ada"
        roles = ["editor"]

        [[owned]]
        paths = ["/fep/"]
        roles = ["editor"]

        # .github/CODEOWNERS
        # Made by fep export codeowners from people.toml; edit that file.
        /fep/ @ada
    """
    for path, data in corpus.attachments.items():
        if path.rpartition("/")[2] != PEOPLE_FILE or not isinstance(data, bytes):
            continue
        people = parse_people(data.decode("utf-8", "replace"), path)
        file = people.codeowners
        written = corpus.attachments.get(file)
        text = written.decode("utf-8", "replace") if isinstance(written, bytes) else ""
        if people.owned and text != people.codeowners_text:
            what = "differs from" if text else "is missing, and is made from"
            message = f"the file {what} {path}; run: fep export codeowners --output {file}"
            yield Finding(Span(_first_difference(text, people.codeowners_text)), message, path=file)


def _first_difference(text: str, expected: str) -> int:
    """Return the number of the first line that differs."""
    lines, others = text.split("\n"), expected.split("\n")
    pairs = enumerate(zip(lines, others, strict=False), start=1)
    return next((number for number, (a, b) in pairs if a != b), min(len(lines), len(others)))
