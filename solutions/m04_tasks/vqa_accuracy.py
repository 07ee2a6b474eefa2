"""The accuracy of visual question answering: one answer against those of ten people."""

from fractions import Fraction


def vqa_accuracy(answer, human) -> float:
    """Return the accuracy of one answer against those of ten people."""
    if len(human) != 10:
        raise ValueError(f"ten people answer, not {len(human)}")
    matches = [_plain(one) == _plain(answer) for one in human]
    # Fractions, so that 0.6 is 0.6 in every order of addition.
    scores = [min(Fraction(sum(matches) - left_out, 3), Fraction(1)) for left_out in matches]
    return float(sum(scores) / 10)


def _plain(text):
    return text.strip().casefold()
