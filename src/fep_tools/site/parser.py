"""Parse documents: the headers of a proposal with our own reader, its body with docutils.

Docutils gets the body with the lines of the headers emptied, so that the line numbers in its
messages are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docutils import nodes
from docutils.statemachine import StringList
from docutils.transforms.misc import ClassAttribute
from sphinx.parsers import RSTParser
from sphinx.util import logging

from .._files import as_text, read_file
from ..catalog.build import plain_title
from ..process.model import Process
from ..process.schema import Files
from ..proposals.body import MARKDOWN_MISSING
from ..proposals.includes import find_includes
from ..proposals.model import build_vocabulary, Proposal
from ..proposals.rst.anchors import keep_original_titles
from ..proposals.rst.back_end import BackEnd
from ..proposals.rst.collector import FactCollector
from .allowlist import allowed_only
from .content import SiteContent
from .deferred import deferred
from .domain import domain_of
from .file_links import link_files
from .i18n import _
from .nodes import box
from .open_markup import core_only
from .open_pages import sanitize_open_text
from .page_includes import PageIncludes
from .page_problems import collect_page, log_problems, start_page
from .page_texts import shows_text

logger = logging.getLogger(__name__)

# "[name]: https://...", "[^1]: The note." in Markdown
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:[^\n]*", re.MULTILINE)

TRANSLATED = ":<translated>"
"""The end of the source name that Sphinx's transform Locale gives to a translated paragraph."""


