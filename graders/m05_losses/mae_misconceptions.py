"""Wrong ways to write mae that learners really find. Each is right but for the one thing that its sentence says."""

import numpy as np

# inf - inf is asked for, and numpy would warn of it on the terminal of whoever grades.
_quiet = np.errstate(invalid="ignore", over="ignore")


def _checked(y_true, y_pred):
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if np.iscomplexobj(truth) or np.iscomplexobj(guess):
        raise TypeError("complex input")
    if truth.shape != guess.shape:
        raise ValueError(f"y_true has shape {truth.shape} and y_pred has shape {guess.shape}")
    if truth.size == 0:
        raise ValueError("there is no element")
    return truth, guess


@_quiet
def _errors(y_true, y_pred):
    truth, guess = _checked(y_true, y_pred)
    return truth.astype(np.float64) - guess.astype(np.float64)


def abs_outside(y_true, y_pred):
    """Signs cancelled: take absolute values before averaging."""
    return float(abs(np.mean(_errors(y_true, y_pred))))


def signed(y_true, y_pred):
    """Positive and negative errors cancelled: average their absolute values."""
    return float(np.mean(_errors(y_true, y_pred)))


def squared(y_true, y_pred):
    """You squared; MAE keeps the units of y."""
    return float(np.mean(_errors(y_true, y_pred) ** 2))


def rmse(y_true, y_pred):
    """The root of the mean square is not the mean of |error|: large errors weigh more in it."""
    return float(np.sqrt(np.mean(_errors(y_true, y_pred) ** 2)))


def summed(y_true, y_pred):
    """That is the sum: divide by the number of elements."""
    return float(np.sum(np.abs(_errors(y_true, y_pred))))


def len_div(y_true, y_pred):
    """`len` counts rows; divide by all elements."""
    errors = np.atleast_1d(np.abs(_errors(y_true, y_pred)))
    return float(errors.sum() / len(errors))


def per_column(y_true, y_pred):
    """You averaged along one axis; the mean is over all elements."""
    errors = np.abs(_errors(y_true, y_pred))
    return np.mean(errors, axis=0) if errors.ndim > 1 else float(np.mean(errors))


def median(y_true, y_pred):
    """That is the median of the absolute errors; MAE is their mean."""
    return float(np.median(np.abs(_errors(y_true, y_pred))))


def mape(y_true, y_pred):
    """You divided each error by y_true; MAE is in the units of y, and y may be 0."""
    truth, guess = (half.astype(np.float64) for half in _checked(y_true, y_pred))
    with np.errstate(all="ignore"):
        return float(np.mean(np.abs((truth - guess) / truth)))


def rounds(y_true, y_pred):
    """You rounded the result; return all its digits."""
    return round(float(np.mean(np.abs(_errors(y_true, y_pred)))), 4)


@_quiet
def memory_order(y_true, y_pred):
    """Flattened in memory order, a transposed array pairs the wrong elements; keep the index order."""
    truth, guess = _checked(y_true, y_pred)
    return float(np.mean(np.abs(truth.astype(np.float64).ravel("K") - guess.astype(np.float64).ravel("K"))))


def wrap(y_true, y_pred):
    """Unsigned subtraction wrapped; convert to float64 first."""
    truth, guess = _checked(y_true, y_pred)
    with np.errstate(all="ignore"):
        return float(np.mean(np.abs(truth - guess)))


def half(y_true, y_pred):
    """float16 and float32 lose digits and overflow; accumulate in float64."""
    truth, guess = (
        array if array.dtype.kind == "f" else array.astype(np.float64) for array in _checked(y_true, y_pred)
    )
    with np.errstate(all="ignore"):
        return float(np.mean(np.abs(truth - guess)))


def single(y_true, y_pred):
    """float32 holds 7 digits only; convert to float64."""
    truth, guess = (array.astype(np.float32) for array in _checked(y_true, y_pred))
    with np.errstate(all="ignore"):
        return float(np.mean(np.abs(truth - guess)))


def truncates(y_true, y_pred):
    """You converted y_pred to the type of y_true: its fractions were cut off. Convert both to float64."""
    truth, guess = _checked(y_true, y_pred)
    with np.errstate(all="ignore"):
        return float(np.mean(np.abs(truth.astype(np.float64) - guess.astype(truth.dtype).astype(np.float64))))


@_quiet
def broadcast(y_true, y_pred):
    """Shapes (3,) and (3, 1) made a 3x3 table of differences: compare the shapes first."""
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if np.iscomplexobj(truth) or np.iscomplexobj(guess):
        raise TypeError("complex input")
    if truth.size == 0 or guess.size == 0:
        raise ValueError("there is no element")
    return float(np.mean(np.abs(truth.astype(np.float64) - guess.astype(np.float64))))


