"""Hidden checks of groupby_na."""

import groupby_na_inputs as inputs
import numpy as np
import pandas as pd
import pytest
from groupby_na_inputs import frames, rows, small, table
from groupby_na_judge import judge
from hypothesis import strategies as st

from winnow.checks import call

INF = float("inf")
WORDS = [
    *("", " a", "0", "10", "2", "<NA>", "A", "N/A", "NA", "NaN", "NaT", "None"),
    *("a", "a ", "b", "missing", "nan", "null", "unknown"),
]


def asked(on, examples):
    """What `agree` is told in every check."""
    return {"on": on, "small": lambda: examples, "judge": judge}


@pytest.mark.points(1)
def test_groups_of_one_key(groupby_na, agree):
    """the groups of one key of any kind: sorted, and without the rows that have no key"""

    def on(rng):
        yield call(inputs.mixed_gaps(rng), ["place"], "amount")
        yield call(inputs.one_key(rng, "float", 2, names=("온도", "rain")), "온도", "rain", keep_na=False)
        yield call(inputs.doubled(rng, "date", missing=3), "place", "amount")
        whole = inputs.one_key(rng, "integer", missing=0)
        yield call(whole.assign(amount=-1 - rng.permutation(len(whole))), "place", "amount")

    agree(groupby_na, **asked(on, small(inputs.of_any_kind((1, 2.5, 0.125)), keep_na=False)))


@pytest.mark.points(1)
def test_missing_keys_as_a_group(groupby_na, agree):
    """keep_na=True: missing keys, where there are any, are one group, the last"""

    def on(rng):
        """Gaps of every kind in one column, one, some, none, and nothing else."""
        yield call(inputs.mixed_gaps(rng), ["place"], "amount", keep_na=True)
        for kind, missing in (("float", 1), ("date", 3), ("nullable", 0)):
            yield call(inputs.one_key(rng, kind, missing), "place", "amount", keep_na=True)
        nothing = pd.DataFrame({"place": [np.nan] * 3, "amount": inputs.values(rng, 3)})
        yield call(nothing, "place", "amount", keep_na=True)

    agree(groupby_na, **asked(on, small(inputs.of_any_kind((1, 2, 0.125)), keep_na=True)))


@pytest.mark.points(1)
def test_groups_of_several_keys(groupby_na, agree):
    """several keys: a row is left out, or kept, when any of its keys is missing"""

    def on(rng):
        yield call(inputs.several_keys(rng), ["group", "level"], "score")
        yield call(inputs.several_keys(rng, groups="string"), ["level", "half", "group"], "score", keep_na=True)
        frame = inputs.several_keys(rng, "second", groups="datetime64[ns]", levels="Int64")
        yield call(frame, ["group", "level"], "score", keep_na=False)

    # Three rows, because pandas takes a list as long as the table for labels.
    cells = rows(("a", "b", None), (2, 10, None), (1, 0.125), least=3, most=3)
    agree(groupby_na, **asked(on, small(cells.map(lambda cells: table(cells, "k", "m", "v", m="Int64")), ["k", "m"])))


@pytest.mark.points(1)
def test_missing_values(groupby_na, agree):
    """missing values remove no row: size counts them, count, sum and mean pass over them; 0 is a value"""

    def on(rng):
        yield call(inputs.gappy(rng, "float64"), "kind", "amount")
        yield call(inputs.gappy(rng, "Int64"), "kind", "amount", keep_na=True)
        yield call(inputs.gappy(rng, "Float64"), ["half", "kind"], "amount")

    cells = rows(("a", "b"), (1.0, 2.0), (None, "seen"))
    beside = cells.map(lambda cells: table(cells, "k", "v", "note"))
    agree(groupby_na, **asked(on, small(frames(("a", "b", None), (1.0, 0.0, 0.125, None), v="float64") | beside)))


@pytest.mark.points(1)
def test_labels_stay_what_they_are(groupby_na, agree):
    """a key is its own label: 'nan', 'None', '' and 0 are ordinary keys, and numbers sort as numbers"""

    def on(rng):
        numbers = [-1, 0, 1, 2, 10, 999]
        for labels, dtype, keep_na in ((WORDS, object, True), (WORDS, "string", False), (numbers, "Int64", True)):
            cells = inputs.labelled(labels, missing=2, sizes=(1, 2))
            # A column may be called like one of the result.
            code, n = ("size", "count") if dtype == "string" else ("code", "n")
            frame = pd.DataFrame({code: pd.Series(cells, dtype=dtype), n: inputs.values(rng, len(cells))})
            yield call(inputs.shuffled(rng, frame, [len(cells) - 3]), code, n, keep_na=keep_na)

    # Few labels at a time, so that those which are taken for one another meet in the few tables that are tried.
    words = [("a", "a "), ("a", "A"), ("", None), ("nan", None), ("None", None), ("missing", None)]
    text = [frames(pair, (1, 2, 0.125)) for pair in words]
    text += [frames(("", "a"), (1, 2), k=object)]
    numbers = [frames(pair, (1, 2), k="Int64") for pair in ((0, None), (-1, None), (2, 10))]
    agree(groupby_na, **asked(on, small(st.one_of(*text, *numbers))))


