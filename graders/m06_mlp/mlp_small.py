"""Small networks of whole numbers: the counterexamples that learners read."""

from __future__ import annotations

from hypothesis import strategies as st

# The first is what examples shrink to. Not 0: a network of zeros shows little.
NUMBERS = st.sampled_from([1.0, -1.0, 2.0, -2.0])


def small(*networks):
    """A strategy of calls with these networks' shapes, the first of them the simplest."""

    def filled(network):
        numbers = st.lists(NUMBERS, min_size=network.numbers, max_size=network.numbers)
        return numbers.map(lambda numbers: network.call(*network.filled(numbers)))

    return st.sampled_from(networks).flatmap(filled)
