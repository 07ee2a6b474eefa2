"""The accuracy of visual question answering: one answer against those of ten people."""


def vqa_accuracy(answer, human) -> float:
    """Return the accuracy of one answer against those of ten people.

    Each of the ten is left out in turn; the accuracy is then min(matches among the other nine / 3, 1), and the result
    is the mean of the ten. Answers match when they are equal after `str.strip` and `str.casefold`; nothing else is
    normalised: not white space inside, not punctuation, not Unicode forms.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global. Printing and warnings cost nothing. The precision asked for is 1e-9.

    Args:
        answer: str.
        human: list of str, ten of them.

    Returns:
        A float from 0 to 1.

    Raises:
        ValueError: human has not ten answers.

    >>> vqa_accuracy("cat", ["cat"] * 2 + ["dog"] * 8)
    0.6
    >>> vqa_accuracy("cat", ["Cat "] * 3 + ["dog", "a cat", "kitten", "dog", "lion", "dog", "puma"])
    0.9
    >>> vqa_accuracy("cat", ["cat"] * 4 + ["dog"] * 6)
    1.0
    """
    # TODO: which nine are left when the first of the ten is left out?
    raise NotImplementedError("vqa_accuracy is not written yet")
