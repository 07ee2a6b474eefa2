"""Code that was typed into a learning platform's editor and not handed in as a file: Moodle and Canvas deliver it as a
web page, Moodle's `onlinetext.html` and Canvas' `text.html`."""

from __future__ import annotations

import re
from html import unescape

NAMES = frozenset(("onlinetext.html", "text.html"))

_BLOCKS = frozenset(("p", "div", "li", "tr", "pre", "blockquote", "body"))
_LEFT_OUT = frozenset(("head", "title", "style", "script", "h1"))
_CODE = re.compile(r"(?:import|from|def|class|async|@)\b|[@#]")
# The standard library's parser takes quadratic time over a page that was made for it.
_PIECES = re.compile(r"<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9]{0,20})(?:[\s/][^<>]{0,5000})?>|(?P<text>[^<]+|<)")


def typed_code(raw: bytes) -> str:
    """The lines that were typed, from the first that looks like code; what stands preformatted alone, where there is
    code in it. Empty where no function is defined."""
    page = _Page()
    for found in _PIECES.finditer(_without_comments(raw.decode("utf-8", "replace").replace("\r\n", "\n"))):
        if found["text"] is not None:
            page.text(unescape(found["text"]))
        else:
            page.tag(found["tag"].lower(), bool(found["end"]))
    for text in ("".join(page.preformatted), "".join(page.all)):
        lines = [line.rstrip() for line in text.replace("\xa0", " ").split("\n")]
        start = next((at for at, line in enumerate(lines) if _CODE.match(line)), len(lines))
        if any(line.lstrip().startswith(("def ", "async def ")) for line in lines):
            return "\n".join(lines[start:]).strip("\n") + "\n"
    return ""


def _without_comments(text: str) -> str:
    *closed, rest = text.split("-->")
    return "".join([*(part.partition("<!--")[0] for part in closed), rest])


class _Page:
    """Collects the text of a page, line by line."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.preformatted: list[str] = []
        self._inside = ""

    def tag(self, name: str, ends: bool) -> None:
        """A tag; of those that count none lies in another."""
        if name == "br" or (name in _BLOCKS and self.all and not self.all[-1].endswith("\n")):
            self._add("\n")
        if ends and name == self._inside:
            self._inside = ""
        elif not ends and not self._inside and (name in _LEFT_OUT or name == "pre"):
            self._inside = name

    def text(self, text: str) -> None:
        """What stands between tags."""
        if self._inside == "pre":
            self._add(text)
        elif not self._inside:
            # Blanks that do not break are what an editor makes of an indentation; others are the page's own layout.
            plain = re.sub(r"[ \t\n]+", " ", text)
            at_start = not self.all or self.all[-1].endswith("\n")
            self._add(plain.removeprefix(" ") if at_start else plain)

    def _add(self, text: str) -> None:
        if text:
            self.all.append(text)
            if self._inside == "pre":
                self.preformatted.append(text)
