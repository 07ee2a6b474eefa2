"""Hidden tests of `groupby_na` as most courses write them: in the learner's process, beside the reference."""

import groupby_na as submission
import pandas as pd
import pytest
import reference

TABLE = pd.DataFrame({"k": ["b", None, "a", "b"], "v": [1.0, 2.0, None, 4.0]})


@pytest.mark.parametrize("keep_na", [False, True])
def test_equal_to_the_reference(keep_na):
    want = reference.groupby_na(TABLE, "k", "v", keep_na)
    pd.testing.assert_frame_equal(submission.groupby_na(TABLE, "k", "v", keep_na), want)


@pytest.mark.parametrize("keep_na", [False, True])
def test_equals(keep_na):
    want = reference.groupby_na(TABLE, "k", "v", keep_na)
    assert submission.groupby_na(TABLE, "k", "v", keep_na).equals(want)


def test_unknown_column():
    with pytest.raises(KeyError):
        submission.groupby_na(TABLE, "x", "v")
