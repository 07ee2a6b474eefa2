"""What a learner wrote, as formgrader and feedback show it: no script, no handler, no style, no harmful link."""

from __future__ import annotations

import shutil
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course

from ..support.class_notebooks import ROOT
from .test_nbgrader import command, nbformat

pytest.importorskip("nbgrader", reason="nbgrader is not installed")
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers

from winnow.notebooks.harmless import CELL_CHARACTERS, clean

MARKUP = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<details open ontoggle=alert(1)>a</details>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button>a</button><input autofocus onfocus=alert(1)></form>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='files/javascript:alert(1)'>a</a>",
    "<a href='plot.html'>a file that was handed in</a>",
    "<base href='https://example.org/'><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<style>body { display: none }</style>",
    "<p style='position: fixed; background: url(https://example.org/x)'>a</p>",
    "<input class='score' id='mae_public'><div class='nbgrader_cell' id='x' name='y' data-link='z'>a</div>",
    "[a](javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](java&#115;cript:alert(1))",
    "[a](vbscript:x) [b](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[a](files/javascript:alert(1))",
    "[a](plot.html)",
    "<javascript:alert(1)>",
    '![a](x"onerror="alert(1))',
    '![a](https://example.org/x.png "b\\"onload=\\"alert(1)")',
    '<http://a"onload=alert(1)>',
    "# a <img src=x onerror=alert(1)>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "```html\n</code></pre><img src=x onerror=alert(1)>\n```",
    "```mermaid\n</pre><img src=x onerror=alert(1)>\n```",
    '``` "onload=alert(1)\nx\n```',
    "$</script><img src=x onerror=alert(1)>$",
    "$$\n<img src=x onerror=alert(1)>\n$$",
    "\\begin{a}<img src=x onerror=alert(1)>\\end{a}",
]


SCHEMES = ("https://", "http://", "mailto:", "data:image/")
TELLING = ("style", "id", "name", "class", "srcdoc", "data-link")


ACTIVE = {"script", "iframe", "object", "embed", "form", "input", "button", "style", "link", "meta", "base", "svg"}


class Seen(HTMLParser):
    """What in a page could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            text = "".join((value or "").split()).lower()
            away = name in ("href", "src") and not text.startswith(SCHEMES)
            picture = tag == "img" and text.endswith((".png", ".svg"))
            if name.startswith("on") or (name in TELLING and text) or (away and not picture):
                self.found.append(f"<{tag} {name}={value}>")


def seen(page: str) -> Seen:
    parser = Seen()
    parser.feed(page)
    return parser


@cache
def exporter() -> Any:
    """As formgrader makes it, with the configuration that `winnow nbgrader` writes."""
    return HTMLExporter(
        template_name="formgrade",
        extra_template_basedirs=[handlers.template_path],
        preprocessors=["winnow.notebooks.Harmless"],
    )


def shown(*cells: Any, **metadata: Any) -> str:
    """The notebook's part of the page."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    nb = nbformat.v4.new_notebook(cells=list(cells), metadata=metadata)
    resources = {"base_url": "", "index": 0, "total": 1, "submission_id": "1"}
    page, _ = exporter().from_notebook_node(nb, resources)
    return page[page.index("<main>") : page.index("</main>")]


def everything(markup: str) -> list[Any]:
    """Cells and outputs of every kind that hold it."""
    output, picture = nbformat.v4.new_output, {"image/png": {"width": markup, "alt": markup}}
    outputs = [
        output("display_data", {"text/html": markup, "application/javascript": "alert(1)", "text/markdown": markup}),
        output("display_data", {"text/html": markup}, metadata={"text/html": {"isolated": True}}),
        output("display_data", {"text/markdown": markup}),
        output("display_data", {"text/plain": markup, "text/latex": markup, "application/json": {"a": markup}}),
        output("display_data", {"text/plain": "", "image/svg+xml": f"<svg onload='alert(1)'>{markup}</svg>"}),
        output("display_data", {"text/plain": "", "image/png": '"onerror="alert(1)'}, metadata=picture),
        output("display_data", {"text/plain": "", "image/png": "aGk="}, metadata=picture),
        output("stream", text=markup),
        output("error", ename=markup, evalue=markup, traceback=[markup]),
    ]
    return [
        nbformat.v4.new_markdown_cell(markup),
        nbformat.v4.new_raw_cell(markup, metadata={"raw_mimetype": "text/html"}),
        nbformat.v4.new_code_cell(markup, outputs=outputs, metadata={"tags": [markup.replace(",", "")], "alt": markup}),
    ]


@cache
def given() -> set[str]:
    """What the templates and the colours of code put into a page."""
    return set(seen(shown(*everything("a = 'b' + 1\n(c)  # d"))).found)


