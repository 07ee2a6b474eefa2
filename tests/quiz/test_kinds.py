"""How each kind of question is answered and marked."""

import pytest

from winnow.quiz.kinds import KINDS
from winnow.quiz.question import AnswerError, Question, QuizError
from winnow.quiz.table import TomlTable

CHOICES = {"a": "one", "b": "two", "c": "three", "d": "four"}


def question(kind, **entries):
    return Question(id="q", module="m", kind=kind, text="Which?", **entries)


def keyed(kind, key, **entries):
    asked = question(kind, **entries)
    entry = TomlTable(key, "solutions/m/quiz.toml: q")
    read = KINDS[kind].read_key(asked, entry)
    entry.done()
    return asked, read


def mark(pair, raw, values=None):
    asked, key = pair
    kind = KINDS[asked.kind]
    return kind.mark(asked, key, kind.parse(asked, raw), values or {})


@pytest.fixture
def single():
    reasons = {label: {"id": f"took_{label}", "why": f"why {label}"} for label in "acd"}
    return keyed("single", {"answer": "b", "choices": {**reasons, "b": {"why": "right"}}}, choices=CHOICES)


@pytest.fixture
def multiple():
    choices = {
        "a": {"why": "A"},
        "c": {"why": "C"},
        "b": {"id": "took_b", "why": "B"},
        "d": {"id": "took_d", "why": "D"},
    }
    return keyed("multiple", {"answer": ["a", "c"], "choices": choices}, choices=CHOICES)


@pytest.fixture
def numeric():
    wrong = [{"id": "squared", "formula": "(x - y)**2", "why": "You squared."}]
    key = {"formula": "abs(x - y)", "tolerance": 0.01, "why": "right", "wrong": wrong}
    return keyed("numeric", key, draw={"x": (1, 2), "y": (5, 7)})


@pytest.fixture
def ordering():
    links = [("b", "a"), ("a", "d"), ("c", "d")]
    tables = [{"first": x, "then": y, "id": f"{y}_before_{x}", "why": f"{x} before {y}"} for x, y in links]
    return keyed("ordering", {"why": "right", "links": tables}, choices=CHOICES)


@pytest.fixture
def matching():
    pairs = {
        number: {"answer": letter, "id": f"missed_{number}", "why": f"why {number}"}
        for number, letter in {"1": "b", "2": "c", "3": "a"}.items()
    }
    return keyed("matching", {"why": "right", "pairs": pairs}, choices={"1": "x", "2": "y", "3": "z"}, matches=CHOICES)


@pytest.fixture
def short():
    wrong = [{"answers": ["mean", "평균"], "id": "mean", "why": "Outliers draw it along."}]
    return keyed("short", {"accepted": ["median", "중앙값"], "why": "right", "wrong": wrong})


@pytest.fixture
def output():
    wrong = [{"prints": "(3,)", "id": "no_table", "why": "It is a table."}]
    return keyed("output", {"prints": "(3, 3)", "why": "right", "wrong": wrong}, code="print((3, 3))")


@pytest.mark.parametrize(
    "raw", ["b", "B", " b ", "\N{FULLWIDTH LATIN SMALL LETTER B}", ["b"], "b)", "(b)", "B.", "[b]", "'b'", ["b)"]]
)
def test_a_letter_is_taken_however_it_is_written(single, raw):
    assert mark(single, raw).share == 1


def test_a_wrong_choice_names_its_misconception(single):
    marked = mark(single, "c")
    assert (marked.share, marked.misconceptions, marked.why) == (0, ("took_c",), "why c")


@pytest.mark.parametrize("raw", ["e", "ab", "", 1, True, None, {"a": "b"}, ["a", "b"], "b" * 5000, "b or c", "not b"])
def test_what_is_no_letter_of_the_question_is_refused_with_the_expected_form(single, raw):
    with pytest.raises(AnswerError, match="must be one letter of a, b, c, d, not"):
        mark(single, raw)


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        ("ac", 1),
        ("a, c", 1),
        ("a and c", 1),
        ("(A) & (C)", 1),
        ("a), and c)", 1),
        (["a.", "c."], 1),
        (["c", "a"], 1),
        ({"a", "c"}, 1),
        ("a", 0.5),
        ("abc", 0.5),
        ("ab", 0),
        ("bd", 0),
    ],
)
def test_multiple_choice_is_right_minus_wrong(multiple, raw, share):
    assert mark(multiple, raw).share == share


