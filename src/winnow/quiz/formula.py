"""The formulas of right and wrong routes, over drawn numbers, as the answer key writes them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from winnow.quiz.arithmetic import calculate
from winnow.quiz.question import Number, QuizError


def value(formula: str, names: Mapping[str, Number], where: str) -> float:
    """The value of `formula` for the drawn `names`.

    Raises:
        QuizError: the formula uses anything but arithmetic, or has no finite value; `where` opens the
        message.
    """
    try:
        result = float(calculate(formula, names))
    except SyntaxError:
        raise QuizError(f"{where}: the formula {formula!r} is not arithmetic") from None
    except (ArithmeticError, ValueError, TypeError) as error:
        raise QuizError(f"{where}: the formula {formula!r} has no value for {dict(names)}: {error}") from None
    except LookupError as error:
        raise QuizError(f"{where}: the formula {formula!r} uses {error.args[0]}, which is not drawn") from None
    if not math.isfinite(result):
        raise QuizError(f"{where}: the formula {formula!r} is not finite for {dict(names)}")
    return result
