"""What a learner wrote into a notebook, made harmless before formgrader or a feedback page shows it.

nbconvert's templates take Markdown, HTML and metadata into the page as they are. The page is the instructor's, in the
origin of a notebook server: a script in it could do there whatever the instructor can.
"""

from __future__ import annotations

import base64
import html
import re
from typing import Any

import nh3
from jinja2 import pass_context
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

CELL_CHARACTERS = 20_000
HTML_CHARACTERS = 200_000
PAGE_CHARACTERS = 400_000
"""What is shown of a cell, of an output and of a notebook: some texts take a time that grows with their square."""

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
LAYOUT = {
    "border-left", "color", "display", "line-height", "margin", "max-width", "padding", "white-space", "width",
}  # fmt: skip
"""What the feedback in a graded cell is laid out with; nothing of it covers, hides or loads anything."""

TAGS = {*nh3.ALLOWED_TAGS, "font"} - {"map", "area"}
# What begins any other tag, a comment or an instruction in Markdown; an address in angle brackets is a link.
_OTHER_TAG = re.compile(rf"<(?=[A-Za-z/!?])(?!https?://|mailto:|/?(?:{'|'.join(sorted(TAGS))})[\s/>])", re.IGNORECASE)
_LESS = "\ue000"
"""Stands for the < of what is to be read, not followed, while Markdown is rendered."""
_WORD = re.compile(r"[A-Za-z0-9_-]{1,128}")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*+")
_BLANK_LINES = re.compile(r"^[^\S\n]++$", re.MULTILINE)
# A link with a path alone leads to a file that was handed in, which the server would show as a page of its own.
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_PICTURE = re.compile(
    r"https?://.*|data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,.*|(?!/)[^:?#\\]++(?<=\.png|\.jpg|jpeg|\.gif|\.svg|webp)",
    re.IGNORECASE | re.DOTALL,
)


class Harmless(NbGraderPreprocessor):  # type: ignore[misc]
    """For `HTMLExporter.preprocessors`: shows a notebook without its scripts, event handlers and styles."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """See `disarm`."""
        disarm(nb, self.parent)
        return nb, resources


def disarm(nb: Any, exporter: Any) -> None:
    """Clean a notebook that is about to be shown, and have its exporter clean what comes of the Markdown in it."""
    exporter.register_filter("markdown2html", _markdown)
    # Not in the language that the notebook says it is in: some lexers take forever over some texts.
    colours = Highlight2HTML(pygments_lexer="python", parent=exporter)  # type: ignore[no-untyped-call]
    exporter.register_filter("highlight_code", colours)
    nb.metadata = from_dict({"language_info": {"name": "python"}})  # type: ignore[no-untyped-call]
    left = PAGE_CHARACTERS
    for number, cell in enumerate(nb.cells):
        if "id" in cell and not _WORD.fullmatch(str(cell.id)):
            cell.id = f"cell-{number}"
        cell.metadata = _kept(cell.metadata)
        longest = min(left, CELL_CHARACTERS)
        left = max(0, left - len(cell.source))
        if cell.cell_type == "code":
            # Blanks before every line's end are what the colours take longest for.
            cell.source = _shown(_BLANK_LINES.sub("", cell.source), longest, "# ")
            cell.execution_count = None
            cell.outputs = [output for output in map(_output, cell.outputs) if output.get("data") != {}]
            continue
        pictures = _pictures(cell.pop("attachments", None))
        if pictures:
            cell.attachments = pictures
        cell.source = _shown(cell.source, longest)
        if cell.cell_type != "markdown":
            # nbconvert takes a raw cell into the page as HTML.
            cell.cell_type, cell.source = "markdown", _verbatim(cell.source)


def clean(text: str, styles: bool = False) -> str:
    """HTML without scripts, event handlers, forms, names that a page's own scripts look for, and harmful links."""
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes |= {"font": {"color"}, "*": {"lang", "title", *(["style"] if styles else ())}}
    return nh3.clean(
        text,
        tags=TAGS,
        attributes=attributes,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=LAYOUT if styles else None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "href") and not _LINK.match(value):
        return None
    if (tag, name) == ("img", "src") and not _PICTURE.fullmatch(value):
        return None
    return value


class _Renderer(IPythonRenderer):
    def block_code(self, code: str, info: str | None = None) -> str:
        """Code as it is: what language it is in is the learner's word."""
        return f"<pre><code>{html.escape(code)}</code></pre>\n"


@pass_context
def _markdown(context: Any, source: str) -> str:
    """In place of nbconvert's filter markdown2html."""
    attachments = context.get("cell", {}).get("attachments", {})
    try:
        renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
        marked = _OTHER_TAG.sub(_LESS, source.replace(_LESS, ""))
        return clean(MarkdownWithMath(renderer=renderer).render(marked).replace(_LESS, "&lt;"))
    except Exception:
        # A picture that is not there, or brackets too deep: whoever opens the page can still read the cell.
        return f"<pre>{html.escape(source)}</pre>"


def _kept(metadata: Any) -> Any:
    """What the templates of nbgrader and the preprocessors after this one ask a cell for."""
    found = {key: metadata[key] for key in ("nbgrader", "winnow") if isinstance(metadata.get(key), dict)}
    if not _WORD.fullmatch(str(found.get("nbgrader", {}).get("grade_id", ""))):
        found.pop("nbgrader", None)
    return from_dict(found)  # type: ignore[no-untyped-call]


def _shown(text: str, longest: int, comment: str = "") -> str:
    if len(text) <= longest:
        return text
    return f"{text[:longest]}\n\n{comment}… {len(text) - longest} more characters are not shown here"


def _verbatim(text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`++", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _pictures(attachments: Any) -> Any:
    found = attachments.items() if isinstance(attachments, dict) else ()
    kept = {name: _images(data) for name, data in found if isinstance(data, dict)}
    return from_dict({name: data for name, data in kept.items() if data})  # type: ignore[no-untyped-call]


def _images(data: dict[str, Any]) -> dict[str, str]:
    return {
        kind: value
        for kind, value in data.items()
        if kind in PICTURES and isinstance(value, str) and _BASE64.fullmatch(value)
    }


def _output(output: Any) -> Any:
    """An output with what of it can be shown; text is escaped by the templates."""
    if "execution_count" in output:
        output.execution_count = None
    if "data" in output:
        output.data = from_dict(_data(output.data))  # type: ignore[no-untyped-call]
        output.metadata = from_dict({})  # type: ignore[no-untyped-call]
    return output


def _data(given: dict[str, Any]) -> dict[str, str]:
    texts = {kind: text for kind, text in given.items() if isinstance(text, str)}
    drawn, page = texts.pop("image/svg+xml", ""), texts.get("text/html", "")
    kept = _images(texts)
    if "text/plain" in texts:
        kept["text/plain"] = texts["text/plain"]
    if "text/markdown" in texts:
        kept["text/markdown"] = _shown(texts["text/markdown"], CELL_CHARACTERS)
    if page and len(page) <= HTML_CHARACTERS:
        kept["text/html"] = clean(page, styles=True)
    elif drawn:
        # As a picture it runs nothing; older templates take it into the page.
        coded = base64.b64encode(drawn.encode("utf-8", "replace")).decode("ascii")
        kept["text/html"] = f'<img alt="a drawing" src="data:image/svg+xml;base64,{coded}">'
    return kept