@pytest.mark.parametrize("raw", ["a-c", "a..c", "a to c", "a/c", "all", "not a"])
def test_what_may_be_several_answers_is_refused(multiple, raw):
    with pytest.raises(AnswerError, match="must be one or more letters"):
        mark(multiple, raw)


def test_choosing_everything_earns_nothing_even_where_most_is_right():
    reasons = {"a": {"why": "A"}, "b": {"why": "B"}, "c": {"why": "C"}, "d": {"id": "took_d", "why": "D"}}
    pair = keyed("multiple", {"answer": ["a", "b", "c"], "choices": reasons}, choices=CHOICES)
    assert mark(pair, "abcd").share == 0


def test_each_wrong_choice_of_several_is_named(multiple):
    marked = mark(multiple, "bd")
    assert marked.misconceptions == ("took_b", "took_d")
    assert "b: B" in marked.why
    assert "d: D" in marked.why


@pytest.mark.parametrize(
    "raw",
    [
        4,
        4.0,
        "4",
        " 4.0 ",
        "4e0",
        "\N{FULLWIDTH DIGIT FOUR}",
        "4.009",
        "+4",
        "8/2",
        "2**2",
        "4,0",
        "0,4e1",
        "sqrt(16)",
        "2*(1 + 1)",
        "\N{MINUS SIGN}4 + 8",
        "8÷2",
        "-np.log(0.018316)",
    ],
)
def test_a_number_within_the_tolerance_is_right(numeric, raw):
    assert mark(numeric, raw, {"x": 1, "y": 5}).share == 1


def test_a_typeset_minus_is_a_minus():
    assert KINDS["numeric"].parse(question("numeric"), "\N{MINUS SIGN}2.5") == -2.5


def test_a_wrong_number_names_the_route_that_leads_to_it(numeric):
    marked = mark(numeric, 16, {"x": 1, "y": 5})
    assert (marked.share, marked.misconceptions, marked.why) == (0, ("squared",), "You squared.")


def test_a_number_from_nowhere_earns_nothing_and_names_nothing(numeric):
    marked = mark(numeric, 99, {"x": 1, "y": 5})
    assert (marked.share, marked.misconceptions) == (0, ())


def test_a_number_that_was_rounded_too_early_is_told_so(numeric):
    assert "more digits" in mark(numeric, 4.05, {"x": 1, "y": 5}).why


@pytest.mark.parametrize(
    "raw",
    [
        "four",
        "1,000",
        "12,345",
        "1,2,3",
        "2^2",
        "50%",
        "1/0",
        "(-1)**0.5",
        "9**9**9**9",
        "4 cm",
        "x",
        "abs",
        "(" * 99,
        "nan",
        "inf",
        float("nan"),
        float("inf"),
        10**400,
        True,
        [4],
        "9" * 199,
        "9" * 999,
        "1e999",
    ],
)
def test_what_is_no_plain_number_is_refused(numeric, raw):
    with pytest.raises(AnswerError, match=r"a number such as 0.25 or 1/4"):
        mark(numeric, raw)


@pytest.mark.parametrize("raw", ["bacd", "bcad", "cbad", "b a c d", ["b", "c", "a", "d"], "b > a > c > d"])
def test_every_order_that_fits_a_partial_order_is_right(ordering, raw):
    assert mark(ordering, raw).share == 1


def test_an_order_earns_by_its_pairs(ordering):
    # Determined are ba, ad, cd and, through a, bd: one of four the wrong way round is 1 - 2/4.
    marked = mark(ordering, "abcd")
    assert (marked.share, marked.misconceptions, marked.why) == (0.5, ("a_before_b",), "b before a")
    assert mark(ordering, "dabc").share == 0


