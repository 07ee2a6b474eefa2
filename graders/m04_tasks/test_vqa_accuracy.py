"""Hidden checks of vqa_accuracy."""

import pytest

from winnow.checks import call, judges
from winnow.checks.recipes import asked

VALUE = judges.number(rtol=0.0, atol=1e-9)
WORDS = ["yes", "two", "a red bus", "left", "nobody", "3", "snow"]


def shuffled(rng, answers):
    return [answers[at] for at in rng.permutation(len(answers))]


def counts(rng):
    """Every number of people who agree, the others agreeing among themselves or not."""
    for agree in range(11):
        word = WORDS[agree % 7]
        others = [WORDS[(agree + 1 + at % (1 + agree % 4)) % 7] for at in range(10 - agree)]
        yield call(word, shuffled(rng, [word] * agree + others))


def normalised(rng):
    """Blanks around and case do not count, on either side; so do tabs, line ends and wide blanks; ß is ss."""
    yield call("  Two", shuffled(rng, ["two", "TWO ", "\ttwo\n"] + ["one"] * 7))
    yield call("BUS", shuffled(rng, ["bus", "\u3000Bus\u00a0"] + ["car"] * 8))
    yield call("straße", shuffled(rng, ["STRASSE"] * 2 + ["Straße"] + ["weg"] * 7))
    yield call("σας", shuffled(rng, ["ΣΑΣ"] * 2 + ["no"] * 8))
    yield call("fish", shuffled(rng, ["\ufb01sh"] * 2 + ["no"] * 8))


def among(rng, answer, others):
    """The answer once or twice, so that it does not tell its number, and each of the others, the last often."""
    times = int(rng.integers(1, 3))
    return call(answer, shuffled(rng, [answer] * times + others + others[-1:] * (10 - times - len(others))))


def kept_apart(rng):
    """White space inside, punctuation, articles and Unicode forms make another answer."""
    yield among(rng, "red bus", ["red  bus", "redbus", "a red bus", "red-bus", "the red bus"])
    yield among(rng, "a cup", ["a\ncup", "a\tcup", "a\u00a0cup", "cup"])
    yield among(rng, "yes", ["yes.", "yes!", "'yes'", '"yes"', "yes,"])
    yield among(rng, "caf\u00e9", ["cafe\u0301", "cafe", "tea"])
    # Marks that look alike are others, and what cannot be seen is no white space.
    yield among(rng, "don't", ["don\u2019t", "\ufeffdon't", "dont", "no"])
    yield among(rng, "2", ["two", "2.0", "02"])
    yield among(rng, "dogs", ["dog", "do", "s", "hot dogs"])
    yield among(rng, "dogs?", ["dog", "dog", "dogs", "cats"])
    blanks = int(rng.integers(1, 3))
    yield call("", shuffled(rng, [""] + [" "] * blanks + ["none"] + ["a"] * (8 - blanks)))
    # Two letters that are one only in capitals.
    yield among(rng, "\u0131l\u0131k", ["ilik"])


def untidy(rng):
    yield from counts(rng)
    yield from normalised(rng)


def refused(rng):
    for size in (0, 1, 9, 11, 20):
        yield call("yes", ["yes"] * size)
    # Where nobody agrees, too.
    yield call("yes", ["no"] * 9)
    yield call("yes", ["no"] * 11)
    yield call("yes", ["yes"] * 10)
    yield call("yes", shuffled(rng, ["yes"] * 2 + ["no"] * 8))


SMALL = [
    *(call("a", ["a"] * n + ["b"] * (10 - n)) for n in range(11)), call("a", ["A"] * 2 + ["b"] * 8),
    call("A", ["a"] * 2 + ["b"] * 8), call(" a", ["a "] * 2 + ["b"] * 8), call("ß", ["SS"] * 2 + ["b"] * 8),
    call("a b", ["a b"] * 2 + ["c"] * 8), call("a", ["a."] * 2 + ["b"] * 8), call("a b", ["ab"] * 2 + ["c"] * 8),
    call("\u00e9", ["e\u0301"] * 2 + ["c"] * 8), call("2", ["2.0"] * 2 + ["c"] * 8), call("", [" "] * 2 + ["c"] * 8),
    call("b", ["the b"] * 2 + ["c"] * 8), call("b", ["a b"] * 2 + ["c"] * 8), call("a", ["a b"] * 2 + ["c"] * 8),
    call("\u0131", ["i"] * 2 + ["c"] * 8),
    call("a", ["\u3000a"] * 2 + ["b"] * 8), call("as", ["a"] * 2 + ["c"] * 8), call("ab", ["a"] * 2 + ["c"] * 8),
    call("ab?", ["a"] * 2 + ["c"] * 8), call("a", ['"a"'] * 2 + ["c"] * 8), call("a b", ["a\nb"] * 2 + ["c"] * 8),
    call("fi", ["\ufb01"] * 2 + ["c"] * 8), call("a b", ["a\tb"] * 2 + ["c"] * 8),
    call("a b", ["a\u00a0b"] * 2 + ["c"] * 8), call("a b", ["a-b"] * 2 + ["c"] * 8),
    call("a'b", ["a\u2019b"] * 2 + ["c"] * 8), call("a", ["\ufeffa"] * 2 + ["c"] * 8),
]  # fmt: skip
BAD = [call("a", ["a"] * n) for n in (9, 11, 0, 1, 10)] + [call("a", ["b"] * 9), call("a", ["a"] * 2 + ["b"] * 8)]


@pytest.mark.points(3)
def test_every_number_of_people(vqa_accuracy, agree):
    """each of the ten left out in turn: min(matches among the nine / 3, 1), and the mean of the ten"""
    agree(vqa_accuracy, **asked(counts, SMALL), judge=VALUE)


@pytest.mark.points(1)
def test_case_and_blanks_around(vqa_accuracy, agree):
    """answers match after strip and casefold, on both sides"""
    agree(vqa_accuracy, **asked(normalised, SMALL), judge=VALUE)


@pytest.mark.points(1)
def test_what_makes_another_answer(vqa_accuracy, agree):
    """white space inside, punctuation and Unicode forms are not normalised"""
    agree(vqa_accuracy, **asked(kept_apart, SMALL), judge=VALUE)


@pytest.mark.points(1)
@pytest.mark.edge
def test_the_list_is_left_alone(vqa_accuracy, agree):
    """the list of answers is not changed, nor anything global; the result is a float"""
    small = [call("a", ["b"] * 8 + ["a"] * 2), *SMALL]
    agree(vqa_accuracy, **asked(untidy, small), judge=judges.number(0.0, 1e-9, python=True), unchanged=True, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_any_ten_people(vqa_accuracy, agree):
    """fewer or more than ten answers: ValueError"""
    agree(vqa_accuracy, **asked(refused, BAD), judge=judges.refusal)
