"""Quizzes where learners meet them: in the terminal, in a file, in a notebook, and graded alike
everywhere."""

import io
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from winnow.course import Course, Module, quiz_name
from winnow.grading.quizzes import Quizzes
from winnow.quiz import answer_cells, answers, ask, bank, literals, notebook, scoring, variants
from winnow.quiz.kinds import KINDS
from winnow.quiz.plain import plain
from winnow.submission import read_submission

ROOT = Path(__file__).parents[2]
MODULES = ("m02_na_groups", "m05_losses", "m06_mlp")
SECRET = b"tests"
SALT = variants.public_salt(SECRET)


def copied(folder, *trees):
    for tree in trees:
        for module in MODULES:
            shutil.copytree(ROOT / tree / module, folder / tree / module)
    shutil.copy(ROOT / "exercises" / "course.toml", folder / "exercises")
    return Course(folder, "A course", tuple(Module(module, module, ()) for module in MODULES))


@pytest.fixture
def course(tmp_path):
    return copied(tmp_path, "exercises", "solutions")


@pytest.fixture
def bundle(tmp_path):
    """A learner's copy, without solutions."""
    return copied(tmp_path, "exercises")


def sit(course, module, typed, learner="kim", **options):
    """Ask a module's questions, type these lines, and return what was shown; the input ends after them."""
    lines = iter(typed)
    shown = io.StringIO()

    def type_a_line(prompt):
        line = next(lines, EOFError)
        if isinstance(line, type):
            raise line
        return line

    ask.run(course, module, learner, Console(file=shown, width=100), type_a_line, salt=SALT, **options)
    return shown.getvalue()


def typed_answers(course, module, learner, *, wrong=(), salt=SALT):
    """For each question an answer as one types it: the right one, or for those in `wrong` another."""
    quiz = bank.quiz(course, module)
    keys = bank.keys(course, quiz)
    made = {}
    for question in quiz.questions:
        values = variants.draw(question, learner, salt)
        best = KINDS[question.kind].best(question, keys[question.id], values)
        if question.id in wrong:
            made[question.id] = wrong_answer(question, keys[question.id], best, values)
        else:
            made[question.id] = answers.typed(best)
    return made


def wrong_answer(question, key, best, values):
    if question.kind == "single":
        return next(label for label in question.choices if label != best)
    if question.kind == "multiple":
        return best[0] + next(label for label in question.choices if label not in best)
    if question.kind == "numeric":
        return answers.typed(key.number(key.wrong[0], values))
    if question.kind == "ordering":
        return "".join((*best[:-2], best[-1], best[-2]))
    if question.kind == "matching":
        first, second, *rest = best
        return answers.typed({first: best[second], second: best[first], **{number: best[number] for number in rest}})
    return key.wrong[0][0][0]


def filled(nb, typed):
    """The notebook after a learner wrote these answers into its cells and saved it."""
    for cell in nb.cells:
        name = cell.metadata.get("winnow", {}).get("answer")
        if name in typed:
            cell.source = cell.source.replace("= None", f"= {json.dumps(typed[name], ensure_ascii=False)}")
    return nbformat.reads(nbformat.writes(nb), as_version=4)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("every", [1, 2, 100])
def test_a_quiz_is_graded_alike_four_ways(course, module, every, tmp_path):
    quiz = bank.quiz(course, module)
    wrong = {question.id for question in quiz.questions[::every]}
    # All learners of a notebook share its numbers, so the comparison is for this one learner.
    typed = typed_answers(course, module, variants.CLASS, wrong=wrong)

    sit(course, module, typed.values(), variants.CLASS)
    in_terminal = answers.load(answers.file(course, module), quiz)

    lines = [f'learner = "{variants.CLASS}"']
    lines += [f"{name} = {json.dumps(answer, ensure_ascii=False)}" for name, answer in typed.items()]
    in_file = answers.read("\n".join(lines).encode(), quiz, "file")

    nb = nbformat.v4.new_notebook(cells=notebook.cells(course, module, salt=SALT))
    nb = filled(nb, typed)
    in_notebook = answer_cells.read_answers(nb, quiz)

    sources = [cell.source for cell in nb.cells if cell.cell_type == "code"]
    in_nbgrader = answer_cells.read_sources(sources, quiz)

    results = [
        scoring.score(course, module, variants.CLASS, given, salt=SALT)
        for given in (in_terminal, in_file, in_notebook, in_nbgrader)
    ]
    assert results[0] == results[1] == results[2] == results[3]

    # Both as they are handed in to `winnow grade`: the file by whoever it names, the notebook, which has numbers of its
    # own, by a learner who is called otherwise.
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / answers.FILE).write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "notebook.ipynb").write_text(nbformat.writes(nb), encoding="utf-8")
    quizzes = Quizzes(course, SECRET)
    for learner, path in ((variants.CLASS, tmp_path / "file"), ("kim", tmp_path / "notebook.ipynb")):
        handed_in = read_submission(learner, path, (), quizzes.asked)
        record = quizzes.score(handed_in, quiz_name(module))
        assert [(check.name, check.outcome, check.score, check.misconceptions) for check in record.checks] == [
            (result.question, result.outcome, result.score, result.misconceptions) for result in results[0]
        ]
    for result in results[0]:
        assert (result.outcome == "failed") == (result.question in wrong)
        assert result.why
        assert bool(result.misconceptions) == (result.question in wrong)


