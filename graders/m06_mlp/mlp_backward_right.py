"""Right ways to write mlp_backward in other styles."""

import numpy as np
import torch


def _softmax(logits):
    e = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def mlp_backward_by_sample(x, y, params):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    for sample, label in zip(x, y, strict=True):
        a = params["W1"] @ sample + params["b1"]
        h = np.where(a > 0, a, 0.0)
        delta = _softmax(params["W2"] @ h + params["b2"])
        delta[label] -= 1
        back = (params["W2"].T @ delta) * (a > 0)
        for name, value in (("W1", np.outer(back, sample)), ("b1", back), ("W2", np.outer(delta, h)), ("b2", delta)):
            grads[name] = grads[name] + value / len(x)
    return grads


def mlp_backward_by_einsum(x, y, params):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    a = np.einsum("bd,hd->bh", x, W1) + b1
    h = a * (a > 0)
    error = (_softmax(np.einsum("bh,kh->bk", h, W2) + b2) - np.eye(len(b2))[y]) / len(y)
    back = np.einsum("bk,kh,bh->bh", error, W2, (a > 0).astype(float))
    return {
        "W1": np.einsum("bh,bd->hd", back, x),
        "b1": np.einsum("bh->h", back),
        "W2": np.einsum("bk,bh->kh", error, h),
        "b2": np.einsum("bk->k", error),
    }


def mlp_backward_by_homogeneous(x, y, params):
    """Biases as weights of an input that is always 1."""
    one = np.ones((len(x), 1))
    first, second = (np.column_stack([params[w], params[b]]) for w, b in (("W1", "b1"), ("W2", "b2")))
    inputs = np.hstack([x, one])
    a = inputs @ first.T
    hidden = np.hstack([np.maximum(a, 0), one])
    error = _softmax(hidden @ second.T)
    error[range(len(y)), y] -= 1
    error /= len(y)
    d_second = error.T @ hidden
    d_first = ((error @ second)[:, :-1] * np.sign(np.maximum(a, 0))).T @ inputs
    return {"W1": d_first[:, :-1], "b1": d_first[:, -1], "W2": d_second[:, :-1], "b2": d_second[:, -1]}


def mlp_backward_by_torch_matrices(x, y, params):
    """torch as a calculator, without its graph."""
    p = {name: torch.tensor(value.copy()) for name, value in params.items()}
    x_, y_ = torch.tensor(x.copy()), torch.tensor(y.copy())
    a = x_ @ p["W1"].T + p["b1"]
    h = a.clamp(min=0)
    error = torch.softmax(h @ p["W2"].T + p["b2"], dim=1)
    error[torch.arange(len(y_)), y_] -= 1
    error /= len(y_)
    back = torch.where(a > 0, error @ p["W2"], torch.zeros_like(a))
    found = {"W1": back.T @ x_, "b1": back.sum(0), "W2": error.T @ h, "b2": error.sum(0)}
    return {name: value.numpy() for name, value in found.items()}


def mlp_backward_by_layers(x, y, params):
    """Each layer remembers what it needs, and gives its gradient back."""

    class Affine:
        def __init__(self, W, b):
            self.W, self.b = W, b

        def forward(self, inputs):
            self.inputs = inputs
            return inputs @ self.W.T + self.b

        def backward(self, d):
            self.dW, self.db = d.T @ self.inputs, np.sum(d, axis=0)
            return d @ self.W

    first, second = Affine(params["W1"], params["b1"]), Affine(params["W2"], params["b2"])
    a = first.forward(x)
    probabilities = _softmax(second.forward(np.maximum(a, 0)))
    probabilities[np.arange(len(y)), y] -= 1
    first.backward(second.backward(probabilities / len(y)) * np.heaviside(a, 0))
    return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}


def mlp_backward_by_columns(x, y, params):
    """Samples as columns."""
    a = params["W1"] @ x.T + params["b1"][:, None]
    h = np.maximum(0.0, a)
    logits = params["W2"] @ h + params["b2"][:, None]
    delta = _softmax(logits.T).T
    delta[y, np.arange(len(y))] -= 1
    delta = delta / y.size
    back = (params["W2"].T @ delta) * np.greater(a, 0)
    return {"W1": back @ x, "b1": back.sum(axis=1), "W2": delta @ h.T, "b2": delta.sum(axis=1)}
