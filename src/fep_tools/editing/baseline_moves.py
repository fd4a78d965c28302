"""The baseline after changes that move proposals or write other numbers into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from ..diagnostics import CheckOptions
from ..lint import baseline
from ..repository import Repository
from .file_changes import FileChanges


def followed_baseline(
    repository: Repository,
    changes: FileChanges,
    today: date,
    overrides: Mapping[str, bytes] = MappingProxyType({}),
) -> str | None:
    """Return the baseline with the accepted findings under their new paths and fingerprints.

    :param overrides: unsaved texts, by path, that an editor has for some files
    :return: ``None`` if it stays as it is
    """
    if not repository.baseline_text:
        return None
    moved = changes.moved
    entries = baseline.parse(repository.baseline_text, repository.settings.baseline).entries
    sources = {**repository.sources, **overrides}
    after_move = {moved.get(path, path): source for path, source in sources.items()}
    changed = {p: text.encode() for p, text in changes.texts.items() if p in after_move}
    options = CheckOptions(today, baseline=False)
    before = repository.check_corpus(options, repository.read(sources))
    corpus = repository.read({**after_move, **changed})
    images = {moved.get(path, path): text for path, text in corpus.images.items()}
    after = repository.check_corpus(options, replace(corpus, images=images))
    # No line moves, and a fingerprint is made of its text.
    followed = baseline.follow(
        (replace(entry, path=moved.get(entry.path, entry.path)) for entry in entries),
        ((d, (moved.get(d.path, d.path), d.span.line, d.code)) for d in before.diagnostics),
        ((d, (d.path, d.span.line, d.code)) for d in after.diagnostics),
    )
    text = baseline.dump(followed)
    return text if text != repository.baseline_text else None