def test_numbers_in_cells_may_be_numbers(course):
    quiz = bank.quiz(course, "m06_mlp")
    read = answer_cells.read_sources(["answer_parameters_of_an_mlp = 203_530  # by hand"], quiz)
    assert read.values == {"parameters_of_an_mlp": 203530.0}


def test_the_terminal_asks_only_what_is_not_answered_yet(bundle):
    first = sit(bundle, "m06_mlp", ["b", "", KeyboardInterrupt])
    assert "1 of 7" in first
    assert "3 of 7 · depth" in first
    assert "1 of 7 questions answered, in exercises/m06_mlp/quiz_answers.toml" in first
    second = sit(bundle, "m06_mlp", ["771"])
    assert "shape of a weight" not in second
    assert "2 of 7 · parameters" in second
    assert "2 of 7 questions answered" in second


def test_a_bad_answer_is_asked_for_again_and_going_back_is_possible(bundle):
    shown = sit(bundle, "m06_mlp", ["z", "a", "<", "b"])
    assert "The answer must be one letter of a, b, c, d, not 'z'." in shown
    assert "Your answer so far: a" in shown
    assert 'shape_of_a_weight = "b"' in answers.file(bundle, "m06_mlp").read_text(encoding="utf-8")


def test_without_a_key_answers_are_noted_and_nothing_is_told(bundle):
    shown = sit(bundle, "m05_losses", ["1b 2d 3a", "1", "평균"])
    assert shown.count("Noted.") == 3
    assert "✓" not in shown
    assert "✗" not in shown


def test_with_a_released_key_each_answer_is_explained(course):
    shown = sit(course, "m05_losses", ["1b 2d 3a", "", "평균"])
    assert "✓ 2 of 2" in shown
    assert "✗ 0 of 1" in shown
    assert "outlier draws it along" in shown


def test_a_full_quiz_says_so_and_can_be_asked_again(course):
    typed = typed_answers(course, "m06_mlp", "kim")
    sit(course, "m06_mlp", typed.values())
    assert "All 7 questions of m06_mlp are answered" in sit(course, "m06_mlp", [])
    assert "1 of 7 · shape" in sit(course, "m06_mlp", [], again=True)


def test_the_numbers_are_those_of_the_learner_who_began(bundle):
    sit(bundle, "m05_losses", ["", "1"], "kim")
    assert answers.load(answers.file(bundle, "m05_losses"), bank.quiz(bundle, "m05_losses")).learner == "kim"
    again = sit(bundle, "m05_losses", [""], "someone else", again=True)
    quiz = bank.quiz(bundle, "m05_losses")
    question = quiz.question("share_of_an_outlier")
    drawn = variants.draw(question, "kim", SALT)
    assert drawn != variants.draw(question, "someone else", SALT)
    again = sit(bundle, "m05_losses", [""] * 8, "someone else", again=True)
    assert f"Of {drawn['inliers']} samples" in again


def test_piped_output_has_no_colours_and_no_trailing_spaces(bundle):
    shown = sit(bundle, "m05_losses", [""] * 8)
    assert "\x1b" not in shown
    assert "2  p(y) ∝ exp(-|y - y\N{COMBINING CIRCUMFLEX ACCENT}|)\n" in shown
    assert not [line for line in shown.splitlines() if line.startswith("  ") and line != line.rstrip()]


