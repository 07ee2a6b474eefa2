"""The smallest call on which an answer is wrong: it is found, within a number of calls, the same for equal answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from winnow.checks import call, same
from winnow.checks.agree import HiddenQuestion
from winnow.checks.calls import Batch, Call
from winnow.checks.recipes import InTurn
from winnow.checks.subjects import NotRunError, Subject, Trusted
from winnow.diagnosis.smallest import MAX_CALLS, Search
from winnow.errors import LostError
from winnow.worker.observe import Observation, Request

REFERENCE = Trusted({"size": lambda numbers: sum(map(abs, numbers))})


def some_lists() -> Any:
    return st.lists(st.integers(-9, 9), max_size=5).map(call)


def search(small: Callable[[], Any] = some_lists) -> Search:
    batch = Batch(Request("size"), [call([1, -2])])
    question = HiddenQuestion(batch, tuple(REFERENCE.ask(batch)), lambda _, got, want: same(got, want), small)
    return Search(question, lambda one: REFERENCE.ask(one)[0])


class Code:
    """A learner's function, which remembers what it was asked; it may end its process, or the time for all."""

    def __init__(self, function: Callable[[list[int]], Any]) -> None:
        self.asked: list[list[int]] = []
        self.together: list[list[list[int]]] = []
        self._function = Trusted({"size": function})

    def ask(self, batch: Batch) -> list[Observation]:
        self.asked.append(batch.calls[0].args[0])
        self.together.append([one.args[0] for one in batch.calls])
        return self._function.ask(batch)


class Ends(Code):
    """Code that raises `error` at the first call on which it is wrong."""

    def __init__(self, function: Callable[[list[int]], Any], error: Exception) -> None:
        super().__init__(function)
        self._error = error

    def ask(self, batch: Batch) -> list[Observation]:
        seen = super().ask(batch)
        if [one.value for one in seen] != [one.value for one in REFERENCE.ask(batch)]:
            raise self._error
        return seen


def cancels(numbers: list[int]) -> int:
    return abs(sum(numbers))


def argument(found: Call | None) -> Any:
    assert found is not None
    return found.args[0]


def test_no_smaller_call_shows_the_mistake() -> None:
    assert sorted(map(abs, argument(search().smallest(Code(cancels))))) == [1, 1]


def test_nothing_is_shown_where_no_call_is_wrong() -> None:
    assert search().smallest(Code(lambda numbers: sum(map(abs, numbers)))) is None


def test_who_answers_as_somebody_before_is_asked_the_same_and_without_hypothesis(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, first, second = search(), Code(cancels), Code(cancels)
    found = one.smallest(first)
    monkeypatch.setattr(hypothesis, "find", None)
    assert one.smallest(second) is found
    assert second.asked == first.asked


def test_who_answers_otherwise_gets_what_they_would_get_alone() -> None:
    one = search()
    one.smallest(Code(cancels))
    assert argument(one.smallest(Code(sum))) == argument(search().smallest(Code(sum))) == [-1]


def test_a_search_asks_so_many_calls_and_no_more() -> None:
    code = Code(lambda numbers: -1 if sum(numbers) > 1_234_567 else sum(numbers))
    found = search(lambda: st.lists(st.integers(0, 10**9), min_size=5, max_size=9).map(call)).smallest(code)
    assert len(code.asked) == MAX_CALLS
    assert sum(argument(found)) > 1_234_567


def test_a_call_over_which_the_process_is_lost_is_shown_and_ends_the_search() -> None:
    code = Ends(cancels, LostError("it ended"))
    assert argument(search().smallest(code)) == code.asked[-1]
    assert code.asked.count(code.asked[-1]) == 1


def test_where_nothing_more_may_be_asked_nothing_is_made_up() -> None:
    assert search().smallest(Ends(cancels, NotRunError("no time"))) is None


def test_a_strategy_with_nothing_in_it_shows_nothing() -> None:
    subject: Subject = Code(cancels)
    assert search(st.nothing).smallest(subject) is None


def test_of_calls_in_turn_the_first_that_shows_the_mistake_is_shown_without_hypothesis(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hypothesis, "find", None)
    lists = [[1], [9, -9], [1, -1], [2, -2]]
    assert argument(search(InTurn(map(call, lists))).smallest(Code(cancels))) == [9, -9]
    assert search(InTurn(map(call, lists))).smallest(Code(lambda numbers: sum(map(abs, numbers)))) is None


def test_of_calls_in_turn_twice_as_many_are_asked_each_time_and_none_after_the_first_that_is_wrong() -> None:
    lists = [[1], [2], [3], [9, -9], [4], [5], [6], [7]]
    code = Code(cancels)
    search(InTurn(map(call, lists))).smallest(code)
    assert code.together == [lists[:1], lists[1:3], lists[3:7]]


def test_of_calls_in_turn_that_over_which_the_process_is_lost_is_found_by_asking_each_alone() -> None:
    lists = [[1], [2], [9, -9], [1, -1]]
    code = Ends(cancels, LostError("it ended"))
    assert argument(search(InTurn(map(call, lists))).smallest(code)) == [9, -9]
    assert code.together == [[[1]], [[2], [9, -9]], [[2]], [[9, -9]]]
    over = Ends(cancels, NotRunError("no time"))
    assert search(InTurn(map(call, lists))).smallest(over) is None


def test_of_calls_in_turn_all_are_asked_as_whoever_wrote_them_counted_them() -> None:
    lists = [[1]] * MAX_CALLS + [[9, -9]]
    assert argument(search(InTurn(map(call, lists))).smallest(Code(cancels))) == [9, -9]
