"""The file of answers: read with patience, written without losing anything."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.quiz import answers
from winnow.quiz.answers import AnswersError
from winnow.quiz.question import Question, Quiz

CHOICES = {"a": "x", "b": "y", "c": "z"}
SINGLE = Question("pick", "m", "single", "Pick.", choices=CHOICES)
NUMBER = Question("number", "m", "numeric", "Count.")
WORD = Question("word", "m", "short", "Say.")
PAIRS = Question("pairs", "m", "matching", "Match.", choices={"1": "x", "2": "y"}, matches=CHOICES)
ORDER = Question("order", "m", "ordering", "Sort.", choices=CHOICES)


@pytest.fixture
def quiz(tmp_path):
    return Quiz("m", "A quiz", (SINGLE, NUMBER, WORD, PAIRS, ORDER), tmp_path / "quiz.toml")


@pytest.fixture
def path(tmp_path):
    return tmp_path / answers.FILE


def test_answers_are_read_in_the_forms_that_people_write(path, quiz):
    path.write_text(
        '\ufefflearner = "kim"\r\npick = ["b"]\r\nnumber = 203_530\r\nword = "중앙값"\r\n'
        'order = ["c", "a", "b"]\r\n[pairs]\r\n1 = "a"\r\n2 = "c"\r\n',
        encoding="utf-8",
    )
    read = answers.load(path, quiz)
    assert read.learner == "kim"
    assert not read.problems
    assert not read.notes
    assert read.values == {
        "pick": "b", "number": 203530.0, "word": "중앙값", "pairs": {"1": "a", "2": "c"}, "order": ("c", "a", "b"),
    }  # fmt: skip


def test_answers_without_quotes_are_read_where_they_can_be_meant_one_way_only(path, quiz):
    path.write_text(
        "learner = 김 민준\npick = b)  # sure\nnumber = 7/8\nword=median\npairs = 1) a, 2) c\norder = c > a > b"
    )
    read = answers.load(path, quiz)
    assert (read.learner, read.problems) == ("김 민준", {})
    assert read.values == {
        "pick": "b", "number": 0.875, "word": "median", "pairs": {"1": "a", "2": "c"}, "order": ("c", "a", "b"),
    }  # fmt: skip
    answers.save(path, NUMBER, 2.0, "kim")
    assert answers.load(path, quiz).values == {**read.values, "number": 2.0}


def test_no_file_is_no_answers(path, quiz):
    assert answers.load(path, quiz) == answers.Answers()


def test_one_bad_answer_is_named_with_its_line_and_loses_no_other(path, quiz):
    path.write_text('# mine\npick = "e"\nnumber = 3\nnumbr = 4\nword = ""\n', encoding="utf-8")
    read = answers.load(path, quiz)
    assert read.values == {"number": 3.0}
    assert read.problems == {
        "pick": "m/quiz_answers.toml, line 2, pick: the answer must be one letter of a, b, c, not 'e'"
    }
    assert read.notes == ("m/quiz_answers.toml, line 4, numbr: there is no question numbr",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"pick = b\nword = [a\n", r"m/quiz_answers.toml, line 1: 'pick = b' is not of the form NAME = ANSWER"),
        (b'number = 1\npick = "b\n', r"line 2: 'pick = \"b' is not of the form"),
        (b"number = 1\nnumber = 2\n", r"line 2: 'number = 2' is not|line 2"),
        (b"word = \"a\"\nword2 = '\xff'\n", r"line 2: this is not UTF-8 text; save the file as UTF-8"),
        (b"number = " + b"9" * 5000, r"line 1.*is not of the form"),
        (b"number = " + b"[" * 5000, r"is not of the form"),
        (b"#" * (1 << 21), r"larger than a file of answers can be"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_with_its_line(path, quiz, content, message):
    path.write_bytes(content)
    with pytest.raises(AnswersError, match=message) as raised:
        answers.load(path, quiz)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 400


def test_a_deeply_nested_answer_is_only_that_answers_problem(path, quiz):
    path.write_text(f"pick = {'[' * 150}{']' * 150}\nnumber = 1\n", encoding="utf-8")
    read = answers.load(path, quiz)
    assert read.values == {"number": 1.0}
    assert set(read.problems) == {"pick"}


def test_saving_changes_one_line_and_keeps_the_rest(path):
    before = '# my answers\nlearner = "kim"  # me\nword = """\nlong\nnumber = 7\n"""\npick = "a"\n\n[pairs]\n1 = "a"\n'
    path.write_text(before, encoding="utf-8")
    answers.save(path, SINGLE, "c", "kim")
    assert path.read_text(encoding="utf-8") == before.replace('pick = "a"', 'pick = "c"')
    answers.save(path, WORD, "short", "kim")
    after = path.read_text(encoding="utf-8")
    assert tomllib.loads(after) == {"learner": "kim", "word": "short", "pick": "c", "pairs": {"1": "a"}}
    assert after.startswith("# my answers\n")


def test_saving_never_writes_into_the_text_of_another_answer(path):
    path.write_text('word = """\npick = "a"\n"""\n', encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(AnswersError, match="cannot be written without touching another"):
        answers.save(path, SINGLE, "c", "kim")
    assert path.read_bytes() == before


def test_a_broken_file_is_left_as_it_is(path):
    path.write_text('pick = "b\n', encoding="utf-8")
    with pytest.raises(AnswersError, match="line 1"):
        answers.save(path, SINGLE, "c", "kim")
    assert path.read_text(encoding="utf-8") == 'pick = "b\n'


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(AnswersError, match=r"cannot be written.*not noted"):
        answers.save(tmp_path / "nowhere" / "quiz_answers.toml", SINGLE, "c", "kim")


def test_no_other_file_is_left_behind(path):
    answers.save(path, SINGLE, "c", "kim")
    answers.save(path, NUMBER, 0.25, "kim")
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert path.read_text(encoding="utf-8") == 'learner = "kim"\npick = "c"\nnumber = 0.25\n'


@given(
    word=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip()),
    number=st.floats(-1e99, 1e99),
    learner=st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
)
def test_what_is_saved_is_what_is_read(tmp_path_factory, word, number, learner):
    folder = tmp_path_factory.mktemp("answers")
    quiz = Quiz("m", "A quiz", (NUMBER, WORD, PAIRS, ORDER), folder / "quiz.toml")
    path = folder / answers.FILE
    given_answers = {"word": word.strip(), "number": number, "pairs": {"1": "b", "2": "a"}, "order": ("b", "a", "c")}
    for question in quiz.questions:
        answers.save(path, question, given_answers[question.id], learner)
    read = answers.load(path, quiz)
    assert read.learner == learner
    assert read.values == given_answers


def test_a_key_of_many_dots_is_not_read(quiz):
    with pytest.raises(AnswersError, match=r"line 2: .* has more dots than an answer"):
        answers.read(b"# mine\n" + b"a." * 5000 + b"a = 1\n", quiz, "m/quiz_answers.toml")


def test_of_many_names_of_no_question_a_few_are_told(quiz):
    text = "".join(f"a{number} = 1\n" for number in range(4000))
    notes = answers.read(text.encode(), quiz, "m/quiz_answers.toml").notes
    assert notes[0] == "m/quiz_answers.toml, line 1, a0: there is no question a0"
    assert len(notes) == 6
    assert "3995 more" in notes[-1]


def test_a_name_is_no_longer_than_a_name(quiz):
    found = answers.read(b'learner = "' + b"x" * 5000 + b'"\n', quiz, "m/quiz_answers.toml")
    assert found.learner == ""
    assert "longer" in found.notes[0]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("pick = “b”", "pick", "b"),
        ("pick = \N{LEFT SINGLE QUOTATION MARK}b\N{RIGHT SINGLE QUOTATION MARK}  # sure", "pick", "b"),
        ('pick = "b";', "pick", "b"),
        ('pick = "b",', "pick", "b"),
        ("pick: b", "pick", "b"),
        ('pick: "b"', "pick", "b"),
        ("pick \N{FULLWIDTH EQUALS SIGN} b", "pick", "b"),
        ('PICK = "b"', "pick", "b"),
        ('answer_pick = "b"', "pick", "b"),
        ('"Pick" = "b"', "pick", "b"),
        ("pick =", "pick", None),
        ("pick = # later", "pick", None),
        ("number = 3,", "number", 3.0),
        ("number = 0,875", "number", 0.875),
        ("number = 0,875  # comma", "number", 0.875),
        ("number = 1.234,5", "number", 1234.5),
        ('number = "1 234"', "number", 1234.0),
        ("word = x=False", "word", "x=False"),
        ('word = f("k", x=False)', "word", 'f("k", x=False)'),
        ("order = [c, a, b]", "order", ("c", "a", "b")),
        ('order = "c", "a", "b"', "order", ("c", "a", "b")),
        ("order = (c, a, b)", "order", ("c", "a", "b")),
        ("order = c → a → b", "order", ("c", "a", "b")),
        ('order = [\n  "c",\n  "a",\n  "b",\n]', "order", ("c", "a", "b")),
        ("pairs = 1=a 2=c", "pairs", {"1": "a", "2": "c"}),
        ('pairs = {1: "a", 2: "c"}', "pairs", {"1": "a", "2": "c"}),
        ("pairs = {1: a, 2: c}", "pairs", {"1": "a", "2": "c"}),
        ('pairs = {\n  1 = "a",\n  2 = "c"\n}', "pairs", {"1": "a", "2": "c"}),
        ('pairs.1 = "a"\npairs.2 = "c"', "pairs", {"1": "a", "2": "c"}),
    ],
)
@pytest.mark.parametrize("other", ["", "word2 = plain\n", 'word2 = "broken\n'])
def test_a_line_counts_as_people_write_it_whatever_stands_beside_it(quiz, line, name, value, other):
    """Alone, beside a line without quotes, and beside one that is broken."""
    read = answers.read(f'learner = "kim"\n{other}{line}\n'.encode(), quiz, "sheet")
    assert (read.learner, read.values.get(name), dict(read.problems)) == ("kim", value, {})


@pytest.mark.parametrize(
    "line",
    ['pick = "b', 'pick = b"', 'pick = "b" or "c"', 'pick = "b" // sure', "pick = ['b", "pick = {b", 'pick = "\\x"'],
)
def test_a_broken_line_loses_its_own_question_only(path, quiz, line):
    text = f'learner = "kim"\nnumber = 3\n{line}\nword = "median"\norder = cab\n'
    read = answers.read(text.encode(), quiz, "m/sheet.toml")
    assert read.learner == "kim"
    assert read.values == {"number": 3.0, "word": "median", "order": ("c", "a", "b")}
    assert read.problems["pick"].startswith("m/sheet.toml, line 3, pick: ")
    assert read.problems["pick"].endswith("cannot be read; the answer must be one letter of a, b, c")
    assert answers.named(text.encode()) == "kim"
    # Where an answer is to be written into the file, the line is to be mended first.
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnswersError, match="line 3"):
        answers.load(path, quiz)


def test_a_line_that_is_no_entry_is_told_and_loses_nothing(quiz):
    read = answers.read(b'my answers\npick = "b"\nI hope so\nnumber = 3\n', quiz, "sheet")
    assert (read.values, dict(read.problems)) == ({"pick": "b", "number": 3.0}, {})
    assert read.notes == (
        "sheet, line 1: 'my answers' is not of the form NAME = ANSWER",
        "sheet, line 3: 'I hope so' is not of the form NAME = ANSWER",
    )


@pytest.mark.parametrize("second", ['pick = "c"', "PICK = c", 'answer_pick = "c"', 'pick = "c', '[pick]\n1 = "c"'])
def test_two_answers_to_one_question_are_none(quiz, second):
    read = answers.read(f'pick = "b"\nnumber = 3\n{second}\n'.encode(), quiz, "sheet")
    assert read.values == {"number": 3.0}
    assert "sheet, line 3, " in read.problems["pick"]
    assert answers.read(b'pick = "b"\nPICK = "b"\nnumber = 3\n', quiz, "sheet").values == {"pick": "b", "number": 3.0}


@pytest.mark.parametrize("end", ["", '"""\n'])
def test_where_a_text_goes_over_lines_and_another_is_broken_nothing_is_guessed(quiz, end):
    """A line within a text looks like an answer."""
    with pytest.raises(AnswersError, match="is not of the form"):
        answers.read(f'number = 3\nword = """\npick = "b"\n{end}order = "cab\n'.encode(), quiz, "sheet")


def test_of_two_names_none_is_the_learners(quiz):
    content = b'learner = "kim"\nlearner = "lee"\nnumber = 3\n'
    read = answers.read(content, quiz, "sheet")
    assert (read.learner, answers.named(content), read.values) == ("", "", {"number": 3.0})
    assert "learner is there more than once" in read.notes[0]


def test_an_answer_in_capitals_is_written_over(path):
    path.write_text('# mine\nPICK = "a"\nnumber = 3\n', encoding="utf-8")
    answers.save(path, SINGLE, "b", "kim")
    assert path.read_text(encoding="utf-8") == 'learner = "kim"\n# mine\npick = "b"\nnumber = 3\n'