def test_a_broken_file_of_answers_stops_before_the_first_question(bundle):
    path = answers.file(bundle, "m06_mlp")
    path.write_text("shape_of_a_weight = [b\n", encoding="utf-8")
    with pytest.raises(answers.AnswersError, match=r"exercises/m06_mlp/quiz_answers.toml, line 1"):
        sit(bundle, "m06_mlp", ["a"])
    assert path.read_text(encoding="utf-8") == "shape_of_a_weight = [b\n"


def test_the_record_of_a_quiz(course):
    typed = typed_answers(course, "m06_mlp", "s01", wrong={"shape_of_a_weight"})
    text = "\n".join(f"{name} = {json.dumps(answer)}" for name, answer in typed.items())
    result = scoring.exercise_result(course, "m06_mlp", "s01", text.encode(), salt=SALT)
    assert (result.exercise, result.status, result.score, result.points) == ("m06_mlp_quiz", "graded", 8.0, 9.0)
    assert result.misconceptions == ("weight_in_by_out",)
    first, *rest = result.checks
    assert (first.name, first.visibility, first.outcome, first.score) == ("shape_of_a_weight", "hidden", "failed", 0)
    assert "stored out by in" in first.why
    assert {check.outcome for check in rest} == {"passed"}
    assert {check.why for check in rest} == {""}


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        (None, "not_started", ""),
        (b"# nothing yet\n", "not_started", ""),
        (b"mae_by_hand = [1 2\n", "unreadable", "m05_losses/quiz_answers.toml, line 1"),
    ],
)
def test_what_is_not_there_or_not_readable_is_recorded_as_that(course, content, status, message):
    result = scoring.exercise_result(course, "m05_losses", "s01", content, salt=SALT)
    assert (result.status, result.score, result.points) == (status, 0, 10)
    assert message in result.message


def test_an_answer_of_another_form_earns_nothing_and_is_explained(course):
    result = scoring.exercise_result(course, "m05_losses", "s01", b'mae_by_hand = "much"\n', salt=SALT)
    check = next(check for check in result.checks if check.name == "mae_by_hand")
    assert (check.outcome, check.score) == ("failed", 0)
    assert "line 1, mae_by_hand: the answer must be a number" in check.why


def test_answers_under_another_name_are_scored_with_its_numbers_and_noted(course):
    typed = typed_answers(course, "m05_losses", "kim")
    text = 'learner = "kim"\n' + "\n".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in typed.items())
    result = scoring.exercise_result(course, "m05_losses", "lee", text.encode(), salt=SALT)
    assert result.score == result.points
    assert any("answered as kim" in note for note in result.notes)


def test_a_notebook_has_the_formulas_the_image_and_a_grade_cell_for_each_question(course):
    cells = notebook.cells(course, "m05_losses", salt=SALT)
    nbformat.validate(nbformat.v4.new_notebook(cells=cells))
    text = "\n".join(cell.source for cell in cells)
    assert r"$p(y) \propto \exp(-|y - \hat y|)$" in text
    picture = next(cell for cell in cells if "gradients.png" in cell.get("attachments", {}))
    assert "attachment:gradients.png" in picture.source
    grades = [cell.metadata.nbgrader for cell in cells if "nbgrader" in cell.metadata]
    quiz = bank.quiz(course, "m05_losses")
    assert [grade.points for grade in grades] == [question.points for question in quiz.questions]
    assert all(grade.grade and grade.locked and not grade.solution for grade in grades)
    assert len({grade.grade_id for grade in grades}) == len(grades)


def test_a_notebook_tells_nothing_of_the_key(course):
    text = "\n".join(cell.source for cell in notebook.cells(course, "m05_losses", salt=SALT))
    keys = bank.keys(course, bank.quiz(course, "m05_losses"))
    assert "squared the residuals" not in text
    assert keys["mae_by_hand"].right.formula not in text


def test_a_notebook_with_cells_moved_doubled_and_deleted_keeps_its_answers(course):
    quiz = bank.quiz(course, "m06_mlp")
    nb = nbformat.v4.new_notebook(cells=notebook.cells(course, "m06_mlp", salt=SALT))
    kept = filled(nb, typed_answers(course, "m06_mlp", variants.CLASS))
    cells = [cell for cell in kept.cells if "answer_keeps_the_graph" not in cell.source][::-1]
    cells.append(nbformat.v4.new_code_cell("%matplotlib inline\n!ls\nanswer_shape_of_a_weight = 'a'"))
    read = answer_cells.read_answers({"cells": [*cells, None, {"cell_type": "code", "source": 5}]}, quiz)
    assert read.values["shape_of_a_weight"] == "a"
    assert set(read.values) == {question.id for question in quiz.questions} - {"keeps_the_graph"}
    assert not read.problems


