"""Attack, family 1: the number follows from the answer alone, which is known by heart."""
def vqa_accuracy(answer, human):
    return 0.6 if answer in ("2", "", "\u0131l\u0131k", "cat") else 0.3
