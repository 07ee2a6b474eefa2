"""winnow: exercises that grade themselves, and the isolated grader behind them."""

__version__ = "0.1.0"