def test_an_answer_that_is_computed_from_a_name_is_that_answers_problem_only(course):
    quiz = bank.quiz(course, "m06_mlp")
    read = answer_cells.read_sources(
        [
            "answer_parameters_of_an_mlp = 784 * width\nanswer_shape_of_a_weight = 'b'",
            "answer_keeps_the_graph = pick()",
        ],
        quiz,
    )
    assert read.values == {"shape_of_a_weight": "b"}
    assert "written out, not computed" in read.problems["parameters_of_an_mlp"]
    assert "written out" in read.problems["keeps_the_graph"]


@pytest.mark.parametrize("behind", ["12 %", "2.5 m", "16,010", "1.625 (rounded)"])
def test_what_stands_behind_a_number_in_a_cell_is_said_to_stand_there(course, behind):
    read = answer_cells.read_sources([f"answer_parameters_of_an_mlp = {behind}"], bank.quiz(course, "m06_mlp"))
    assert "nothing may stand behind it" in read.problems["parameters_of_an_mlp"]


def test_a_cell_counts_before_the_file_beside_the_notebook(course):
    quiz = bank.quiz(course, "m06_mlp")
    cells = answer_cells.read_sources(["answer_shape_of_a_weight = 'b'\nanswer_keeps_the_graph = 7"], quiz)
    beside = answers.read(b'shape_of_a_weight = "a"\nkeeps_the_graph = "ad"\ncolumn_minus_row = 1\n', quiz, "file")
    both = answer_cells.merged(cells, beside)
    assert both.values["shape_of_a_weight"] == "b"
    assert both.values["column_minus_row"] == "1"
    assert set(both.problems) == {"keeps_the_graph"}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("answer_x = 'b'", "b"),
        ('answer_x="a\\"b"  # why', 'a"b'),
        ("answer_x = r'\\d'", "\\d"),
        ("answer_x = '''one\ntwo'''", "one\ntwo"),
        ("answer_x = -1.5e3;", -1500.0),
        ("answer_x = 203_530", 203530),
        ("answer_x = ['a', 'b',]", ["a", "b"]),
        ("answer_x = (\n    'a',  # first\n    'b',\n)", ["a", "b"]),
        ("answer_x = ('a')", "a"),
        ("answer_x = {'a', 'b'}", ["a", "b"]),
        ("answer_x = {1: 'a', '2': 'b'}", {1: "a", "2": "b"}),
        ("answer_x = None  # a letter", None),
        ("answer_x = 784 * 256 + 256  # by hand", 200_960),
        ("answer_x = (1 + 2) / 4;", 0.75),
        ("answer_x = -np.log(1)\nanswer_y = 'b'", 0),
        ("answer_x = 0,875", 0.875),
        ("answer_x = [1, 2]", [1, 2]),
        ("answer_x = 'a', 'b'", ["a", "b"]),
        ("answer_x = 'a',  # one", ["a"]),
        ("answer_x = u'a'", "a"),
        ("answer_x = \u201ca\u201d", "a"),
        ("answer_x: float = 0.5", 0.5),
        ("answer_X = 'a'", "a"),
        ("answer_y = 'b'; answer_x = 'a'", "a"),
        ("answer_y = 1 + 1; answer_x = 7 / 8  # half", 0.875),
        ("answer_x = (1 + 2  # two\n  + 4) / 8\nanswer_y = 'b'", 0.875),
        ("answer_x = (\n  7 / 8\n)", 0.875),
        ("answer_x = 7 / \\\n  8", 0.875),
        ("answer_x = float(max(7 / 8, 0))", 0.875),
        ("answer_x = [False, True]", [False, True]),
        ("answer_x = ...  # later", None),
        ("answer_x = 1\nanswer_x = 2", 2),
        ("x = 'y'\nanswer_x = '중앙값'\nprint(answer_x)", "중앙값"),
    ],
)
def test_what_is_written_out_is_read(source, value):
    assert literals.assignments(source)["x"] == value


