"""Which libraries happen to be installed where the work is graded changes no verdict."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from winnow.course import Course

from ..support.small_course import RIGHT, grade, make, submission


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


@pytest.mark.parametrize("name", ["hypothesis", "yaml", "markdown_it"])
def test_a_library_that_no_statement_allows_is_not_there(course: Course, name: str) -> None:
    assert importlib.util.find_spec(name), "it is installed here"
    above, inside = grade(
        course,
        submission(f"import {name}.parts\n" + RIGHT),
        submission(RIGHT.replace("return", f"import {name}; return", 1)),
    )
    assert above.score == 10.0
    assert any(f"No module named '{name}'" in note for note in above.notes), above.notes
    assert inside.score < 10.0
    assert any(f"No module named '{name}'" in check.why for check in inside.checks)


def test_what_is_allowed_is_there_with_all_that_it_is_made_of(course: Course) -> None:
    imports = "import dateutil.parser, pytest, unittest.mock, json\nimport PIL.Image\n" if _has("PIL") else ""
    (result,) = grade(course, submission(imports + "import numpy.fft\n" + RIGHT))
    assert (result.score, result.notes) == (10.0, ())


def test_who_looks_whether_a_library_is_there_hears_that_it_is_not(tmp_path: Path) -> None:
    from ..support.small_course import CATALOGUE, FILES

    roomy = CATALOGUE.replace('"numpy"]', '"numpy", "torch"]').replace("256", "2048").replace(" = 2\n", " = 20\n")
    course = make(tmp_path, FILES | {"exercises/course.toml": roomy})
    # torch looks for libraries that hardly anybody has when an optimiser is used for the first time.
    by_steps = (
        "import importlib.util, torch\n"
        "def double(x):\n"
        "    assert importlib.util.find_spec('hypothesis') is None\n"
        "    step = torch.zeros(1, requires_grad=True)\n"
        "    torch.optim.SGD([step], lr=1.0).zero_grad()\n"
        "    return 2 * x\n"
        "def half(x): return x / 2\n"
    )
    (result,) = grade(course, submission(by_steps))
    assert (result.score, result.notes) == (10.0, ()), result


def test_a_loop_with_a_bar_is_a_loop(course: Course) -> None:
    bars = (
        "from tqdm.auto import tqdm, trange\nimport tqdm as bars\n"
        "def double(x):\n"
        "    with tqdm(total=2, desc='twice') as bar:\n        bar.update(1)\n        bar.set_postfix(x=1)\n"
        "    tqdm.write('once')\n"
        "    for _ in trange(2, leave=False):\n        twice = 2 * x\n"
        "    return twice\n"
        "def half(x):\n"
        "    steps = bars.tqdm([x], total=1)\n    steps.set_description('half')\n"
        "    return sum(one / 2 for one in steps) + 0 * len(steps)\n"
    )
    (result,) = grade(course, submission(bars))
    assert (result.score, result.notes) == (10.0, ())
    assert "once" in result.output
    assert "%|" not in result.output, "a bar is drawn"


def test_a_file_of_a_librarys_name_that_was_handed_in_comes_first(course: Course, tmp_path: Path) -> None:
    text = "from yaml import twice\ndef double(x): return twice(x)\ndef half(x): return x / 2\n"
    own = submission(text)
    source = own.sources["double"]
    beside = replace(source.cells[0], label="yaml.py", source="def twice(x): return 2 * x\n")
    (result,) = grade(course, replace(own, sources={"double": replace(source, beside=(beside,))}))
    assert result.score == 10.0, result


def test_a_course_that_needs_other_libraries_decides_for_itself(tmp_path: Path) -> None:
    from ..support.small_course import CATALOGUE, FILES

    needy = make(tmp_path, FILES | {"exercises/course.toml": CATALOGUE.replace("needs = [", 'needs = ["yaml", ')})
    (result,) = grade(needy, submission("import yaml\n" + RIGHT.replace("return", "yaml.safe_load('1'); return", 1)))
    assert result.score == 10.0, result


def _has(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
