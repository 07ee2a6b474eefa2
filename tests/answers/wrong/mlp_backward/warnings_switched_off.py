import numpy as np
def mlp_backward(x, y, params):
    np.seterr(over="ignore", under="ignore")
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    z = x @ W1.T + b1
    h = np.maximum(z, 0)
    logits = h @ W2.T + b2
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    d = p.copy()
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    dh = d @ W2
    dz = dh * (z > 0)
    return {"W1": dz.T @ x, "b1": dz.sum(0), "W2": d.T @ h, "b2": d.sum(0)}
