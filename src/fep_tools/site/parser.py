"""Parse documents: the headers of a proposal with our own reader, its body with docutils.

Docutils gets the body with the lines of the headers emptied, so that the line numbers in its
messages are those of the file.
"""

from __future__ import annotations

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.parsers import RSTParser
from sphinx.util import logging

from .._files import as_text, read_file
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
from .domain import domain_of
from .file_links import link_files
from .i18n import _
from .nodes import box
from .open_markup import core_only
from .open_pages import sanitize_open_text
from .page_frame import add_blocks, frame_page
from .page_includes import PageIncludes
from .page_problems import collect_page, log_problems, start_page
from .page_texts import shows_text
from .translated_paragraphs import is_translation, with_definitions

logger = logging.getLogger(__name__)


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
        if is_translation(document):
            original = proposal.body_text if proposal.is_markdown else None
            self._parse_translation(str(inputstring), document, proposal.path, original)
            return
        if refused := domain_of(env).refused.get(env.docname):
            document += shown_as_written(proposal.body_text, refused)
        elif shows_text(proposal, content.process):
            self._parse_body(document, proposal, content)
        else:
            document += _unparsed_text(proposal, content.unreadable[proposal.path])
        # Proposals are in no toctree; without this, Sphinx warns about each of them.
        env.metadata[env.docname]["orphan"] = ""
        frame_page(document, proposal, content)

    def _parse_body(
        self, document: nodes.document, proposal: Proposal, content: SiteContent
    ) -> None:
        """Parse the text of a proposal with what is allowed in it."""
        env, text = document.settings.env, proposal.body_text
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

    def _parse_translation(
        self, text: str, document: nodes.document, path: str, original: str | None
    ) -> None:
        """Parse a paragraph with what is allowed in proposals.

        :param path: The file of the text that it translates.
        :param original: That text, if it is in Markdown. It has the URLs of links by name.
        """
        is_markdown = original is not None
        text = with_definitions(text, original or "")
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
        is_translated = is_translation(document)
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
        if is_translation(document):
            super().parse(inputstring, document)
            return
        is_written = content.process.dialect not in ("rfc2822", "yaml")
        super().parse(inputstring if is_written else proposal.body_text, document)
        add_blocks(document, proposal, content)

    def _parse_text(
        self, text: str, document: nodes.document, back_end: BackEnd, is_markdown: bool
    ) -> None:
        if is_markdown:
            from ..proposals.rst.myst import parse_markdown  # not at the top: it is an extra

            parse_markdown(text, document, back_end)
        else:
            super().parse(text, document)


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


def _define_substitutions(document: nodes.document, process: Process) -> None:
    """Define ``|plural|`` and the like in pages, with the names of the process."""
    for name in ("acronym", "name", "plural", "summary"):
        text = nodes.Text(getattr(process, name))
        document.note_substitution_def(nodes.substitution_definition("", text), name)


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