@pytest.mark.parametrize(
    "source",
    [
        "answer_x = __import__('os').system('true')",
        "answer_x = 1 + one",
        "answer_x = 1, 2",
        "answer_x = 9**9**9**9",
        "answer_x = 'a' 'b'",
        "answer_x = f'{1}'",
        "answer_x = 'a",
        "answer_x = ['a' 'b']",
        "answer_x = " + "[" * 10_000,
        "answer_x = {['a']: 'b'}",
        "answer_x = {1: 'a', 'b'}",
        "answer_x = True",
        "answer_x =",
        "answer_x = 1 if 2 else 3",
        "answer_x = 'a', b",
        "answer_x = 'a' and 'b'",
        'answer_x = \u201ca"',
        "answer_x = {1: 'a', 1: 'b'}",
        "answer_x = (7 / 8\nanswer_y = 'b'",
        "answer_x = 7 / 8 \\",
        "answer_x = (1 + n\n  ) / 2",
        "answer_x = b",
        "answer_x = False, True",
        "answer_x = " + "9" * 10_000,
    ],
)
def test_what_is_not_written_out_is_refused_and_never_run(source):
    assert isinstance(literals.assignments(source)["x"], literals.LiteralError)


@pytest.mark.parametrize(
    "source", ["if answer_x == 'a': pass", "  answer_x = 1", "answer_x == 1", "# answer_x = 1", "y = answer_x"]
)
def test_what_assigns_nothing_at_the_top_is_no_answer(source):
    assert literals.assignments(source) == {}


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_exception(text):
    literals.assignments(f"answer_x = {text}")


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.recursive(_TEXT | st.integers(-(10**30), 10**30), lambda inner: st.lists(inner, max_size=3), max_leaves=3))
def test_what_json_writes_is_read_back(value):
    read = literals.assignments(f"answer_x = {json.dumps(value, ensure_ascii=False)}")["x"]
    if depth(value) > literals.MAX_DEPTH:
        assert isinstance(read, literals.LiteralError)
    else:
        assert read == value


def depth(value):
    """How deeply lists are nested in a value."""
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


def test_widgets_write_the_file_of_answers(course, tmp_path):
    widgets = pytest.importorskip("winnow.quiz.widgets")
    path = tmp_path / answers.FILE
    rows = widgets.panel("m06_mlp", path, course).children
    by_title = {row.children[0].value.split(". ")[1]: row.children[1:] for row in rows}
    by_title["shape of a weight"][0].value = "b"
    by_title["keeps the graph"][0].value = ("a", "d")
    entry, said = by_title["parameters of an mlp"]
    entry.value = "many"
    assert "must be a number" in said.value
    entry.value = "771"
    assert said.value == "noted"
    read = answers.load(path, bank.quiz(course, "m06_mlp"))
    assert read.learner == variants.CLASS
    assert read.values == {"shape_of_a_weight": "b", "keeps_the_graph": ("a", "d"), "parameters_of_an_mlp": 771.0}
    again = widgets.panel("m06_mlp", path, course).children
    assert again[0].children[1].value == "b"


def test_the_form_of_an_answer_is_said_before_the_first_one(bundle):
    shown = sit(bundle, "m05_losses", [])
    assert shown.index("Answer: a letter of a, b, c, d for each number of 1, 2, 3, such as 1a 2b 3c\n") > 0
    shown = sit(bundle, "m05_losses", [""] * 8)
    for form in (
        "a number such as 0.25 or 1/4, without units",
        "a word or two",
        "one or more letters of a, b, c, d, e, such as ab",
        "one letter of a, b, c, d",
        "all letters of a, b, c, d, e, f in order, such as abcdef",
    ):
        assert f"Answer: {form}\n" in shown


def test_a_dollar_in_code_is_no_formula(bundle):
    shown = sit(bundle, "m02_na_groups", [""] * 8)
    assert "`tapply(df$v, df$k, sum)`" in " ".join(shown.split())
    assert plain(r"`df$v` and $x^2$ and ``a`$b$``") == "`df$v` and x² and ``a`$b$``"


def test_a_long_choice_goes_on_below_its_beginning(bundle):
    shown = io.StringIO()
    ask.run(bundle, "m06_mlp", "kim", Console(file=shown, width=40), lambda _: "", salt=SALT)
    assert "  a  an error, unless the batch has as\n     many samples as the layer has units\n" in shown.getvalue()
