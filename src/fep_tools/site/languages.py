"""Mark texts in the language of the sources on pages in another language.

In the French edition of a site, the labels are French, and so is what somebody has translated.
The rest is text from the sources, which is marked as English: a screen reader pronounces it so, and
a browser offers to translate it. docutils writes the class ``language-en`` as ``lang="en"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from functools import cache
from html import unescape
from string import Formatter
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.toctree import document_toc
from sphinx.transforms.post_transforms import SphinxPostTransform

from .i18n import language_tag, messages, read_languages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags

# "FEP 11" and "2.0" are in no language; "28 juin 2011" is a date of the site.
_WORD = re.compile(r"[^\W\d_]{2,}")
_DATE = re.compile(r"[0-9]{1,2} [^\W\d_]+\.? [0-9]{4}")

MIN_LETTERS = 4
"""Letters of a message with values that are enough to recognize it."""

_UNMARKED = (
    addnodes.compact_paragraph, addnodes.pending_xref, nodes.colspec, nodes.document, nodes.tgroup,
)  # fmt: skip
"""Elements that have no element of HTML, or are replaced."""


def _normalized(text: str) -> str:
    """Return *text* with plain blanks; French has narrow ones before some marks."""
    return " ".join(text.split())


def _pattern_of(message: str) -> str:
    r"""Return a pattern of *message* with any text for its values, which takes linear time.

    ``{a}, {b} of {c}`` gives ``(?>.*?,\ )(?>.*?\ of\ ).*``. An atomic group takes the first place
    at which it matches, and never another one. Patterns with ``.*`` alone try all combinations of
    places, so that a paragraph which repeats such words would take hours.
    """
    literals = [""]
    for literal, name, *_rest in Formatter().parse(message):
        literals[-1] += literal
        literals += [] if name is None else [""]
    first, *others = map(re.escape, literals)
    middle = (f"(?>.*?{literal})" for literal in others[:-1])
    return "".join((first, *middle, *(f".*{last}" for last in others[-1:])))


class Classifier:
    """Tells texts of the site in its own language from those of the sources.

    :param own: all messages of the site in its language, with values in braces
    :param neutral: texts that are the same in all languages, such as the acronym
    """

    def __init__(self, own: Set[str], neutral: Set[str]) -> None:
        self._texts: set[str] = set()
        self._neutral = neutral
        patterns = []
        for message in map(_normalized, own):
            parts = [part for part, *_rest in Formatter().parse(message)]
            if "{" not in message:
                self._texts.add(message.strip())
                continue
            self._texts.update(part.strip() for part in parts if len(part.strip()) >= MIN_LETTERS)
            if sum(map(len, _WORD.findall("".join(parts)))) >= MIN_LETTERS:
                patterns.append(_pattern_of(message))
        self._pattern = re.compile("|".join(sorted(patterns)) or r"(?!)", re.DOTALL)

    def is_foreign(self, text: str) -> bool:
        """Return whether *text* is in the language of the sources."""
        text = _normalized(text)
        if not _WORD.search(text) or text in self._neutral or text in self._texts:
            return False
        return not (_DATE.fullmatch(text) or self._pattern.fullmatch(text))


def source_language(config: Config) -> str:
    """Return the language of the sources, if pages are in another one: the first of the site."""
    languages = read_languages(config.fep_languages, config.language)
    first = languages.codes[0] if languages.codes else languages.current
    return "" if first == languages.current else language_tag(first)


@cache
def classifier(language: str, acronym: str) -> Classifier:
    """Return the classifier for the language of a build."""
    return Classifier(messages(language), frozenset({acronym, "JSON", "BibTeX", "CSL JSON"}))


def mark(node: nodes.Element, language: str, is_foreign: Callable[[str], bool]) -> bool:
    """Mark the largest elements in *node* that have only texts in *language*.

    :return: whether *node* is one of them; the caller marks it then
    """
    foreign: list[nodes.Element | nodes.Text] = []
    count = 0
    for child in node.children:
        if not _has_words(child):
            continue
        count += 1
        if isinstance(child, nodes.Text):
            foreign += [child] if is_foreign(child.astext()) else []
        elif isinstance(child, nodes.Element) and not child.get("translated"):
            foreign += [child] if mark(child, language, is_foreign) else []
    if count and len(foreign) == count and not isinstance(node, _UNMARKED):
        return True
    for part in foreign:
        element = _wrapped(node, part) if isinstance(part, nodes.Text) else part
        element["classes"] = [*element["classes"], f"language-{language}"]
    return False


def marked_contents(env: BuildEnvironment, page: str, tags: Tags) -> nodes.Node | None:
    """Return the table of contents of a page with its texts marked, if pages need that."""
    language = source_language(env.config)
    if not language:
        return None
    from .domain import domain_of

    acronym = domain_of(env).content.process.acronym
    is_foreign = classifier(env.config.language, acronym).is_foreign
    titles = env.get_doctree(page).findall(nodes.title)
    translated = {title.astext() for title in titles if title.get("translated")}
    contents = document_toc(env, page, tags)
    root = nodes.container("", contents)
    if mark(root, language, lambda text: text not in translated and is_foreign(text)):
        root["classes"].append(f"language-{language}")
    return root


def _has_words(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Text):
        return bool(_WORD.search(node.astext()))
    ignored = (nodes.raw, nodes.math, nodes.math_block, nodes.comment, nodes.target)
    return isinstance(node, nodes.Element) and not isinstance(node, ignored)


def _wrapped(parent: nodes.Element, text: nodes.Text) -> nodes.inline:
    inline = nodes.inline("", "", text)
    parent[parent.index(text)] = inline
    return inline


# '<text x="4" y="12" fill="CanvasText">Draft</text>'; untrusted text in it is escaped.
_SVG_TEXT = re.compile(r"<text (?P<attributes>[^<>]*)>(?P<text>[^<>]*)</text>")


def mark_svg(svg: str, language: str, is_foreign: Callable[[str], bool]) -> str:
    """Return a chart with its texts marked that are in *language*, such as names of statuses."""

    def marked(match: re.Match[str]) -> str:
        lang = f' lang="{language}"' if is_foreign(unescape(match["text"])) else ""
        return f"<text {match['attributes']}{lang}>{match['text']}</text>"

    return _SVG_TEXT.sub(marked, svg)


class MarkLanguages(SphinxPostTransform):
    """Mark the texts of a page that are in the language of the sources."""

    default_priority = 6
    """After content that depends on other proposals, at 5; before references, at 10."""

    def run(self, **_: Any) -> None:
        """Mark the texts of a page."""
        language = source_language(self.config)
        if not language:
            return
        from .domain import domain_of

        content = domain_of(self.env).content
        is_foreign = classifier(self.config.language, content.process.acronym).is_foreign
        mark(self.document, language, is_foreign)
        for chart in self.document.findall(nodes.raw):
            source = chart.astext()
            if chart["format"] == "html" and "<text" in source:
                chart.children = [nodes.Text(mark_svg(source, language, is_foreign))]
        # Sphinx fills in the titles of the pages in a table of contents later.
        translated = content.progress.get(self.config.language, {})
        for tree in self.document.findall(addnodes.toctree):
            pages = {page for _title, page in tree["entries"]}
            if isinstance(tree.parent, nodes.compound) and not pages & set(translated):
                tree.parent["classes"].append(f"language-{language}")


def register(app: Sphinx) -> None:
    """Register the transform, and the function that marks texts in templates."""

    def add_function(
        app: Sphinx, page: str, template: str, context: dict[str, object], tree: object
    ) -> None:
        context["fep_lang"] = attribute_function(app)

    app.add_post_transform(MarkLanguages)
    app.connect("html-page-context", add_function)


def attribute_function(app: Sphinx) -> Callable[..., str]:
    """Return the function that gives templates ``lang="en"`` for a text of the sources.

    Its second argument is the page that the text is the title of: if somebody translates that
    page, so is its title.
    """
    language = source_language(app.config)
    if not language:
        return lambda text, page="": ""
    from .domain import domain_of

    content = domain_of(app.env).content
    is_foreign = classifier(app.config.language, content.process.acronym).is_foreign
    translated = content.progress.get(app.config.language, {})

    def attribute(text: str, page: str = "") -> str:
        return f' lang="{language}"' if page not in translated and is_foreign(text) else ""

    return attribute
