"""Hidden checks of groupby_na."""

import groupby_na_inputs as inputs
import groupby_na_small as small
import numpy as np
import pandas as pd
import pytest
from groupby_na_judge import judge

from winnow.checks import call

INF = float("inf")
WORDS = [
    *("", " a", "0", "10", "2", "<NA>", "A", "N/A", "NA", "NaN", "NaT", "None"),
    *("a", "a ", "b", "missing", "nan", "null", "unknown"),
]


def one_key(rng):
    """Keys of several kinds, with rows that have none, and without any."""
    yield call(inputs.mixed_gaps(rng), ["place"], "amount")
    yield call(inputs.one_key(rng, "float", 2, names=("온도", "rain")), "온도", "rain", keep_na=False)
    yield call(inputs.doubled(rng, "date", missing=3), "place", "amount")
    whole = inputs.one_key(rng, "integer", missing=0)
    yield call(whole.assign(amount=-1 - rng.permutation(len(whole))), "place", "amount")


@pytest.mark.points(1)
def test_groups_of_one_key(groupby_na, agree):
    """the groups of one key of any kind: sorted, and without the rows that have no key"""
    agree(groupby_na, on=one_key, small=small.one_key, judge=judge)


def kept(rng):
    """Gaps as a group: gaps of every kind in one column, one, some, none, and nothing else."""
    yield call(inputs.mixed_gaps(rng), ["place"], "amount", keep_na=True)
    yield call(inputs.one_key(rng, "float", missing=1), "place", "amount", keep_na=True)
    yield call(inputs.one_key(rng, "date", missing=3), "place", "amount", keep_na=True)
    yield call(inputs.one_key(rng, "nullable", missing=0), "place", "amount", keep_na=True)
    nothing = pd.DataFrame({"place": [np.nan] * 3, "amount": inputs.values(rng, 3)})
    yield call(nothing, "place", "amount", keep_na=True)


@pytest.mark.points(1)
def test_missing_keys_as_a_group(groupby_na, agree):
    """keep_na=True: missing keys, where there are any, are one group, the last"""
    agree(groupby_na, on=kept, small=small.kept, judge=judge)


def several_keys(rng):
    """Two keys, then three, with gaps in either and in both; and two with gaps in the second alone."""
    yield call(inputs.several_keys(rng), ["group", "level"], "score")
    yield call(inputs.several_keys(rng, groups="string"), ["level", "half", "group"], "score", keep_na=True)
    frame = inputs.several_keys(rng, "second", groups="datetime64[ns]", levels="Int64")
    yield call(frame, ["group", "level"], "score", keep_na=False)


@pytest.mark.points(1)
def test_groups_of_several_keys(groupby_na, agree):
    """several keys: a row is left out, or kept, when any of its keys is missing"""
    agree(groupby_na, on=several_keys, small=small.two_keys, judge=judge)


def missing_values(rng):
    """Gaps and zeros among the values, in columns of three dtypes."""
    yield call(inputs.gappy(rng, "float64"), "kind", "amount")
    yield call(inputs.gappy(rng, "Int64"), "kind", "amount", keep_na=True)
    yield call(inputs.gappy(rng, "Float64"), ["half", "kind"], "amount")


@pytest.mark.points(1)
def test_missing_values(groupby_na, agree):
    """missing values remove no row: size counts them, count, sum and mean pass over them; 0 is a value"""
    agree(groupby_na, on=missing_values, small=small.missing_values, judge=judge)


def odd_labels(rng):
    """Keys that look missing, look equal, or sort otherwise as text."""
    numbers = [-1, 0, 1, 2, 10, 999]
    for labels, dtype, keep_na in ((WORDS, None, True), (WORDS, "string", False), (numbers, "Int64", True)):
        cells = inputs.labelled(labels, missing=2, sizes=(1, 2))
        frame = pd.DataFrame({"code": inputs.column(cells, dtype), "n": inputs.values(rng, len(cells))})
        frame = inputs.shuffled(rng, frame, [len(cells) - 3])
        yield call(frame, "code", "n", keep_na=keep_na)


@pytest.mark.points(1)
def test_labels_stay_what_they_are(groupby_na, agree):
    """a key is its own label: 'nan', 'None', '' and 0 are ordinary keys, and numbers sort as numbers"""
    agree(groupby_na, on=odd_labels, small=small.odd_labels, judge=judge)


