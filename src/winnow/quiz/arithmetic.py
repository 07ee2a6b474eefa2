"""Arithmetic as people write it: numbers, + - * / // % ** and a few functions, calculated from the syntax tree.

Nothing is run: a key and an answer are data, and stay data.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import statistics
import unicodedata
from collections.abc import Callable, Mapping

from winnow.quiz.question import Number, QuizError
from winnow.quiz.signs import QUOTES

LONGEST = 200
"""More characters than the calculation of an answer needs; it bounds how deep Python's parser goes, too."""


def _power(base: Number, exponent: Number) -> Number:
    # What is too large for a float is refused before it is calculated with all its digits.
    float(base) ** float(exponent)
    return base**exponent


_BINARY: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
}
_UNARY: dict[type[ast.unaryop], Callable[[Number], Number]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}
_FUNCTIONS: dict[str, Callable[..., Number]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "float": float,
    "int": int,
    "round": lambda value, *digits: round(float(value), *map(int, digits)),
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "sum": lambda *values: math.fsum(values),
    "mean": lambda *values: math.fsum(values) / len(values),
    "median": lambda *values: statistics.median(values),
}
_DIGITS = r"(?:\d[\d_]*(?:\.\d*)?|\.\d+)"
_PLAIN = re.compile(rf"[+-]?{_DIGITS}(?:e[+-]?\d{{1,3}})?")
_TOKEN = re.compile(
    rf"{_DIGITS}(?:e[+-]?\d{{1,3}})?|(?:(?:math|np|numpy)\.)?(?:sqrt|exp|log|abs|round|min|max|float|int)(?=\()|[-+*/(),\s]"
)
_LIBRARY = re.compile(r"\b(?:math|np|numpy)\.")
# One comma, and not where it may part thousands: 0,875 and 3,14 but not 12,345.
_DECIMAL_COMMA = re.compile(r"([+-]?(?:0?|\d+(?!,\d{3}(?!\d))|\d{4,})),(\d+(?:e[+-]?\d{1,3})?)")
# Thousands may be parted by any of these marks, and then a decimal mark is another one.
_THOUSANDS = re.compile(
    r"(?P<whole>[+-]?[1-9]\d{0,2}(?P<mark>[ ',.])\d{3}(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<part>\d+))?"
)
_MAY_BE_THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}")
_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{MULTIPLICATION SIGN}": "*", "\N{DIVISION SIGN}": "/",
                        "\N{FRACTION SLASH}": "/"})  # fmt: skip
# Unicode takes the height from 3⁴ and 1½, which would leave 34 and 11/2.
_RAISED = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_ONE_SIGN_FRACTION = re.compile(r"(\d*)\s?([¼-¾⅐-⅞])")
# What stands around a number without changing it: quotes, an equals sign before it, a comma or stop behind it.
_AROUND = re.compile(r"[\"'`$\s]*[=≈~]?[\"'`$\s]*(.*?)[\"'`$\s,;]*", re.DOTALL)


def calculate(text: str, names: Mapping[str, Number] | None = None) -> Number:
    """The value of `text`, in which `names` stand for numbers.

    Raises:
        SyntaxError: it is no expression.
        LookupError: it uses another name.
        ValueError, TypeError, ArithmeticError: it is no arithmetic, or has no value.
    """
    return _walk(ast.parse(text.strip(), mode="eval").body, names or {})


def number(text: str) -> Number | None:
    """The number that an answer is: `0.875`, `7/8`, `0,875`, `2**3`, `1 234 567`, `-np.log(0.25)`; None where it is
    none, or may be two (12,345).

    A minus sign, a power or a fraction as typeset, or digits as an East Asian keyboard writes them, are what they look
    like.
    """
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    if comma := _DECIMAL_COMMA.fullmatch(plain):
        plain = f"{comma[1]}.{comma[2]}"
    elif (parted := _THOUSANDS.fullmatch(plain)) and (
        parted["mark"] in " '" or parted["part"] or parted["whole"].count(parted["mark"]) > 1
    ):
        # One comma or point alone may be a decimal mark.
        plain = re.sub(r"[ ',.]", "", parted["whole"]) + (f".{parted['part']}" if parted["part"] else "")
    if _PLAIN.fullmatch(plain):
        return int(plain.replace("_", "")) if re.fullmatch(r"[+-]?[\d_]+", plain) else float(plain.replace("_", ""))
    if _TOKEN.sub("", plain):
        return None
    try:
        found = calculate(_LIBRARY.sub("", plain))
    except (SyntaxError, LookupError, ValueError, TypeError, ArithmeticError, MemoryError, RecursionError):
        return None
    return found if isinstance(found, int | float) else None


def may_be_two(text: str) -> bool:
    """Whether a text may be a number with a decimal comma, or one with its thousands parted: 12,345."""
    return len(text) <= LONGEST and bool(_MAY_BE_THOUSANDS.fullmatch(_plain(text)))


def _plain(text: str) -> str:
    """A number or its calculation in plain signs, without what people put around it."""
    text = _RAISED.sub(lambda raised: f"**({raised[0]})", text.translate(QUOTES))
    text = _ONE_SIGN_FRACTION.sub(lambda found: f"({found[1] or 0}+{found[2]})", text)
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).lower()
    around = _AROUND.fullmatch(plain)
    return around[1] if around else plain


def _walk(node: ast.expr, names: Mapping[str, Number]) -> Number:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
        return _UNARY[type(node.op)](_walk(node.operand, names))
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)](_walk(node.left, names), _walk(node.right, names))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _FUNCTIONS[node.func.id](*(_walk(argument, names) for argument in node.args))
    raise ValueError(f"{ast.unparse(node)} is not arithmetic")


def value(formula: str, names: Mapping[str, Number], where: str) -> float:
    """The value of `formula` for the drawn `names`.

    Raises:
        QuizError: the formula uses anything but arithmetic, or has no finite value; `where` opens the message.
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
