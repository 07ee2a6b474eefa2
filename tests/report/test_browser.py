"""The class report in a real browser: sorting, finding, links, both colour schemes, paper."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from winnow import feedback, report
from winnow.report.alike import find_alike

from ..support.big_class import big_course, big_run, sources
from ..support.made_class import HOSTILE, SENTENCES, made_course, made_run, made_sources

selenium = pytest.importorskip("selenium", reason="selenium drives the browser")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed"),
]
ARTEFACTS = Path(__file__).parents[2] / "artefacts" / "report"
SWITCHES = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
]  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run, course, out = made_run(), made_course(), tmp_path_factory.mktemp("class")
    feedback.write_all(run, course, out, SENTENCES)
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    return report.write(run, course, out, SENTENCES, find_alike(made_sources(run), course))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = BROWSER or ""
    for switch in [*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService(DRIVER))
    yield driver
    driver.quit()


def scheme(browser: Any, name: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": name}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def picture(browser: Any, name: str) -> None:
    options = {"captureBeyondViewport": True, "format": "png"}
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", options)
    (ARTEFACTS / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


def column(browser: Any, at: int) -> list[str]:
    script = "return [...document.querySelectorAll('#everybody tbody tr')].filter(r => !r.hidden)"
    return list(browser.execute_script(f"{script}.map(r => r.cells[{at}].textContent.trim())"))


def header(browser: Any, at: int) -> Any:
    return browser.find_elements("css selector", "#everybody thead th")[at]


def test_a_click_on_a_header_sorts_and_a_second_one_turns_it_round(browser: Any, written: Path) -> None:
    browser.get(written.as_uri())
    header(browser, 5).find_element("tag name", "button").click()
    totals = [float(text) for text in column(browser, 5)]
    assert totals == sorted(totals, reverse=True)
    assert header(browser, 5).get_attribute("aria-sort") == "descending"
    header(browser, 5).find_element("tag name", "button").send_keys(" ")
    assert [float(text) for text in column(browser, 5)] == sorted(totals)
    assert header(browser, 5).get_attribute("aria-sort") == "ascending"
    assert browser.find_element("id", "said").get_attribute("textContent") == "Sorted by Total, ascending"
    header(browser, 0).find_element("tag name", "button").click()
    assert header(browser, 5).get_attribute("aria-sort") is None
    assert column(browser, 0).index("s02") < column(browser, 0).index("s10")


def test_finding_a_learner_leaves_only_those_that_match(browser: Any, written: Path) -> None:
    browser.get(written.as_uri())
    browser.find_element("id", "find").send_keys("ANNA")
    assert set(column(browser, 0)) == {"Anna", "anna"}


@pytest.mark.parametrize("student", ["s01", "王小明", HOSTILE])
def test_a_name_leads_to_what_that_learner_reads(browser: Any, written: Path, student: str) -> None:
    browser.get(written.as_uri())
    shown = student.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
    links = browser.find_elements("css selector", "#everybody tbody a")
    next(link for link in links if link.get_attribute("textContent") == shown).click()
    assert browser.find_element("tag name", "h1").text == shown
    assert "/feedback/" in browser.current_url


def test_both_colour_schemes_and_a_narrow_window_show_everything(browser: Any, written: Path) -> None:
    grounds = {}
    for name in ("light", "dark"):
        scheme(browser, name)
        for page, target in (("report", written), ("learner", written.parent / "feedback" / "s01.html")):
            browser.get(target.as_uri())
            grounds[name] = browser.execute_script("return getComputedStyle(document.documentElement).backgroundColor")
            picture(browser, f"{page}-{name}")
    assert grounds == {"light": "rgb(252, 251, 248)", "dark": "rgb(20, 23, 26)"}
    browser.set_window_size(500, 900)
    browser.get(written.as_uri())
    wide, inner = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    browser.set_window_size(1280, 900)
    assert wide <= inner


def test_the_page_runs_without_complaint_and_prints(browser: Any, written: Path) -> None:
    browser.get_log("browser")
    browser.get(written.as_uri())
    assert browser.get_log("browser") == []
    paper = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"])
    assert paper.startswith(b"%PDF")
    (ARTEFACTS / "report.pdf").write_bytes(paper)


def test_without_scripts_the_table_is_there_in_the_order_of_names(browser: Any, written: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(written.as_uri())
        assert len(browser.find_elements("css selector", "#everybody tbody tr")) == 60
        assert not browser.find_elements("css selector", "#everybody button")
        assert not browser.find_element("id", "find").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course, out = big_course(), tmp_path_factory.mktemp("big")
    run = big_run(course)
    feedback.write_all(run, course, out, {}, lambda student: sources(course))
    return report.write(run, course, out, {})


def widths(browser: Any, selector: str) -> list[tuple[int, int]]:
    """How wide what is in each of these is, and how much of it there is room for."""
    script = "return [...document.querySelectorAll(arguments[0])].map(e => [e.scrollWidth, e.clientWidth])"
    return [(inner, room) for inner, room in browser.execute_script(script, selector)]


def device(browser: Any, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@pytest.mark.parametrize("page", ["report.html", "feedback/s02.html"])
def test_forty_exercises_fit_a_phone_and_paper(browser: Any, big: Path, page: str) -> None:
    try:
        device(browser, 390)
        browser.get((big.parent / page).as_uri())
        picture(browser, f"big-{Path(page).stem}-phone")
        ((wide, room),) = widths(browser, "html")
        assert wide <= room
        # 688 CSS pixels are what A4 leaves between the margins.
        device(browser, 688)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
        browser.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
        picture(browser, f"big-{Path(page).stem}-paper")
        assert all(wide <= room for wide, room in widths(browser, "html, .scroll"))
        tall = "return [...document.querySelectorAll('.scroll')].every(e => e.scrollHeight <= e.clientHeight + 1)"
        assert browser.execute_script(tall)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_map_is_sorted_by_any_column_and_a_cell_says_what_it_stands_for(browser: Any, big: Path) -> None:
    browser.get(big.as_uri())
    header(browser, 1).find_element("tag name", "button").click()
    shown = [float(text) if text[:1].isdigit() else -1 for text in column(browser, 1)]
    assert shown == sorted(shown, reverse=True)
    cell = browser.find_element("css selector", "#everybody tbody td")
    browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))", cell)
    assert "exercise_01_a: " in cell.get_attribute("title")


def test_learners_stay_in_sight_where_their_map_is_scrolled(browser: Any, big: Path) -> None:
    try:
        device(browser, 390)
        browser.get(big.as_uri())
        browser.execute_script("document.querySelector('#everybody').parentNode.scrollLeft = 400")
        left = "return document.querySelector('#everybody tbody th').getBoundingClientRect().left"
        assert 0 <= browser.execute_script(left) < 40
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_module_unfolds_and_what_to_mend_leads_to_its_exercise(browser: Any, big: Path) -> None:
    browser.get(big.as_uri())
    module = browser.find_element("css selector", "details.module")
    assert not module.find_element("css selector", ".standing").is_displayed()
    module.find_element("tag name", "summary").click()
    assert module.find_element("css selector", ".standing").is_displayed()
    browser.get((big.parent / "feedback" / "s02.html").as_uri())
    browser.find_element("css selector", ".first a").click()
    place = browser.current_url.rpartition("#")[2]
    assert browser.find_element("id", place).is_displayed()


def test_pictures_and_controls_have_names_for_those_who_do_not_see_them(browser: Any, written: Path) -> None:
    browser.get(written.as_uri())
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    for node in nodes:
        if node.get("role", {}).get("value") in {"image", "button", "link", "textbox", "searchbox", "table"}:
            assert not node["ignored"]
            assert node.get("name", {}).get("value"), node


def test_on_a_phone_a_title_has_the_whole_width_beside_no_points(browser: Any, big: Path) -> None:
    try:
        device(browser, 390)
        browser.get((big.parent / "feedback" / "s02.html").as_uri())
        script = """return [...document.querySelectorAll('.head')].map(head => {
            const [title, points] = [...head.children].map(one => one.getBoundingClientRect());
            const id = document.createRange();
            id.selectNodeContents(head.querySelector('small'));
            return [title.width / head.getBoundingClientRect().width, id.getBoundingClientRect().right - points.left];
        })"""
        shares, overlaps = zip(*browser.execute_script(script), strict=True)
        assert min(shares) > 0.99
        assert max(overlaps) < 0
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_paper_what_is_folded_has_no_heading(browser: Any, tmp_path: Path) -> None:
    run = made_run()
    one = run.submissions[0]
    loud = replace(one, exercises=tuple(replace(each, output="here") for each in one.exercises))
    feedback.write_all(replace(run, submissions=(loud,)), made_course(), tmp_path, SENTENCES)
    browser.get(next((tmp_path / "feedback").glob("*.html")).as_uri())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    try:
        folded = browser.find_elements("css selector", ".remarks > details:not(.passes)")
        assert folded
        assert not any(one.is_displayed() for one in folded)
        browser.execute_script("arguments[0].open = true", folded[0])
        assert folded[0].is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
