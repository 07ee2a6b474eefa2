"""How each kind of question is answered and marked."""

import contextlib

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
    "raw",
    [
        "b",
        "B",
        " b ",
        "\N{FULLWIDTH LATIN SMALL LETTER B}",
        ["b"],
        "b)",
        "(b)",
        "B.",
        "[b]",
        "'b'",
        ["b)"],
        "“b”",
        "「b」",
        "Answer: B",
        "answer b",
        "the answer is b",
        "option B",
        "정답: b",
        "정답은 b",
        "b번",
        "{b}",
    ],
)
def test_a_letter_is_taken_however_it_is_written(single, raw):
    assert mark(single, raw).share == 1


def test_a_wrong_choice_names_its_misconception(single):
    marked = mark(single, "c")
    assert (marked.share, marked.misconceptions, marked.why) == (0, ("took_c",), "why c")


@pytest.mark.parametrize(
    "raw",
    [
        "e",
        "ab",
        "",
        1,
        True,
        None,
        {"a": "b"},
        ["a", "b"],
        "b" * 5000,
        "b or c",
        "not b",
        "b, because c",
        "b?",
        "b/c",
        "answer",
    ],
)
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
        (["a, c"], 1),
        (["ac"], 1),
        ("{a, c}", 1),
        ("a und c", 1),
        ("a와 c", 1),
        ("a、c", 1),
        ("a·c", 1),
        ("answers: a, c", 1),
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


@pytest.mark.parametrize(
    "raw", ["a-c", "a\N{EN DASH}c", "a..c", "a to c", "a/c", "a|c", "a or c", "all", "not a", "a, not c", ["a", "c?"]]
)
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
        "2²",
        "4⁰ + 3",
        "3½ + ½",
        "40 * 10⁻¹",
        "“4”",
        "`4.00`",
        "$4$",
        "= 4",
        "≈4",
        "4,",
        "4.0;",
    ],
)
def test_a_number_within_the_tolerance_is_right(numeric, raw):
    assert mark(numeric, raw, {"x": 1, "y": 5}).share == 1


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("1½", 1.5),
        ("-2 ¼", -2.25),
        ("203 530", 203_530),
        ("203\N{NO-BREAK SPACE}530", 203_530),
        ("203\N{RIGHT SINGLE QUOTATION MARK}530", 203_530),
        ("1,179,648", 1_179_648),
        ("1.179.648", 1_179_648),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("-1,234,567.25", -1_234_567.25),
        ("1.234", 1.234),
    ],
)
def test_a_number_is_read_as_it_is_printed(raw, number):
    assert KINDS["numeric"].parse(question("numeric"), raw) == number


@pytest.mark.parametrize("raw", ["0 875", "1 2", "12 34", "1,234,56", "1 234 56", "0·875", "1,234 567", "1.2.3"])
def test_a_number_in_pieces_is_refused(raw):
    with pytest.raises(AnswerError, match=r"a number such as 0.25 or 1/4"):
        KINDS["numeric"].parse(question("numeric"), raw)


def test_a_comma_that_may_mean_two_things_is_named():
    with pytest.raises(AnswerError, match="not '12,345', which may have a decimal comma, or its thousands parted"):
        KINDS["numeric"].parse(question("numeric"), "12,345")


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


@pytest.mark.parametrize(
    "raw",
    [
        "bacd",
        "bcad",
        "cbad",
        "b a c d",
        ["b", "c", "a", "d"],
        "b > a > c > d",
        ["bacd"],
        "b → a → c → d",
        "b => a => c => d",
        "b-a-c-d",
        "b \N{EN DASH} a \N{EN DASH} c \N{EN DASH} d",
        "b|a|c|d",
        "b, then a, then c, then d",
        "1. b 2. a 3. c 4. d",
        "1b 2a 3c 4d",
        "4d 3c 2a 1b",
        "b=1 a=2 c=3 d=4",
        {"1": "b", "2": "a", "3": "c", "4": "d"},
        {"b": 1, "a": 2, "c": 3, "d": 4},
    ],
)
def test_every_order_that_fits_a_partial_order_is_right(ordering, raw):
    assert mark(ordering, raw).share == 1


def test_an_order_earns_by_its_pairs(ordering):
    # Determined are ba, ad, cd and, through a, bd: one of four the wrong way round is 1 - 2/4.
    marked = mark(ordering, "abcd")
    assert (marked.share, marked.misconceptions, marked.why) == (0.5, ("a_before_b",), "b before a")
    assert mark(ordering, "dabc").share == 0


@pytest.mark.parametrize(
    "raw",
    [
        "abc",
        "abcc",
        "abcde",
        {"a", "b", "c", "d"},
        1234,
        "b < a < c < d",
        "d <- c <- a <- b",
        "b/a/c/d",
        "b-a|c-d",
        "1b 2a 3c",
        "1b 2a 3c 5d",
        "1b 1a 3c 4d",
        "2b 3a 4c 5d",
        "a-d",
    ],
)
def test_an_order_needs_every_letter_once(ordering, raw):
    with pytest.raises(AnswerError, match="all letters of a, b, c, d in order"):
        mark(ordering, raw)


