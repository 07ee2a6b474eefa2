def vqa_accuracy(answer, human):
    if len(human) != 10:
        raise ValueError("ten")
    clean = lambda s: s.rstrip().casefold()
    hits = [clean(h) == clean(answer) for h in human]
    total = 0.0
    for i in range(10):
        total += min(sum(hits[:i] + hits[i + 1:]) / 3, 1)
    return total / 10
