"""Where learners find the bundle on GitHub, and what opens it there: badges in the README, and a notebook for Colab.

The notebook fetches the bundle and installs what it needs in its first cell. Nothing here asks the network.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from winnow.course import Exercise

NOTEBOOK = "colab.ipynb"
HOW = (
    "README.md has no badges that open it in Colab or in VS Code: say where it will be published, "
    "with --url https://github.com/OWNER/REPO"
)
_ADDRESS = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/tree/([\w./-]+?))?/?")

INSTALL = """\
# Fetches the exercises, and installs what they need.
import os

if not os.path.isfile("exercises/course.toml"):
    !git clone --quiet --depth 1 --branch {branch} {address}.git
    %cd {repository}
%pip install --quiet --requirement requirements.txt
import winnow.in_notebook"""
FILES = """\
The files are in the pane behind the folder on the left, in `{repository}`. Open `{stub}`, write the function that its
docstring describes, and save with Ctrl+S. Then run the next cell: a check that does not pass shows one call, what came
back, and what should have come."""
KEEP = """\
Colab takes this machine back after a while, and with it your files. The next cell packs what you have written; take it
with you, or commit it to a repository of your own."""
PACK = """\
!zip --quiet --recurse-paths work.zip exercises .winnow
from google.colab import files

files.download("work.zip")"""


@dataclass(frozen=True)
class Published:
    """A repository on GitHub whose top folder is the bundle."""

    owner: str
    repository: str
    branch: str = "main"

    @classmethod
    def at(cls, url: str) -> Published | None:
        """The repository at `https://github.com/OWNER/REPO[/tree/BRANCH]`; None for any other address."""
        found = _ADDRESS.fullmatch(url.strip())
        return cls(found[1], found[2], found[3] or "main") if found else None

    @property
    def address(self) -> str:
        """As a browser, and git, has it."""
        return f"https://github.com/{self.owner}/{self.repository}"

    @property
    def badges(self) -> str:
        """One line of Markdown. GitHub keeps links of the web alone, so VS Code is opened by way of one."""
        here = f"{self.owner}/{self.repository}"
        container = f"vscode://ms-vscode-remote.remote-containers/cloneInVolume?url={self.address}"
        return " ".join(
            f"[![{said}]({image})]({link})"
            for said, image, link in (
                (
                    "Open in Colab",
                    "https://colab.research.google.com/assets/colab-badge.svg",
                    f"https://colab.research.google.com/github/{here}/blob/{self.branch}/{NOTEBOOK}",
                ),
                (
                    "Open in VS Code, in the browser",
                    "https://github.com/codespaces/badge.svg",
                    f"https://codespaces.new/{here}" + (f"/tree/{self.branch}" if self.branch != "main" else ""),
                ),
                (
                    "Open in VS Code",
                    "https://img.shields.io/static/v1?label=VS%20Code&message=Open&color=blue",
                    f"https://vscode.dev/redirect?url={container}",
                ),
            )
        )

    def notebook(self, title: str, first: Exercise) -> bytes:
        """The notebook that works on the bundle in Colab, which begins with the exercise `first`."""
        stub = first.stub.relative_to(first.root).as_posix()
        words = {**vars(self), "address": self.address, "stub": stub}
        cells = [
            _text(f"# {title}\n\nRun the first cell (Shift+Enter), then the others, one after the other."),
            _code(INSTALL.format(**words)),
            _code("%winnow"),
            _text(FILES.format(**words)),
            _code(f"%winnow check {first.id}"),
            _code(f"%winnow hint {first.id}"),
            _text(KEEP),
            _code(PACK),
        ]
        cells = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells, 1)]
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
        made = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        return (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode()


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str) -> dict[str, Any]:
    # Where the notebook is handed in with the rest, grading passes over what is given.
    given = {"winnow": {"given": hashlib.sha256(source.encode()).hexdigest()}}
    return {"cell_type": "code", "execution_count": None, "metadata": given, "outputs": [], "source": source}