def categories(rng):
    """Categories of text and of numbers, ordered and not, some of which do not occur."""
    cells = inputs.labelled(["small", "large", "giant"], missing=2)
    fit = pd.Categorical(cells, categories=("small", "middle", "large", "giant"))
    frame = pd.DataFrame({"fit": fit, "price": inputs.values(rng, len(cells))})
    yield call(inputs.shuffled(rng, frame, [cells.index("large")]), "fit", "price", keep_na=True)
    cells = inputs.labelled([3, 1, 20], missing=2)
    sides = ["l" if at % 3 else "r" for at in range(len(cells))]
    frame = pd.DataFrame(
        {
            "grade": pd.Categorical(cells, categories=[7, 3, 1, 20], ordered=True),
            "side": pd.Categorical(sides, categories=["l", "m", "r"]),
            "price": inputs.values(rng, len(cells)),
        }
    )
    frame = inputs.shuffled(rng, frame, [cells.index(20)])
    yield call(frame, ["grade", "side"], "price")


@pytest.mark.edge
@pytest.mark.points(0.5)
def test_categories(groupby_na, agree):
    """of a categorical key only the categories that occur, in their own order where they have one"""
    agree(groupby_na, on=categories, small=small.categories, judge=judge)


def unknown_columns(rng):
    """Columns that are not there, and some that are."""
    frame = inputs.several_keys(rng, "neither")[:5]
    yield call(frame, ["half", "group"], "score")
    yield call(frame, "size", "score", keep_na=True)
    yield call(frame, ["group", "place"], "score")
    yield call(frame, "group", "amount", keep_na=True)
    # In a frame without rows, too.
    yield call(frame[:0], ["group", "place"], "score")
    yield call(frame[:0], "group", "amount", keep_na=True)


@pytest.mark.edge
@pytest.mark.points(0.5)
def test_unknown_columns(groupby_na, agree):
    """an unknown column, as key or as value: KeyError"""
    agree(groupby_na, on=unknown_columns, small=small.unknown_columns, judge=judge)


def empty_results(rng):
    """No rows at all, or none that belongs to a group, beside a table with groups."""
    frame = inputs.several_keys(rng, "neither")[:5]
    yield call(frame, "group", "score")
    yield call(frame[:0], ["group", "level"], "score", keep_na=True)
    yield call(pd.DataFrame(columns=["group", "score"]), "group", "score")
    yield call(frame.assign(level=np.nan), "level", "score")


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_empty_results(groupby_na, agree):
    """no rows, or none with a key: an empty result with the four columns"""
    agree(groupby_na, on=empty_results, small=small.empty_results, judge=judge)


def infinities(rng):
    """Infinite values, and infinity as a key."""
    frame = inputs.one_key(rng, "float", missing=1)
    rows = [int(np.flatnonzero(frame["place"] == label)[0]) for label in (2.25, 10.0)]
    frame.loc[rows, "amount"] = [INF, -INF]
    yield call(frame.assign(place=frame["place"].replace({-1.5: -INF, 11.5: INF})), "place", "amount")


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_infinity(groupby_na, agree):
    """infinity is a number, not something missing"""
    agree(groupby_na, on=infinities, small=small.infinities, judge=judge)


def changes(rng):
    """Tables in which whatever is filled, dropped, sorted, renamed or added would be seen."""
    yield call(inputs.gappy(rng, "float64"), "kind", "amount")
    yield call(inputs.gappy(rng, "float64"), ["kind", "half"], "amount", keep_na=True)


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_the_table_stays_as_it_is(groupby_na, agree):
    """df and the list of keys are not changed"""
    agree(groupby_na, on=changes, small=small.changes, judge=judge, unchanged=True)


def row_labels(rng):
    """Row labels that run backwards, and texts in two levels that repeat."""
    frame = inputs.one_key(rng, "text", missing=2)
    rows = np.arange(len(frame))
    yield call(frame.set_axis(rows[::-1]), "place", "amount", keep_na=True)
    texts = pd.MultiIndex.from_arrays([[f"row {row % 4}" for row in rows], rows // 5])
    yield call(frame.set_axis(texts), "place", "amount")


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_rows_with_labels_of_their_own(groupby_na, agree):
    """what the rows of df are labelled does not matter"""
    agree(groupby_na, on=row_labels, small=small.row_labels, judge=judge)