class ProposalParser(RSTParser):
    """Sphinx's parser, extended to proposals."""

    def decorate(self, content: StringList) -> None:
        """Add ``rst_prolog`` and ``rst_epilog`` to pages, not to proposals.

        A proposal stands by itself: what it needs is in its file, where ``fep check`` sees it.
        """
        env = self.document.settings.env
        if not domain_of(env).is_restricted(env.docname):
            super().decorate(content)

    def parse(self, inputstring: str | StringList, document: nodes.document) -> None:
        """Parse a document. Of a proposal, the text that was read at the start is used."""
        env = document.settings.env
        content = domain_of(env).content
        proposal = content.proposals.get(env.docname)
        if proposal is None:
            self._parse_page(inputstring, document, content)
            return
        # A project without a parser of Markdown shows what it could not show before.
        is_shown = shows_text(proposal, content.process) and not proposal.is_markdown
        if not domain_of(env).restricted and is_shown:
            self._parse_own(inputstring, document, proposal, content)
            return
        # Sphinx parses each translated paragraph as a document of its own. A translator may
        # use what an author may.
        if document["source"].endswith(TRANSLATED):
            original = proposal.body_text if proposal.is_markdown else None
            self._parse_translation(str(inputstring), document, proposal.path, original)
            return
        if refused := domain_of(env).refused.get(env.docname):
            document += shown_as_written(proposal.body_text, refused)
        elif shows_text(proposal, content.process):
            text = proposal.body_text
            files = find_includes(text, proposal.path, content.process, content.attachments)
            for file in files:
                if file.path:
                    env.note_dependency(str(content.root / file.path))
            is_sound = proposal.body is not None and not proposal.body.problems
            collector = start_page(
                document, text, content.process, proposal.path, files, is_sound=is_sound
            )
            with allowed_only(content.process, document, collector) as back_end:
                self._parse_text(text, document, back_end, proposal.is_markdown)
            collect_page(document, collector)
            if proposal.is_markdown:
                link_files(document, proposal.path, env)
            keep_original_titles(document)
        else:
            document += _unparsed_text(proposal, content.unreadable[proposal.path])
        # Proposals are in no toctree; without this, Sphinx warns about each of them.
        env.metadata[env.docname]["orphan"] = ""
        _build_page(document, proposal, content, deferred(kind="header"))
        if not domain_of(env).restricted:
            _name_footer(document)

    def _parse_translation(
        self, text: str, document: nodes.document, path: str, original: str | None
    ) -> None:
        """Parse a paragraph with what is allowed in proposals.

        :param path: The file of the text that it translates.
        :param original: That text, if it is in Markdown. It has the URLs of links by name.
        """
        is_markdown = original is not None
        named = [line for name, line in _definitions(original or "") if f"[{name}]" in text]
        text = "\n\n".join([text, *named])
        env = document.settings.env
        process = domain_of(env).content.process
        collector = FactCollector(text, build_vocabulary(process, path))
        with allowed_only(process, document, collector) as back_end:
            self._parse_text(text, document, back_end, is_markdown)
        log_problems(collector.problems, document["source"])
        if is_markdown:
            link_files(document, path, env)

    def _parse_page(
        self, inputstring: str | StringList, document: nodes.document, content: SiteContent
    ) -> None:
        """Parse a page that is no proposal."""
        domain, page = domain_of(document.settings.env), document.settings.env.docname
        if refused := domain.refused.get(page):
            shown = shown_as_written(str(inputstring), refused)
            section = nodes.section("", nodes.title("", page), *shown, names=[page])
            document += section
            document.note_implicit_target(section, section)
            return
        _define_substitutions(document, content.process)
        is_translated = document["source"].endswith(TRANSLATED)
        if Files.is_markdown(str(document.settings.env.doc2path(page))):
            if is_translated:
                path = content.relative_path(document.settings.env.doc2path(page))
                original = as_text(read_file(content.root, path))
                self._parse_translation(str(inputstring), document, path, original)
                sanitize_open_text(document, document.settings.env)
            else:
                _parse_markdown_page(str(inputstring), document, content)
        elif domain.is_open(page) or (domain.restricted and is_translated):
            includes = PageIncludes(str(inputstring), page, document.settings.env, content)
            with core_only(document.settings, includes):
                super().parse(inputstring, document)
            if is_translated:  # also of the handbook, since anybody can propose a translation
                sanitize_open_text(document, document.settings.env)
        else:
            super().parse(inputstring, document)

    def _parse_own(
        self,
        inputstring: str | StringList,
        document: nodes.document,
        proposal: Proposal,
        content: SiteContent,
    ) -> None:
        """Parse a proposal as any document of the community's own project, and add our blocks.

        Nothing of it is left out: headers that are a field list stay, and headers that are no
        reStructuredText are replaced by the header block.
        """
        if document["source"].endswith(TRANSLATED):
            super().parse(inputstring, document)
            return
        is_written = content.process.dialect not in ("rfc2822", "yaml")
        super().parse(inputstring if is_written else proposal.body_text, document)
        _apply_classes(document)
        section = next((node for node in document if isinstance(node, nodes.section)), None)
        if proposal.title_heading is None or section is None:
            _build_page(document, proposal, content, deferred(kind="header"))
        else:
            fields = next((n for n in section if isinstance(n, nodes.field_list)), None)
            if fields is not None:
                fields += deferred(kind="header", argument="rows")
            banner = deferred(kind="header", argument="banner")
            section.insert(section.index(fields) + 1 if fields is not None else 1, banner)
            section += _footer(document, content)
        _name_footer(document)

    def _parse_text(
        self, text: str, document: nodes.document, back_end: BackEnd, is_markdown: bool
    ) -> None:
        if is_markdown:
            from ..proposals.rst.myst import parse_markdown  # not at the top: it is an extra

            parse_markdown(text, document, back_end)
        else:
            super().parse(text, document)


@lru_cache(maxsize=1)  # for all paragraphs of a text
def _definitions(original: str) -> list[tuple[str, str]]:
    """Return the names that a text in Markdown defines, with their lines."""
    return [(match["name"], match[0]) for match in _DEFINITION.finditer(original)]


def _parse_markdown_page(text: str, document: nodes.document, content: SiteContent) -> None:
    """Parse a page in Markdown, which may use what proposals may; without MyST-Parser, show it."""
    env = document.settings.env
    path = content.relative_path(document["source"])
    collector = start_page(document, text, content.process, path)
    try:
        from ..proposals.rst.myst import parse_markdown  # not at the top: it is an extra
    except ModuleNotFoundError:
        logger.error("the file %s", MARKDOWN_MISSING, type="fep", location=f"{path}:1")
        document += shown_as_written(text, MARKDOWN_MISSING)
        return
    with allowed_only(content.process, document, collector) as back_end:
        parse_markdown(text, document, back_end)
    log_problems(collector.problems, path)
    link_files(document, path, env)


def _name_footer(document: nodes.document) -> None:
    """Name the section that was added; NameSections does so if proposals are restricted."""
    for footer in document.findall(nodes.section):
        if not footer["ids"]:
            footer["names"].append(nodes.fully_normalize_name(footer[0].astext()))
            document.note_implicit_target(footer, footer)