def harmful(page: str) -> set[str]:
    """What is in a page beside that."""
    found = seen(page)
    told = {f"<{tag}>" for tag in ACTIVE & set(found.tags)} | set(found.found)
    return {one for one in told - given() if not one.startswith(("<span class=", "<div id=cell-id=cell-"))}


def test_nothing_that_a_learner_wrote_runs() -> None:
    page = shown(*(cell for markup in MARKUP for cell in everything(markup)))
    assert harmful(page) == set()
    # It is there to be read.
    assert page.count("alert(1)") > 100


def test_metadata_is_nothing_that_is_shown() -> None:
    evil = '"><script>alert(1)</script>'
    state = {"a": {"model_name": "HTMLModel", "model_module": "m", "state": {"value": f"</script>{evil}"}}}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": state, "version_major": 2, "version_minor": 0}}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2, "version_minor": 0}}
    cells = [
        nbformat.v4.new_code_cell(
            "a", metadata={"tags": [evil]}, outputs=[nbformat.v4.new_output("display_data", view)]
        ),
        nbformat.v4.new_markdown_cell("b", metadata={"nbgrader": {"grade": True, "grade_id": evil, "points": 1}}),
    ]
    page = shown(
        *cells,
        widgets=widgets,
        title=evil,
        language_info={"name": evil, "pygments_lexer": "html", "codemirror_mode": evil},
        kernelspec={"name": evil, "display_name": evil},
    )
    assert "alert" not in page
    assert harmful(page) == set()


def test_attachments_are_pictures() -> None:
    kinds = {
        "a.png": {"image/png": "aGk="},
        "b.png": {"text/html": "aGk="},
        "c.png": {"image/png": '"onload="alert(1)'},
    }
    cell = nbformat.v4.new_markdown_cell("![](attachment:a.png)", attachments=kinds)
    assert 'src="data:image/png;base64,aGk="' in shown(cell)
    for name in ("b.png", "c.png", "none.png"):
        cell = nbformat.v4.new_markdown_cell(f"![](attachment:{name})", attachments=kinds)
        assert f"<pre>![](attachment:{name})</pre>" in shown(cell)


def test_what_does_no_harm_is_shown() -> None:
    given = [
        "**a** <b>b</b> <font color='red'>c</font> a < b, <https://example.org> [d](https://example.org/d)",
        "`List<int>` <!-- e --> <script>f</script> **g** a<b",
        "| a |\n|---|\n| b |\n\n![](p.png) $x_1 < y_2$",
    ]
    page = shown(*map(nbformat.v4.new_markdown_cell, given))
    for wanted in (
        "<strong>a</strong>", "<b>b</b>", '<font color="red">', "a &lt; b", 'href="https://example.org"',
        'href="https://example.org/d"', "<code>List&lt;int&gt;</code>", "&lt;!-- e --",
        "&lt;script&gt;f&lt;/script&gt; <strong>g</strong> a&lt;b", "<td>b</td>", 'src="p.png"', "$x_1 &lt; y_2$",
    ):  # fmt: skip
        assert wanted in page
    assert clean('<p style="color: red; position: fixed">a</p>', styles=True) == '<p style="color:red">a</p>'


def test_a_cell_is_shown_up_to_a_length() -> None:
    """Colours of ten thousand lines of blanks, and Markdown of a thousand environments, take minutes."""
    many = "\n ".join("a" for _ in range(CELL_CHARACTERS))
    page = shown(nbformat.v4.new_code_cell(many), nbformat.v4.new_markdown_cell("\\begin{a}" * CELL_CHARACTERS))
    assert len(page) < 20 * CELL_CHARACTERS
    assert f"{len(many) - CELL_CHARACTERS} more characters are not shown here" in page


@pytest.fixture(scope="module")
def pages(course_of_four: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Feedback on the notebook that holds all of it."""
    folder, course = tmp_path_factory.mktemp("losses"), course_of_four
    command(folder, course, "winnow", "nbgrader", str(folder), "--modules", "m05_losses")
    command(folder, course, "nbgrader", "generate_assignment", "m05_losses")
    own = folder / "submitted" / "lee" / "m05_losses"
    own.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "attacks" / "page_script.ipynb", own / "m05_losses.ipynb")
    command(folder, course, "nbgrader", "autograde", "m05_losses")
    command(folder, course, "nbgrader", "generate_feedback", "m05_losses")
    return folder


def test_feedback_on_a_notebook_full_of_markup_runs_none_of_it(pages: Path) -> None:
    page = (pages / "feedback" / "lee" / "m05_losses" / "m05_losses.html").read_text(encoding="utf-8")
    body = page[page.index('id="notebook-container"') :]
    assert [one for one in seen(body).found if "alert" in one or "javascript" in one] == []
    assert "<script" not in body
    assert "border-left:" in body
