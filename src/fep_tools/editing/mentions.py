"""Every spelling in which a text names a proposal, and its replacement by another number.

The source is searched, and not what docutils makes of it: a comment, a target and a block of code
speak of a proposal as well.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property

from ..process.model import Process
from ..proposals.layout import realign

_START = r"(?<![^\W_])"  # "_FEP 3" is a target, and "MULTIFEP 3" something else

# A number is neither a part of a longer one nor of a version: not 3 in 13, 30, 3.1 or 3rd. After a
# hyphen, "3-views" is a name, and "3-5" a range, which may include others.
_END = r"(?![^\W_]|\.[0-9]|[-\u2013][0-9])"

# What may be between the acronym and the number: "FEP 3", "FEP-0003", "FEP #3", "FEP no. 3", or a
# line break, after which the text may be indented.
_NUMBER_SIGN = r"(?:#|(?i:no\.?[ ]?|nr\.?[ ]?|number[ ]))"
_GAP = rf"(?:(?:[ \t]*\r?\n[ \t]*|[ \t\u00a0]|[-\u2010\u2011]){_NUMBER_SIGN}?|#)"

_URL = re.compile(r"""https?://[^\s<>"'`|\\]+""", re.IGNORECASE)

# The id of a commit in a URL, which shows a file under the name that it had then.
_COMMIT = re.compile(r"/[0-9a-f]{7,64}(?:/|$)")


@dataclass(frozen=True)
class NumberChange:
    """A new number for one proposal.

    :param old_path: The path of its file before.
    :param new_path: The path of its file after.
    """

    process: Process
    old: int
    new: int
    old_path: str
    new_path: str

    def rewrite(self, text: str) -> str:
        """Return *text* with the new number wherever it names the proposal.

        The columns of tables and the lines under titles follow the new length.
        """
        pieces, end = [], 0
        # URLs are judged on their own: that of a thread may have the number in it, and stays.
        for match in _URL.finditer(text):
            pieces += [self._rewrite_prose(text[end : match.start()]), self._rewrite_url(match[0])]
            end = match.end()
        return realign(text, "".join([*pieces, self._rewrite_prose(text[end:])]))

    def format(self, digits: str) -> str:
        """Return the new number as the old one is written: 7 for 3, and 0007 for 0003."""
        return f"{self.new:0{len(digits)}}" if digits.startswith("0") else str(self.new)

    def _rewrite_prose(self, text: str) -> str:
        for role in (self._role, self._suffix_role):
            text = role.sub(self._replace_number, text)
        number = re.compile(rf"(?<![0-9.]){self._digits}")
        text = self._list.sub(lambda match: number.sub(self._replace_number, match[0]), text)
        text = self._label.sub(self._replace_number, text)
        if self._directory:
            text = self._directory.sub(lambda _match: posixpath.dirname(self.new_path), text)
        if self._stem:
            stem = posixpath.splitext(posixpath.basename(self.new_path))[0]
            text = self._stem.sub(lambda _match: stem, text)
        return text

    def _rewrite_url(self, url: str) -> str:
        """Return *url* with the new number, if it is one of the site or of the repository."""
        own = (re.sub(r"^\w+://", "", prefix) for prefix in self.process.own_url_prefixes)
        prefixes = "|".join(map(re.escape, own))
        pattern = rf"(?i)(https?://(?:{prefixes}))(?P<number>0*{self.old}){_END}"
        if prefixes and re.match(pattern, url):
            return self._rewrite_prose(re.sub(pattern, self._replace_number, url, count=1))
        hosting = self.process.repository
        if hosting and url.startswith(f"{hosting.url.rstrip('/')}/") and not _COMMIT.search(url):
            return self._rewrite_prose(url)
        return url

    def _replace_number(self, match: re.Match[str]) -> str:
        start, end = (position - match.start() for position in match.span("number"))
        return f"{match[0][:start]}{self.format(match['number'])}{match[0][end:]}"

    @cached_property
    def _digits(self) -> str:
        return rf"(?P<number>0*{self.old}){_END}"

    @cached_property
    def _label(self) -> re.Pattern[str]:
        """``FEP 3``, ``fep-0003.rst`` and their like, but not the name ``fep3``."""
        acronym = re.escape(self.process.acronym)
        return re.compile(rf"{_START}(?:(?i:{acronym}){_GAP}|{acronym}){self._digits}")

    @cached_property
    def _list(self) -> re.Pattern[str]:
        """``FEPs 2, 3 and 5``."""
        # "*+" and "++" give nothing back: a million blank lines are searched once.
        numbers = r"[0-9]+(?:\s*+[,/]\s*+[0-9]+)*(?:\s*+(?:,\s*+)?(?:and|or|&)\s++[0-9]+)?"
        plural = rf"(?i:{re.escape(self.process.acronym)}s)"
        return re.compile(rf"{_START}{plural}[\s\u00a0]++{numbers}{_END}")

    @cached_property
    def _role(self) -> re.Pattern[str]:
        """``:fep:`3``` and ``:fep:`the views <0003#abstract>```."""
        name = re.escape(self.process.acronym)
        return re.compile(rf"(?i)(?<=:){name}:`{self._target}")

    @cached_property
    def _suffix_role(self) -> re.Pattern[str]:
        """The other form of a role: ```3`:fep:``."""
        name = re.escape(self.process.acronym)
        return re.compile(rf"(?i)(?<!`)`{self._target}[^`]*`:{name}:")

    @cached_property
    def _target(self) -> str:
        return rf"(?:[^`<>]*<)?\s*(?P<number>0*{self.old})(?=\s*[`>#])"

    @cached_property
    def _stem(self) -> re.Pattern[str] | None:
        """The name of the file, if it has no acronym: ``0007-views``."""
        stem = posixpath.splitext(posixpath.basename(self.old_path))[0]
        if self._label.fullmatch(stem) or stem.isdecimal():
            return None
        return re.compile(rf"(?<![\w-]){re.escape(stem)}(?![\w-])")

    @cached_property
    def _directory(self) -> re.Pattern[str] | None:
        """The directory of the file in a path, if that has the number: ``slep021/proposal``."""
        before, after = map(posixpath.dirname, (self.old_path, self.new_path))
        return re.compile(rf"(?<![\w-]){re.escape(before)}(?=/)") if before != after else None
