"""The kinds of question: how each is answered, keyed, marked and held to account."""

from collections.abc import Mapping
from typing import Any

from winnow.quiz.kinds.choice import Multiple, Single
from winnow.quiz.kinds.kind import AnswerMark, Kind
from winnow.quiz.kinds.matching import Matching
from winnow.quiz.kinds.numeric import Numeric
from winnow.quiz.kinds.ordering import Ordering
from winnow.quiz.kinds.written import Output, Short

KINDS: Mapping[str, Kind[Any]] = {
    kind.name: kind for kind in (Single(), Multiple(), Numeric(), Ordering(), Matching(), Short(), Output())
}

__all__ = ["KINDS", "AnswerMark", "Kind"]
