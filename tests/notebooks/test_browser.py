"""nbgrader in a real browser: a learner's JupyterLab from stub to hand-in, then an instructor's formgrader."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course

from ..report.test_browser import BROWSER, DRIVER, SWITCHES, selenium
from ..support.class_notebooks import ROOT
from .test_nbgrader import BIN, api, command

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
assert selenium
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed"),
]
ARTEFACTS = ROOT / "artefacts" / "nbgrader"
MODULE = "m05_losses"
TOKEN = "for-this-test"
PATIENCE = 180
MAE = (ROOT / "solutions" / MODULE / "mae.py").read_text(encoding="utf-8")
# All cells in the page, so that any can be found; no offers of news over the buttons.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
}


@dataclass(frozen=True)
class Page:
    """A browser, and what a person does with it."""

    driver: Any

    def until(self, what: Callable[[], Any]) -> Any:
        """Wait for the thing."""
        from selenium.common.exceptions import StaleElementReferenceException
        from selenium.webdriver.support.ui import WebDriverWait

        waiting = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
        return waiting.until(lambda _: what())

    def find(self, selector: str, text: str = "") -> Any:
        """The first element with this text that is shown, once there is one."""
        return self.until(lambda: next(iter(self.all(selector, text)), None))

    def all(self, selector: str, text: str = "") -> list[Any]:
        found = self.driver.find_elements("css selector", selector)
        return [one for one in found if one.is_displayed() and text in one.text]

    def click(self, selector: str, text: str = "") -> None:
        from selenium.common.exceptions import ElementClickInterceptedException, StaleElementReferenceException

        def clicked() -> bool:
            try:
                self.find(selector, text).click()
            except (ElementClickInterceptedException, StaleElementReferenceException):
                return False
            return True

        self.until(clicked)

    def keys(self, *keys: str) -> None:
        """Press keys together with Control."""
        from selenium.webdriver import ActionChains, Keys

        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(*keys).key_up(Keys.CONTROL).perform()

    def picture(self, name: str) -> None:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(ARTEFACTS / f"{name}.png"))


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = BROWSER or ""
    for switch in [*SWITCHES, f"--user-data-dir={tmp_path / 'profile'}"]:
        options.add_argument(switch)
    driver = Chrome(options=options, service=ChromeService(DRIVER))
    page = Page(driver)
    yield page
    page.picture("last")
    driver.quit()


@contextmanager
def jupyter(folder: Path, course: Course) -> Iterator[str]:
    """The address of a server whose files are those of the folder."""
    private = folder.parent / f"{folder.name}-jupyter"
    for name, values in SETTINGS.items():
        path = private / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))
    environment = os.environ | {
        "WINNOW_COURSE": str(course.root), "PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(private / "config"), "JUPYTER_DATA_DIR": str(private / "data"),
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"), "JUPYTERLAB_SETTINGS_DIR": str(private / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(private / "workspaces"), "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    words = [
        "jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0",
        f"--IdentityProvider.token={TOKEN}",
    ]  # fmt: skip
    with (private / "log").open("w") as log:
        server = subprocess.Popen(words, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + PATIENCE
        while not (found := list((private / "runtime").glob("jpserver-*.json"))):
            assert server.poll() is None, (private / "log").read_text()[-3000:]
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield json.loads(found[0].read_text())["url"]
    finally:
        server.terminate()
        server.wait(timeout=60)


HEARD = """\
window.heard = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = said => { window.heard.push(name + said) };
"""
RUNNING = """\
const links = [...document.links].filter(one => !["http:", "https:", "mailto:"].includes(one.protocol));
const within = [...document.querySelector("#notebook-container").querySelectorAll("*")];
const handlers = within.filter(one => one.getAttributeNames().some(name => name.startsWith("on")));
const active = within.filter(one => one.matches("script, style, iframe, object, embed, form, svg, link, base, meta"));
return [...window.heard, ...[...links, ...handlers, ...active].map(one => one.outerHTML)];
"""


def test_what_a_learner_wrote_runs_neither_in_formgrader_nor_in_feedback(
    course_of_four: Course, tmp_path: Path, page: Page
) -> None:
    course = course_of_four
    taught = tmp_path / "losses"
    command(tmp_path, course, "winnow", "nbgrader", str(taught), "--modules", MODULE)
    command(taught, course, "nbgrader", "generate_assignment", MODULE)
    own = taught / "submitted" / "lee" / MODULE
    own.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "attacks" / "page_script.ipynb", own / f"{MODULE}.ipynb")
    command(taught, course, "nbgrader", "autograde", MODULE)
    command(taught, course, "nbgrader", "generate_feedback", MODULE)
    page.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": HEARD})

    def settled() -> bool:
        # Pictures that cannot be had have said so by then, which is when their handlers would run.
        pictures = "[...document.images].every(one => one.complete)"
        return bool(page.driver.execute_script(f"return document.readyState == 'complete' && {pictures}"))

    with jupyter(taught, course) as address:
        page.driver.get(f"{address}lab?token={TOKEN}")
        page.find(".lm-MenuBar-itemLabel", "Nbgrader")
        page.driver.get(f"{address}formgrader/gradebook/{MODULE}/{MODULE}")
        page.click("table tbody tr a", "Submission #1")
        assert page.find("#mae_public[placeholder='0']")
        page.until(settled)
        page.picture("formgrader-markup")
        assert page.driver.execute_script(RUNNING) == []
        assert "alert(18)" in page.find("#notebook-container").text
    page.driver.get((taught / "feedback" / "lee" / MODULE / f"{MODULE}.html").as_uri())
    page.until(settled)
    page.picture("feedback-markup")
    assert [one for one in page.driver.execute_script(RUNNING) if 'href="#' not in one] == []


def test_a_learner_validates_and_submits_and_the_instructor_sees_the_score(
    course_of_four: Course, tmp_path: Path, page: Page
) -> None:
    course = course_of_four
    taught, learner, exchange = tmp_path / "losses", tmp_path / "learner", tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    learner.mkdir()
    command(tmp_path, course, "winnow", "nbgrader", str(taught), "--modules", MODULE)
    config = taught / "nbgrader_config.py"
    config.write_text(config.read_text() + f"c.Exchange.root = {str(exchange)!r}\n")
    mine = f"c = get_config()\nc.CourseDirectory.course_id = 'losses'\nc.Exchange.root = {str(exchange)!r}\n"
    (learner / "nbgrader_config.py").write_text(mine)
    command(taught, course, "nbgrader", "generate_assignment", MODULE)
    command(taught, course, "nbgrader", "release_assignment", MODULE)
    command(learner, course, "nbgrader", "fetch_assignment", MODULE)

    with jupyter(learner, course) as address:
        page.driver.get(f"{address}lab/tree/{MODULE}/{MODULE}.ipynb?token={TOKEN}")
        work(page, learner / MODULE / f"{MODULE}.ipynb")
        submit(page, exchange)

    command(taught, course, "nbgrader", "collect", MODULE)
    command(taught, course, "nbgrader", "autograde", MODULE)
    me = getpass.getuser()
    with jupyter(taught, course) as address:
        look(page, address, taught, me)


def work(page: Page, path: Path) -> None:
    """Write mae into its cell, and press Validate."""
    cell = page.find(".jp-CodeCell .cm-content", "def mae(")
    page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", cell)
    cell.click()
    page.keys("a")
    # As if pasted: typed brackets would be closed and lines indented by the editor.
    page.driver.execute_cdp_cmd("Input.insertText", {"text": MAE})
    page.picture("lab-filled")
    page.keys("s")
    page.until(lambda: "np.asarray" in path.read_text(encoding="utf-8"))
    page.click(".validate-button", "Validate")
    told = page.find(".jp-Dialog-content").text
    page.picture("lab-validated")
    # One exercise is not written yet; the other passes, and so do cells that stand for hidden checks.
    assert "failed" in told.lower()
    assert "robust_losses" in told or "mse" in told
    assert "check_mae()" not in told
    page.click(".jp-Dialog-footer button")
    page.until(lambda: not page.all(".jp-Dialog-content"))


def submit(page: Page, exchange: Path) -> None:
    """Open the list of assignments, and press Submit."""
    page.click(".lm-MenuBar-itemLabel", "Nbgrader")
    page.click(".lm-Menu-itemLabel", "Assignment List")
    page.click("#nbgrader-assignment-list button, #fetched_assignments_list button", "Submit")
    page.until(lambda: list((exchange / "losses" / "inbound").glob(f"*+{MODULE}+*/{MODULE}.ipynb")))
    page.find("#submitted_assignments_list", MODULE)
    page.picture("lab-submitted")


def look(page: Page, address: str, taught: Path, student: str) -> None:
    """Open formgrader, see the score, and give points by hand."""
    from selenium.webdriver import Keys

    # Logged in here, one is known to every page of the server.
    page.driver.get(f"{address}lab?token={TOKEN}")
    page.find(".lm-MenuBar-itemLabel", "Nbgrader")
    page.driver.get(f"{address}formgrader/gradebook/{MODULE}/{MODULE}")
    row = page.find("table tbody tr", "Submission #1")
    assert "10" in row.text.split()
    page.picture("formgrader-scores")
    page.click("table tbody tr a", "Submission #1")
    assert page.find("#mae_public[placeholder='3']")
    box = page.find("#robust_losses_edge[placeholder='0']")
    page.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
    page.picture("formgrader-submission")
    box.send_keys("1.5", Keys.TAB)

    def by_hand() -> float | None:
        with api.Gradebook(f"sqlite:///{taught}/gradebook.db") as book:
            return book.find_grade("robust_losses_edge", MODULE, MODULE, student).manual_score  # type: ignore[no-any-return]

    page.until(lambda: by_hand() == 1.5)
    page.driver.get(f"{address}formgrader/manage_students/{student}")
    assert "11.5" in page.find("table tbody tr", MODULE).text
    page.picture("formgrader-by-hand")
