"""Arithmetic over drawn numbers: the formulas of right and wrong routes, as the answer key writes them.

Only numbers, drawn names, + - * / // % ** and a few functions: a key is data, and stays data.
"""

from __future__ import annotations

import ast
import math
import operator
import statistics
from collections.abc import Callable, Mapping

from winnow.quiz.question import Number, QuizError

_BINARY: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[..., Number]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "round": round,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "sum": lambda *values: math.fsum(values),
    "mean": lambda *values: math.fsum(values) / len(values),
    "median": lambda *values: statistics.median(values),
}


def value(formula: str, names: Mapping[str, Number], where: str) -> float:
    """The value of `formula` for the drawn `names`.

    Raises:
        QuizError: the formula uses anything but arithmetic, or has no finite value; `where` opens the
        message.
    """
    try:
        result = float(_walk(ast.parse(formula.strip(), mode="eval").body, names))
    except SyntaxError:
        raise QuizError(f"{where}: the formula {formula!r} is not arithmetic") from None
    except (ArithmeticError, ValueError, TypeError) as error:
        raise QuizError(f"{where}: the formula {formula!r} has no value for {dict(names)}: {error}") from None
    except LookupError as error:
        raise QuizError(f"{where}: the formula {formula!r} uses {error.args[0]}, which is not drawn") from None
    if not math.isfinite(result):
        raise QuizError(f"{where}: the formula {formula!r} is not finite for {dict(names)}")
    return result


def _walk(node: ast.expr, names: Mapping[str, Number]) -> Number:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_walk(node.operand, names)
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)](_walk(node.left, names), _walk(node.right, names))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _FUNCTIONS[node.func.id](*(_walk(argument, names) for argument in node.args))
    raise ValueError(f"{ast.unparse(node)} is not arithmetic")
