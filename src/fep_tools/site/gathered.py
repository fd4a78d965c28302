"""The files of translators, compiled where nothing of the sources is.

Sphinx would write what it compiles among the sources. Here it is kept with Sphinx's memory, and
Sphinx is told to look there. Translators are strangers: their files are read within limits, of
what is in their headers nothing is believed, and their texts are given to the same parser as the
text of proposals.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from io import BytesIO
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from ..preflight import LARGEST
from . import words
from .assets import put
from .assets import take_away
from .sources import PAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from sphinx.application import Sphinx
    from sphinx.config import Config

FOLDER = "locale"
"""Where they are kept, in Sphinx's memory."""

MESSAGES = "LC_MESSAGES"

logger = logging.getLogger(__name__)


def gather(app: Sphinx, config: Config) -> None:
    """Compile what there is in the language of the build, and let Sphinx find it."""
    kept = app.doctreedir / FOLDER
    folders = [Path(app.srcdir, name) for name in config.locale_dirs]
    made = {kept / str(at): folder for at, folder in enumerate(folders)}
    wanted = {place: _found(folder, config.language) for place, folder in made.items()}
    wanted[kept / "own"] = _own(config.language)
    for place, files in wanted.items():
        _mirror(place / config.language / MESSAGES, files)
    config.locale_dirs = [str(place) for place in wanted]
    config.gettext_auto_build = False


def names(language: str) -> tuple[str, ...]:
    """The folders that *language* may be in: its own, or that of the language it is a kind of."""
    return language, re.split("[_-]", language)[0]


def files(folder: Path, language: str) -> Iterator[tuple[str, Path]]:
    """What each file in *folder* translates, and the file."""
    place = folder / language / MESSAGES
    for path in sorted(place.rglob("*.po")):
        yield path.relative_to(place).with_suffix("").as_posix(), path


def read(path: Path) -> Catalog | None:
    """The file of a translator; ``None``, and a warning, for what is none."""
    try:
        return _parsed(_text(path))
    except Exception as problem:  # whatever the reader raises is about this file alone
        told = "%s; it is left out"
        logger.warning(told, problem, type="fep", subtype="translation", location=str(path))
        return None


def _text(path: Path) -> str:
    if any(part.is_symlink() for part in (path, *list(path.parents)[:3])) or not path.is_file():
        raise ValueError("is not a regular file")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("is too large")
    return data.decode()


def _parsed(text: str) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import PoFileParser

    class Bounded(Catalog):
        num_plurals = 2

    catalog = Bounded(charset="utf-8")
    PoFileParser(catalog).parse(StringIO(text))
    return catalog


def _found(folder: Path, language: str) -> Mapping[str, bytes]:
    some = next((name for name in names(language) if folder.joinpath(name).is_dir()), language)
    read_ones = ((domain, read(path)) for domain, path in files(folder, some))
    return {
        f"{domain}.{kind}": data
        for domain, catalog in read_ones
        if catalog is not None
        for kind, data in (("mo", compiled(catalog)), ("po", b""))
    }


def _own(language: str) -> Mapping[str, bytes]:
    """Our own words, for the pages of a repository that has none."""
    path = words.file_of(language)
    catalog = read(path) if path else None
    if catalog is None:
        return {}
    pages = [page.stem for page in sorted(PAGES.glob("*.rst"))]
    data = compiled(catalog)
    return {f"{page}.mo": data for page in pages} | {f"{page}.po": b"" for page in pages}


def compiled(catalog: Catalog) -> bytes:
    """What is translated, without doubt, of what has no plural; the same for the same."""
    from babel.messages.catalog import Catalog as Fresh
    from babel.messages.mofile import write_mo

    day = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    made = Fresh(creation_date=day, revision_date=day, charset="utf-8")
    for message in catalog:
        if message.id and isinstance(message.id, str) and message.string and not message.fuzzy:
            made.add(message.id, message.string)
    file = BytesIO()
    write_mo(file, made)
    return file.getvalue()


def _mirror(folder: Path, wanted: Mapping[str, bytes]) -> None:
    """Make *folder* hold these files, and no others; what is the same is not touched."""
    for path in _there(folder):
        if path.relative_to(folder).as_posix() not in wanted:
            take_away(path)
    for name, data in wanted.items():
        put(folder / name, data)


def _there(folder: Path) -> Iterable[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