def size_for_shape(y_true, y_pred):
    """As many elements is not enough: (6,) and (2, 3) are different shapes."""
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if truth.size != guess.size:
        raise ValueError(f"y_true has shape {truth.shape} and y_pred has shape {guess.shape}")
    return float(np.mean(np.abs(_errors(truth.ravel(), guess.ravel()))))


def rows_only(y_true, y_pred):
    """You compared the numbers of rows; compare the whole shapes."""
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if truth.shape[:1] != guess.shape[:1]:
        raise ValueError(f"y_true has shape {truth.shape} and y_pred has shape {guess.shape}")
    return broadcast(truth, guess)


def zip_cuts(y_true, y_pred):
    """`zip` stops at the shorter input: what is left over went unseen. Compare the shapes first."""
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if truth.shape == guess.shape:
        return float(np.mean(np.abs(_errors(truth, guess))))
    return float(np.mean([abs(float(t) - float(p)) for t, p in zip(truth.flat, guess.flat, strict=False)]))


def asserts(y_true, y_pred):
    """`assert` raises AssertionError, and not at all under python -O; raise ValueError."""
    assert np.shape(y_true) == np.shape(y_pred)
    return float(np.mean(np.abs(_errors(y_true, y_pred))))


def silent_message(y_true, y_pred):
    """Name both shapes in the message: whoever reads it needs them."""
    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError("the shapes differ")
    return float(np.mean(np.abs(_errors(y_true, y_pred))))


@_quiet
def inplace(y_true, y_pred):
    """You changed the caller's array; subtract into a new one."""
    _checked(y_true, y_pred)
    errors = np.asarray(y_true, dtype=np.float64)
    errors -= np.asarray(y_pred, dtype=np.float64)
    return float(np.mean(np.abs(errors)))


def nanskip(y_true, y_pred):
    """Missing data must stay visible; do not drop NaN."""
    errors = np.abs(_errors(y_true, y_pred))
    return float(np.nanmean(errors)) if not np.isnan(errors).all() else float("nan")


def nan_is_zero(y_true, y_pred):
    """You turned NaN into a number; missing data must stay visible."""
    with np.errstate(invalid="ignore"):
        errors = _errors(y_true, y_pred)
    return float(np.mean(np.abs(np.where(np.isnan(errors), 0.0, errors))))


def finite_only(y_true, y_pred):
    """You left out what is not finite; NaN and infinities must show in the result."""
    with np.errstate(invalid="ignore"):
        errors = np.abs(_errors(y_true, y_pred))
    errors = errors[np.isfinite(errors)]
    return float(np.mean(errors)) if errors.size else 0.0


def equal_is_zero(y_true, y_pred):
    """inf equals inf, yet inf - inf is NaN: subtract, and do not test for equality first."""
    truth, guess = _checked(y_true, y_pred)
    with np.errstate(invalid="ignore"):
        return float(np.mean(np.abs(np.where(truth == guess, 0.0, _errors(truth, guess)))))


def empty_nan(y_true, y_pred):
    """The mean of nothing is no number: raise ValueError for empty input."""
    if np.shape(y_true) == np.shape(y_pred) and np.size(y_true) == 0:
        return float("nan")
    return float(np.mean(np.abs(_errors(y_true, y_pred))))


def empty_zero(y_true, y_pred):
    """No data is not a perfect score of 0: raise ValueError for empty input."""
    if np.shape(y_true) == np.shape(y_pred) and np.size(y_true) == 0:
        return 0.0
    return float(np.mean(np.abs(_errors(y_true, y_pred))))


def empty_division(y_true, y_pred):
    """Empty input reached the division by 0: test for it and raise ValueError."""
    if np.shape(y_true) == np.shape(y_pred) and np.size(y_true) == 0:
        raise ZeroDivisionError("division by zero")
    return float(np.mean(np.abs(_errors(y_true, y_pred))))


def modulus(y_true, y_pred):
    """`abs` of a complex number is its modulus, so nothing complained: test for complex input, raise TypeError."""
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if np.iscomplexobj(truth) or np.iscomplexobj(guess):
        return float(np.mean(np.abs(truth - guess)))
    return float(np.mean(np.abs(_errors(truth, guess))))


def real_part(y_true, y_pred):
    """The conversion to float dropped the imaginary parts: test for complex input before, raise TypeError."""
    return float(np.mean(np.abs(_errors(np.real(y_true), np.real(y_pred)))))


def complex_value_error(y_true, y_pred):
    """Complex input is of the wrong type, not of a wrong value: raise TypeError."""
    if np.iscomplexobj(y_true) or np.iscomplexobj(y_pred):
        raise ValueError("complex input")
    return float(np.mean(np.abs(_errors(y_true, y_pred))))


def returns_array(y_true, y_pred):
    """An array of rank 0 is not a float: return float(...)."""
    return np.asarray(np.mean(np.abs(_errors(y_true, y_pred))))
