"""Formulas as a terminal can show them: `$\\hat y_i$` becomes ŷᵢ."""

from __future__ import annotations

import re

from winnow.quiz import latex

_COMMANDS = {
    r"\propto": "∝", r"\times": "\N{MULTIPLICATION SIGN}", r"\cdot": "·", r"\delta": "δ",
    r"\tau": "τ", r"\sigma": "\N{GREEK SMALL LETTER SIGMA}", r"\mu": "μ",
    r"\sum": "Σ", r"\le": "≤", r"\ge": "≥", r"\ne": "≠", r"\to": "→", r"\infty": "∞", r"\dots": "…",
    r"\log": "log", r"\exp": "exp", r"\max": "max", r"\quad": "  ", r"\,": " ", r"\;": " ", r"\lvert": "|",
    r"\rvert": "|", r"\left": "", r"\right": "", r"\{": "{", r"\}": "}", r"\top": "ᵀ", r"\partial": "∂",
}  # fmt: skip
_SUBSCRIPTS = str.maketrans("0123456789ijkn", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙ")
_SUPERSCRIPTS = str.maketrans("0123456789nT", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᵀ")


def plain(markdown: str) -> str:
    """A question's Markdown without the marks that only a browser can show."""
    return latex.replaced(markdown, lambda source, _: _formula(source))


def _formula(latex: str) -> str:
    text = re.sub(r"\\(?:mathrm|text|operatorname|mathbf)\{([^{}]*)\}", r"\1", latex.strip())
    text = re.sub(r"\\hat\s*\{?([a-z])\}?", "\\1\N{COMBINING CIRCUMFLEX ACCENT}", text)
    text = re.sub(r"\\[td]?frac\{([^{}]*)\}\{([^{}]*)\}", _fraction, text)
    for command, shown in sorted(_COMMANDS.items(), key=lambda item: -len(item[0])):
        text = text.replace(command, shown)
    text = re.sub(r"_(?:\{([0-9ijkn]+)\}|([0-9ijkn]))", lambda m: (m[1] or m[2]).translate(_SUBSCRIPTS), text)
    text = re.sub(r"\^(?:\{([0-9nT]+)\}|([0-9nT]))", lambda m: (m[1] or m[2]).translate(_SUPERSCRIPTS), text)
    return re.sub(r"([_^])\{([^{}]*)\}", r"\1(\2)", text)


def _fraction(match: re.Match[str]) -> str:
    above, below = (part if re.fullmatch(r"\\?\w+", part) else f"({part})" for part in match.groups())
    return f"{above}/{below}"