def _define_substitutions(document: nodes.document, process: Process) -> None:
    """Define ``|plural|`` and the like in pages, with the names of the process."""
    for name in ("acronym", "name", "plural", "summary"):
        text = nodes.Text(getattr(process, name))
        document.note_substitution_def(nodes.substitution_definition("", text), name)


def _build_page(
    document: nodes.document, proposal: Proposal, content: SiteContent, header: deferred
) -> None:
    """Wrap the body into one section, with the header block first and the footer block last."""
    _apply_classes(document)
    body, labels = document.children, []
    if proposal.title_heading is not None:
        # ".. _nep-50:" above the title is a label of the page.
        # There is none in a text that is shown as it is written.
        first = next((n for n, node in enumerate(body) if isinstance(node, nodes.section)), 0)
        labels = [node for node in body[:first] if isinstance(node, nodes.target)]
        body = [node for node in _unwrap_title(body) if node not in labels]
    _check_transitions(document, body)
    footer = _footer(document, content)
    heading = _heading(proposal, content)
    # translatable=False keeps the title out of the texts that translators get.
    title = nodes.title("", heading, translatable=False)
    page = nodes.section("", title, header, *body, *footer)
    page["names"].append(nodes.fully_normalize_name(heading))
    document.children = []
    document += [*labels, page]
    document.note_implicit_target(page, page)


def _footer(document: nodes.document, content: SiteContent) -> list[nodes.Node]:
    """Return the footer block, if the page is that of a proposal in the catalog."""
    if not content.any_entry(document.settings.env.docname):
        return []
    # A target at the end of the body, such as ".. _name:", would become the name of what follows;
    # it does not move into a comment.
    return [nodes.comment(), _footer_section(content)]


def _unparsed_text(proposal: Proposal, problem: str) -> list[nodes.Node]:
    """Return a box that says why a text is not parsed, and the text as it is written.

    What could not be decoded, or is in a format that the tool does not know, has no text.
    """
    source = proposal.body_text.strip("\n")
    if not source.strip():
        message = _("The text cannot be shown: {reason}.", reason=f"the file {problem}")
        return [box(nodes.paragraph("", message))]
    return shown_as_written(source, problem)


def shown_as_written(source: str, problem: str) -> list[nodes.Node]:
    """Return a text in a block, below a box that says why it is not parsed."""
    message = _("The text is shown as it is written: {reason}.", reason=f"the file {problem}")
    literal = nodes.literal_block(source, source, language="none")
    return [box(nodes.paragraph("", message)), literal]


def _apply_classes(document: nodes.document) -> None:
    """Apply ``class`` directives now: at the end of the text, one would apply to our footer."""
    for pending in [*document.findall(nodes.pending)]:
        if pending.transform is ClassAttribute:
            ClassAttribute(document, startnode=pending).apply()
    transforms = document.transformer.transforms
    transforms[:] = [each for each in transforms if each[1] is not ClassAttribute]


def _check_transitions(document: nodes.document, body: list[nodes.Node]) -> None:
    """Report a transition at the start or the end, where docutils sees it no more."""
    if body and isinstance(body[0], nodes.transition):
        text = "Document or section may not begin with a transition."
        document.reporter.error(text, line=body[0].line)
    last = body[-1] if body else None
    while isinstance(last, nodes.section):
        last = last.children[-1]
    if isinstance(last, nodes.transition):
        document.reporter.error("Document may not end with a transition.", line=last.line)


def _footer_section(content: SiteContent) -> nodes.section:
    text = _("About this {acronym}", acronym=content.process.acronym)
    title = nodes.title("", text, translatable=False)
    return nodes.section("", title, deferred(kind="footer"), classes=["fep-about"])


def _heading(proposal: Proposal, content: SiteContent) -> str:
    title = plain_title(proposal, content.process)
    number = proposal.written_number if proposal.number is None else proposal.number
    return title or proposal.path if number is None else content.process.label(number, title)


def _unwrap_title(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Replace the first section by its content, where the title of a proposal is a heading.

    ``<section><title>FEP 7: Views</title><paragraph/></section>`` becomes ``<paragraph/>``;
    the page has the title already.
    """
    unwrapped = False
    for node in body:
        if isinstance(node, nodes.section) and not unwrapped:
            unwrapped = True
            yield from node.children[1:]
        else:
            yield node