@pytest.mark.edge
@pytest.mark.points(0.5)
def test_categories(groupby_na, agree):
    """of a categorical key only the categories that occur, in their own order where they have one; df keeps them all"""

    def on(rng):
        cells = inputs.labelled(["small", "large", "giant"], missing=2)
        fit = pd.Categorical(cells, categories=("small", "middle", "large", "giant"))
        frame = pd.DataFrame({"fit": fit, "price": inputs.values(rng, len(cells))})
        yield call(inputs.shuffled(rng, frame, [cells.index("large")]), "fit", "price", keep_na=True)
        cells = inputs.labelled([3, 1, 20], missing=2)
        grade = pd.Categorical(cells, categories=[7, 3, 1, 20], ordered=True)
        side = pd.Categorical(
            ["l" if at % 3 else "r" for at in range(len(cells))], categories=["r", "m", "l"], ordered=True
        )
        frame = pd.DataFrame({"grade": grade, "side": side, "price": inputs.values(rng, len(cells))})
        yield call(inputs.shuffled(rng, frame, [cells.index(20)]), ["grade", "side"], "price")

    def categorical(frame, ordered):
        return frame.astype({"k": pd.CategoricalDtype(["low", "mid", "high"], ordered=ordered)})

    examples = small(st.builds(categorical, frames(("low", "high", None), (1, 0.125)), st.booleans()))
    agree(groupby_na, **asked(on, examples), unchanged=True)


@pytest.mark.edge
@pytest.mark.points(0.5)
def test_unknown_columns(groupby_na, agree):
    """an unknown column, as key or as value: KeyError"""

    def on(rng):
        frame = inputs.several_keys(rng, "neither")[:5]
        yield call(frame, ["half", "group"], "score")
        yield call(frame, "size", "score", keep_na=True)
        # In a frame without rows, too.
        for some in (frame, frame[:0]):
            yield call(some, ["group", "place"], "score")
            yield call(some, "group", "amount", keep_na=True)

    frame = table([("a", 1), ("b", 0.125), ("a", 3)], "k", "v")
    names = [("k", "v"), ("key", "v"), ("k", "value"), (["k", "key"], "v"), (["key"], "v")]
    few = [*(call(frame, *pair) for pair in names), call(frame[:0], "k", "value"), call(frame[:0], "key", "v")]
    agree(groupby_na, **asked(on, st.sampled_from(few)))


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_empty_results(groupby_na, agree):
    """no rows, or none with a key: an empty result with the four columns"""

    def on(rng):
        frame = inputs.several_keys(rng, "neither")[:5]
        yield call(frame, "group", "score")
        yield call(frame[:0], ["group", "level"], "score", keep_na=True)
        yield call(pd.DataFrame(columns=["group", "score"]), "group", "score")
        yield call(frame.assign(level=np.nan), "level", "score")

    some, keyless = table([("a", 0.125)], "k", "v"), table([(None, 1.0), (None, 2.0)], "k", "v", k="float64")
    agree(groupby_na, **asked(on, small(st.sampled_from([some, some[:0]])) | small(st.just(keyless), keep_na=False)))


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_infinity(groupby_na, agree):
    """infinity is a number, not something missing"""

    def on(rng):
        frame = inputs.one_key(rng, "float", missing=1)
        rows = [int(np.flatnonzero(frame["place"] == label)[0]) for label in (2.25, 10.0)]
        frame.loc[rows, "amount"] = [INF, -INF]
        yield call(frame.assign(place=frame["place"].replace({-1.5: -INF, 11.5: INF})), "place", "amount")

    agree(groupby_na, **asked(on, small(frames((1.0, INF, 0.125), (1.0, INF, 0.125)), keep_na=False)))


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_the_table_stays_as_it_is(groupby_na, agree):
    """df and the list of keys are not changed"""

    def on(rng):
        """Tables in which whatever is filled, dropped, sorted, renamed or added would be seen."""
        frame = inputs.gappy(rng, "float64")
        yield call(frame.set_axis(range(5, 5 + len(frame))), "kind", "amount")
        yield call(inputs.gappy(rng, "Int64"), ["kind", "half"], "amount", keep_na=True)
        # Columns of other dtypes, which a code that converts them may write back.
        frame = inputs.several_keys(rng, "second", groups="string", levels="Int64")[:5]
        yield call(frame, ["group", "level"], "score")

    whole = frames(("b", "a"), (1, 2), v="Int64")
    examples = small(frames(("b", "a", None), (1.0, 0.125, None), least=2, v="float64") | whole, "k", ["k"])
    examples |= examples.map(lambda one: call(one.args[0].set_axis(range(5, 5 + len(one.args[0]))), *one.args[1:]))
    agree(groupby_na, **asked(on, examples), unchanged=True, alone=True)


@pytest.mark.edge
@pytest.mark.points(0.25)
def test_rows_with_labels_of_their_own(groupby_na, agree):
    """what the rows of df are labelled does not matter"""

    def on(rng):
        """Row labels that run backwards, and texts in two levels that repeat."""
        frame = inputs.one_key(rng, "text", missing=2)
        rows = np.arange(len(frame))
        yield call(frame.set_axis(rows[::-1]), "place", "amount", True)
        texts = pd.MultiIndex.from_arrays([[f"row {row % 4}" for row in rows], rows // 5])
        yield call(frame.set_axis(texts), "place", "amount")

    labels = st.sampled_from([[1, 0], [7, 7]])
    examples = small(st.builds(pd.DataFrame.set_axis, frames(("a", "b", None), (1, 0.125), least=2), labels))
    agree(groupby_na, **asked(on, examples))
