import math


def sinusoid_positions(length, dim):
    if length < 0 or dim < 2 or dim % 2:
        raise ValueError("length >= 0 and an even dim >= 2, please")
    rows = []
    for t in range(length):
        row = []
        for i in range(0, dim, 2):
            angle = t / 10000 ** (i / dim)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row)
    return rows
