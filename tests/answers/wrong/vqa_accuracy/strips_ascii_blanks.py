def vqa_accuracy(answer, human):
    if len(human) != 10:
        raise ValueError("ten")
    norm = lambda s: s.strip(' \t\n\r').casefold()
    hits = [norm(h) == norm(answer) for h in human]
    total = 0.0
    for i in range(10):
        others = hits[:i] + hits[i + 1:]
        total += min(sum(others) / 3, 1)
    return total / 10
