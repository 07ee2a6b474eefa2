def vqa_accuracy(answer, human):
    if len(human) != 10:
        raise ValueError("ten answers are needed")
    matches = [tidy(one) == tidy(answer) for one in human]
    return sum(min((sum(matches) - one) / 3, 1) for one in matches) / 10


def tidy(text):
    return text.strip().replace("-", " ").casefold()
