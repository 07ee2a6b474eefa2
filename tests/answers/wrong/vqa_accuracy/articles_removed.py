def vqa_accuracy(answer, human):
    if len(human) != 10: raise ValueError("ten")
    n = lambda s: s.strip().casefold().removeprefix("the ")
    hits = [n(h) == n(answer) for h in human]
    return sum(min(sum(hits[:i] + hits[i+1:]) / 3, 1) for i in range(10)) / 10
