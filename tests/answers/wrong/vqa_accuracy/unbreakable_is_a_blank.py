def vqa_accuracy(answer, human):
    if len(human) != 10:
        raise ValueError("ten people answer")

    def plain(text):
        return text.replace("\u00a0", " ").strip().casefold()

    same = [plain(one) == plain(answer) for one in human]
    return sum(min((sum(same) - one) / 3, 1) for one in same) / 10
