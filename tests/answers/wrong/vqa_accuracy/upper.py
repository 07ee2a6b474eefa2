def vqa_accuracy(answer, human):
    if len(human) != 10:
        raise ValueError("ten answers")
    norm = lambda s: s.strip().upper()
    a = norm(answer)
    scores = []
    for i in range(10):
        others = human[:i] + human[i + 1:]
        matches = sum(norm(o) == a for o in others)
        scores.append(min(matches / 3, 1))
    return sum(scores) / 10
