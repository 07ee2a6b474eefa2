def vqa_accuracy(answer, human):
    if len(human) != 10:
        raise ValueError("ten")
    norm = lambda s: s.strip().casefold()
    hits = [__import__('re').fullmatch(norm(answer), norm(h)) is not None for h in human]
    total = 0.0
    for i in range(10):
        others = hits[:i] + hits[i + 1:]
        total += min(sum(others) / 3, 1)
    return total / 10