def test_an_order_that_goes_round_is_refused():
    links = [{"first": x, "then": y, "id": "i", "why": "w"} for x, y in ("ab", "bc", "cd", "da")]
    with pytest.raises(QuizError, match="round in a circle"):
        keyed("ordering", {"why": "w", "links": links}, choices=CHOICES)


@pytest.mark.parametrize(
    "raw",
    [
        "1b 2c 3a",
        "1b2c3a",
        "1-b, 2-c, 3-a",
        "3=a 1=b 2=c",
        "bca",
        {"1": "b", 2: "C", 3: "a"},
        "1 → b, 2 → c, 3 → a",
        "1 \N{EN DASH} b 2 \N{EN DASH} c 3 \N{EN DASH} a",
        "1b | 2c | 3a",
        "1b/2c/3a",
        "1b and 2c and 3a",
        "(1,b) (2,c) (3,a)",
        "b1 c2 a3",
        "b=1, c=2, a=3",
        "1번 b, 2번 c, 3번 a",
        "1은 b, 2는 c, 3은 a",
        "①b ②c ③a",
        "{1: b, 2: c, 3: a}",
        ["1b", "2c", "3a"],
        [[1, "b"], [2, "c"], [3, "a"]],
        {"b": 1, "c": 2, "a": 3},
        "1 is b, 2 is c, 3 is a",
    ],
)
def test_pairs_are_taken_however_they_are_written(matching, raw):
    assert mark(matching, raw).share == 1


@pytest.mark.parametrize(("raw", "share"), [("1b 2c 3d", 0.5), ("1b 2a 3c", 0), ("bbb", 0), ("aaa", 0)])
def test_one_right_pair_is_what_guessing_gives_and_earns_nothing(matching, raw, share):
    assert mark(matching, raw).share == share


def test_each_missed_pair_is_named(matching):
    assert mark(matching, "1b 2a 3c").misconceptions == ("missed_2", "missed_3")


@pytest.mark.parametrize(
    "raw",
    [
        "1b 2c",
        "1b 2c 3e",
        "1b 1c 2a 3a",
        "1b 2c 3a 4d",
        {1: 2},
        5,
        {"b", "c", "a"},
        "1b 2c 3a or 3d",
        "1b/d 2c 3a",
        "11b 2c 3a",
        "1b 2c 3a 3a",
        "b1 c1 a3",
        [[1, "b"], [1, "c"], [3, "a"]],
        "1b 2c 3ad",
        {"b": 1, "c": 2, "a": True},
        "b < c < a",
    ],
)
def test_pairs_that_do_not_fit_are_refused(matching, raw):
    with pytest.raises(AnswerError, match="a letter of a, b, c, d for each number of 1, 2, 3"):
        mark(matching, raw)


@pytest.mark.parametrize(
    "raw",
    [
        "median",
        " Median ",
        "MEDIAN.",
        "'median'",
        "“median”",
        "(median)",
        "answer: median",
        "답은 중앙값",
        "median!",
        "중앙값",
        "중앙 값",
    ],
)
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


@pytest.mark.parametrize("raw", ["'(3, 3)'", '"(3, 3)"', "`(3, 3)`", "“(3, 3)”"])
def test_quotes_around_what_is_printed_do_not_count(output, raw):
    assert mark(output, raw).share == 1


def test_quotes_that_are_printed_count():
    pair = keyed("output", {"prints": "'a'", "why": "w"}, code="print(repr('a'))")
    assert [mark(pair, raw).share for raw in ("'a'", "`'a'`", "a", '"a"')] == [1, 1, 0, 0]
    wrong = [{"prints": "'a'", "id": "repr_for_str", "why": "w"}]
    pair = keyed("output", {"prints": "a", "why": "w", "wrong": wrong}, code="print('a')")
    assert mark(pair, "'a'").misconceptions == ("repr_for_str",)


def test_quotes_inside_a_short_text_count():
    pair = keyed("short", {"why": "w", "accepted": ["f('k', x=False)", "x=False"]})
    assert mark(pair, 'f("k", x=False)').share == 1
    assert mark(pair, "'x=False'").share == 1
    assert mark(pair, "x='False'").share == 0


@pytest.mark.parametrize("kind", ["single", "multiple", "numeric", "ordering", "matching", "short", "output"])
@pytest.mark.parametrize(
    "piece", ["a", "1", "1a", "a1", "a-", "a ", " ", "(", "1.", '"', "and ", "answer ", "½", "⁹", "1,", "{"]
)
def test_an_answer_of_all_there_is_earns_nothing(kind, piece, request):
    pair = request.getfixturevalue(kind)
    for raw in (piece * (2000 // len(piece)), piece * 60, [piece] * 500, {piece * n: piece for n in range(1, 40)}):
        with contextlib.suppress(AnswerError):
            assert mark(pair, raw, {"x": 1, "y": 5}).share == 0 or kind == "multiple"


@pytest.mark.parametrize(("raw", "share"), [([3, 4], 1), ([3.0, 4], 0), (["3", "4"], 1), ([], None), ([[3]], None)])
def test_a_list_is_what_is_printed_with_commas_between(raw, share):
    pair = keyed("output", {"prints": "3 4", "also": ["3, 4"], "why": "w"}, code="print(3, 4)")
    if share is None:
        with pytest.raises(AnswerError, match="the printed text"):
            mark(pair, raw)
    else:
        assert mark(pair, raw).share == share


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
