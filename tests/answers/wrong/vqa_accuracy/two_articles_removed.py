
def norm(s):
    return s.strip().casefold().removeprefix('the ').removeprefix('a ')
def vqa_accuracy(answer, human):
    if len(human) != 10:
        raise ValueError("ten answers")
    a = norm(answer)
    same = [norm(h) == a for h in human]
    return sum(min((sum(same) - s) / 3, 1) for s in same) / 10
