"""Hidden checks of two_view_batch."""

import numpy as np
import pytest

from winnow.checks import call, driver, judges
from winnow.checks.recipes import asked


@driver(shows="two_view_batch({x}, augment, np.random.default_rng({seed})) with an augment that scales and adds noise")
def noisy(two_view_batch, x, seed):
    """The result, what augment was given and made, where the generators are afterwards, and whether a second call has
    anything to do with the first one's arrays."""
    import sys

    import numpy as np

    torch = sys.modules.get("torch")
    before = torch and [torch.rand(()), torch.get_rng_state()][1]  # drawn from: a second seeding is seen as well
    rng = np.random.default_rng(seed)
    made = []

    def augment(sample, rng):
        view = np.array(sample * rng.normal() + rng.normal(size=np.shape(sample)))
        made.append(view.copy())
        return view

    views, partner = two_view_batch(x, augment, rng)
    alone = torch is None or torch.equal(before, torch.get_rng_state())
    first = {"views": np.array(views), "partner": partner, "made": made, "after": float(rng.random()), "alone": alone}
    if not all(isinstance(one, np.ndarray) and one.flags.writeable for one in (views, partner)):
        return {**first, "shared": ""}
    mates, now = partner.copy(), list(made)
    views[...], partner[...] = 0, 0
    _, again = two_view_batch(x, augment, np.random.default_rng(seed))
    shared = "views" if views.any() else "partners" if partner.any() or not np.array_equal(again, mates) else ""
    views[...], partner[...] = first["views"], mates
    return {**first, "partner": mates, "made": now, "shared": shared}


@driver(shows="two_view_batch({x}, augment, rng) with an augment that scales and shifts, each time by other numbers")
def numbered(two_view_batch, x, seed):
    """The views; which call made one is told by the numbers in it, not by a record in the learner's reach."""
    import numpy as np

    numbers, calls = np.random.default_rng([seed, 1]), []

    def augment(sample, rng):
        calls.append(rng)
        factor, shift = numbers.normal(size=2)
        return np.array(sample * factor + shift)

    views, _ = two_view_batch(x, augment, np.random.default_rng(seed))
    return {"views": np.array(views), "calls": len(calls)}


@driver(shows="two_view_batch({x}, augment, rng) with an augment that adds to its sample and returns it")
def overwriting(two_view_batch, x, seed):
    import numpy as np

    numbers = np.random.default_rng([seed, 2])

    def augment(sample, rng):
        sample += numbers.uniform(501, 1000)
        return sample

    views, partner = two_view_batch(x, augment, np.random.default_rng(seed))
    left = {"x": np.array(x), "locked": not x.flags.writeable}
    return {"views": np.array(views), "partner": np.array(partner), **left}


def batches(rng):
    for shape in ((4, 3), (1, 2), (3, 2, 4), (2, 2, 3, 2), (7, 1)):
        yield call(rng.normal(size=shape) + 3, int(rng.integers(10**6)))


def layouts(rng):
    x = rng.normal(size=(5, 4)) + 3
    yield call(np.asfortranarray(x), int(rng.integers(10**6)))
    yield call(x[::-1], int(rng.integers(10**6)))
    locked = x.copy()
    locked.flags.writeable = False
    yield call(locked, int(rng.integers(10**6)))


def scaled_and_shifted(call, value):
    """Every row is what one call of augment made, and no call serves two rows."""
    x, _ = call.args
    views, made = value["views"], value["made"]
    if views.shape != (2 * len(x), *x.shape[1:]) or views.dtype != np.float64:
        return "the views have the wrong shape or dtype"
    if len(made) != 2 * len(x):
        return f"augment is called {'less' if len(made) < 2 * len(x) else 'more'} than once for each view"
    left = [one.tobytes() for one in made]
    for row in views:
        if row.tobytes() not in left:
            taken = row.tobytes() in [one.tobytes() for one in made]
            return "two rows are of one call of augment" if taken else "a row is not what a call of augment made"
        left.remove(row.tobytes())
    return None


def one_call_each(call, value):
    """Every row is what one call of augment made, of a sample or of an earlier view, and no call serves two rows."""
    x, seed = call.args
    views, count = value["views"], 2 * len(x)
    if views.shape != (count, *x.shape[1:]) or views.dtype != np.float64:
        return "the views have the wrong shape or dtype"
    if value["calls"] != count:
        return f"augment is called {'less' if value['calls'] < count else 'more'} than once for each view"
    if len({row.tobytes() for row in views}) < count:
        return "two rows are of one call of augment"
    # Call by call, and of what there was before it: NaN, and what a call leaves as it is, are of themselves alone.
    sources = list(x)
    for factor, shift in np.random.default_rng([seed, 1]).normal(size=(count, 2)):
        made = {(one * factor + shift).tobytes() for one in sources}
        rows = [row for row in views if row.tobytes() in made]
        if not rows:
            return "a row is not what a call of augment made"
        sources += rows
    return None


