def vqa_accuracy(answer, human):
    if len(human) != 10: raise ValueError("ten answers")
    clean = lambda s: s.strip().strip('"').casefold()
    a = clean(answer)
    h = [clean(s) for s in human]
    total = 0.0
    for i in range(10):
        rest = h[:i] + h[i + 1:]
        total += min(sum(r == a for r in rest) / 3, 1)
    return total / 10
