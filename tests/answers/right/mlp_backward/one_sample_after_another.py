import math
import numpy as np
def mlp_backward(x, y, params):
    g = {k: np.zeros_like(v, dtype=np.float64) for k, v in params.items()}
    for row, label in zip(x, y):
        pre = [float(np.dot(w, row)) + float(b) for w, b in zip(params["W1"], params["b1"])]
        hid = [p if p > 0 else 0.0 for p in pre]
        log = [sum(w * h for w, h in zip(ws, hid)) + b for ws, b in zip(params["W2"], params["b2"])]
        top = max(log)
        total = sum(math.exp(v - top) for v in log)
        for k, v in enumerate(log):
            e = (math.exp(v - top) / total - (k == label)) / len(x)
            g["b2"][k] += e
            for j, h in enumerate(hid):
                g["W2"][k, j] += e * h
                if pre[j] > 0:
                    back = e * params["W2"][k, j]
                    g["b1"][j] += back
                    g["W1"][j] += back * row
    return g