def replayed(call, value):
    """The views follow from the generator alone: in some order of the samples, each augmented twice."""
    x, seed = call.args
    problem = scaled_and_shifted(call, value)
    if problem is not None:
        return problem
    if any(view.shape != x.shape[1:] for view in value["made"]):
        return "augment is given something of another shape than a sample"
    rng = np.random.default_rng(seed)
    made = []
    for view in value["made"]:
        factor, noise = rng.normal(), rng.normal(size=x.shape[1:])
        of = [i for i, sample in enumerate(x) if np.array_equal(sample * factor + noise, view)]
        if not of:
            return "a view is no augmentation of an untouched sample by the generator that was given"
        made.append((of[0], view.tobytes()))
    if float(rng.random()) != value["after"]:
        return "the generator is drawn from beside augment, or is not the one that was given"
    sample_of = {view: at for at, view in made}
    found = [sample_of[view.tobytes()] for view in value["views"]]
    if found != 2 * list(range(len(x))):
        where = ": rows 2i and 2i + 1 are" if found == sorted(found) else ""
        return f"row i and row i + B are not the two views of sample i{where}"
    return None


def replayed_alone(call, value):
    problem = replayed(call, value)
    if problem is not None:
        return problem
    if value["shared"] in ("views", "partners"):
        return f"two calls give one array of {value['shared']}: what is done to one result is seen in the other"
    return None if value["alone"] else "torch's global generator is touched"


def partners(call, value):
    size = len(call.args[0])
    partner = value["partner"]
    if not isinstance(partner, np.ndarray) or partner.dtype.kind not in "iu" or partner.shape != (2 * size,):
        return "partner is no array of 2B integers"
    right = (np.arange(2 * size) + size) % (2 * size)
    return None if np.array_equal(partner, right) else "a partner is not B rows away"


def untouched(call, value):
    x, seed = call.args
    if not np.array_equal(value["x"], x):
        return "x is changed by what augment does to its argument"
    if value["locked"]:
        return "x cannot be written to any more"
    shifts = (value["views"] - np.concatenate([x, x])).reshape(2 * len(x), -1)
    # How often augment is called is another check's: its numbers tell that it was.
    numbers = np.random.default_rng([seed, 2]).uniform(501, 1000, 8 * len(x))
    fine = np.isclose(shifts[:, :, None], numbers).all(axis=1).any(axis=1)
    return None if fine.all() else "a view is not made of the untouched sample"


SMALL = [
    call(np.array(x, dtype=float), seed)
    for x in ([[1, 2], [3, 5]], [[2]], [[1], [2], [4]], [[[1, 2], [3, 4]], [[5, 6], [7, 9]]])
    for seed in (0, 1)
]


@pytest.mark.points(2)
def test_views(two_view_batch, agree):
    """rows i and i + B are two calls of augment on sample i, with rng itself, drawn independently"""
    agree(two_view_batch, **asked(batches, SMALL), through=noisy, judge=judges.holds(replayed, drawn=True))


@pytest.mark.points(1.5)
def test_one_call_for_each_view(two_view_batch, agree):
    """augment is called 2B times, and every row is what one call made"""
    agree(two_view_batch, **asked(batches, SMALL), through=numbered, judge=judges.holds(one_call_each))


@pytest.mark.points(1.5)
def test_who_belongs_to_whom(two_view_batch, agree):
    """partner[i] is i + B, and partner[i + B] is i"""
    agree(two_view_batch, **asked(batches, SMALL), through=noisy, judge=judges.holds(partners))


@pytest.mark.points(1)
@pytest.mark.edge
def test_x_is_left_alone(two_view_batch, agree):
    """what augment does to its argument does not harm x, nor the second view"""
    agree(two_view_batch, **asked(batches, SMALL), through=overwriting, judge=judges.holds(untouched, drawn=True))


@pytest.mark.points(1)
@pytest.mark.edge
def test_layouts(two_view_batch, agree):
    """x in any memory layout, read-only or not; results are new, and global generators are left alone"""
    left = judges.holds(replayed_alone, drawn=True)
    agree(two_view_batch, **asked(layouts, SMALL), through=noisy, judge=left, alone=True)