@pytest.mark.parametrize("raw", ["abc", "abcc", "abcde", {"a", "b", "c", "d"}, 1234])
def test_an_order_needs_every_letter_once(ordering, raw):
    with pytest.raises(AnswerError, match="all letters of a, b, c, d in order"):
        mark(ordering, raw)


def test_an_order_that_goes_round_is_refused():
    links = [{"first": x, "then": y, "id": "i", "why": "w"} for x, y in ("ab", "bc", "cd", "da")]
    with pytest.raises(QuizError, match="round in a circle"):
        keyed("ordering", {"why": "w", "links": links}, choices=CHOICES)


@pytest.mark.parametrize(
    "raw", ["1b 2c 3a", "1b2c3a", "1-b, 2-c, 3-a", "3=a 1=b 2=c", "bca", {"1": "b", 2: "C", 3: "a"}]
)
def test_pairs_are_taken_however_they_are_written(matching, raw):
    assert mark(matching, raw).share == 1


@pytest.mark.parametrize(("raw", "share"), [("1b 2c 3d", 0.5), ("1b 2a 3c", 0), ("bbb", 0), ("aaa", 0)])
def test_one_right_pair_is_what_guessing_gives_and_earns_nothing(matching, raw, share):
    assert mark(matching, raw).share == share


def test_each_missed_pair_is_named(matching):
    assert mark(matching, "1b 2a 3c").misconceptions == ("missed_2", "missed_3")


@pytest.mark.parametrize("raw", ["1b 2c", "1b 2c 3e", "1b 1c 2a 3a", "1b 2c 3a 4d", {1: 2}, 5, {"b", "c", "a"}])
def test_pairs_that_do_not_fit_are_refused(matching, raw):
    with pytest.raises(AnswerError, match="a letter of a, b, c, d for each number of 1, 2, 3"):
        mark(matching, raw)


@pytest.mark.parametrize("raw", ["median", " Median ", "MEDIAN.", "'median'", "중앙값", "중앙 값"])
def test_a_short_text_is_compared_without_case_width_space_and_quotes(short, raw):
    assert mark(short, raw).share == 1


def test_korean_typed_in_single_jamo_is_the_same_text(short):
    decomposed = "\u110c\u116e\u11bc\u110b\u1161\u11bc\u1100\u1161\u11b9"
    assert mark(short, decomposed).share == 1


def test_a_known_wrong_text_names_its_misconception(short):
    assert mark(short, "평균").misconceptions == ("mean",)
    assert mark(short, "mode").misconceptions == ()


@pytest.mark.parametrize("raw", ["", "  ", None, True, ["median"], "m" * 3000, "\ud800"])
def test_what_is_no_text_is_refused(short, raw):
    with pytest.raises(AnswerError, match="a short text in quotes"):
        mark(short, raw)


@pytest.mark.parametrize(("raw", "share"), [("(3, 3)", 1), ("(3,3)", 1), (" ( 3, 3 )\n", 1), ("(33)", 0), ("3 3", 0)])
def test_printed_space_counts_only_between_words(output, raw, share):
    assert mark(output, raw).share == share


def test_a_reason_for_every_choice_is_asked_for():
    with pytest.raises(QuizError, match="q: choices has no b"):
        keyed("single", {"answer": "a", "choices": {"a": {"why": "w"}}}, choices={"a": "x", "b": "y"})


def test_a_wrong_choice_without_a_misconception_is_refused():
    reasons = {"a": {"why": "w"}, "b": {"why": "w"}}
    with pytest.raises(QuizError, match="choices: b has no id"):
        keyed("single", {"answer": "a", "choices": reasons}, choices={"a": "x", "b": "y"})


@pytest.mark.parametrize("kind", ["single", "multiple", "numeric", "ordering", "matching", "short", "output"])
def test_every_kind_gives_all_points_for_its_own_best_answer(kind, request):
    asked, key = request.getfixturevalue(kind)
    values = {"x": 1, "y": 5}
    best = KINDS[kind].best(asked, key, values)
    assert KINDS[kind].mark(asked, key, KINDS[kind].parse(asked, best), values).share == 1
