"""Links of Markdown texts to files, which lead to pages or to where the repository is hosted."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from ..proposals.links import target_path
from ..proposals.rst.allowlist import url_scheme
from .domain import domain_of
from .roles import proposal_link


def link_files(document: nodes.document, source: str, env: BuildEnvironment) -> None:
    """Resolve the relative links of a text in Markdown that has just been parsed.

    A link to a proposal or another document leads to its page, with the same anchor if it is that
    of a proposal. Other files are not published: a link to one leads to the public repository, or
    else is text.

    :param source: The path of the text.
    """
    domain = domain_of(env)
    process = domain.content.process
    for reference in list(document.findall(nodes.reference)):
        url = reference.get("refuri", "")
        if not url or url.startswith("#") or url_scheme(url):
            continue
        path = target_path(url, source)
        fragment = url.partition("#")[2]
        parts = process.files.match(path) if path else None
        if parts:
            number = int(parts["number"])
            domain.note_link(env.docname, number)
            link = proposal_link(number, "", env.docname, fragment, reference.rawsource)
            link.children = []
            link += nodes.inline("", "", *reference.children)
            link.source, link.line = reference.source, reference.line
            reference.replace_self(link)
        elif path and (page := env.project.path2doc(path)) and page in env.project.docnames:
            reference.replace_self(_document_link(reference, page, env.docname))
        elif path and process.repository and process.repository.file_url:
            reference["refuri"] = process.repository.url_of_file(path)
            reference["refuri"] += f"#{fragment}" if fragment else ""
        else:
            reference.replace_self(nodes.inline(reference.rawsource, "", *reference.children))


def _document_link(reference: nodes.reference, name: str, page: str) -> addnodes.pending_xref:
    """Return a link to a document that has the text of *reference*."""
    text = nodes.inline("", "", *reference.children)
    return addnodes.pending_xref(
        reference.rawsource,
        text,
        refdomain="std",
        reftype="doc",
        reftarget=f"/{name}",
        refdoc=page,
        refexplicit=True,
        refwarn=False,
    )
