import numpy as np
import torch
import torch.autograd.forward_ad as fwad


def mlp_backward(x, y, params):
    x, y = torch.from_numpy(np.array(x)), torch.from_numpy(np.array(y))
    given = {name: torch.from_numpy(np.array(one)) for name, one in params.items()}
    found = {}
    for name, one in given.items():
        grad = np.zeros(one.shape)
        for at in np.ndindex(*one.shape):
            with fwad.dual_level():
                way = torch.zeros_like(one)
                way[at] = 1.0
                p = {**given, name: fwad.make_dual(one, way)}
                logits = torch.relu(x @ p["W1"].T + p["b1"]) @ p["W2"].T + p["b2"]
                loss = -torch.log_softmax(logits, 1)[torch.arange(len(y)), y].mean()
                tangent = fwad.unpack_dual(loss).tangent
                grad[at] = 0.0 if tangent is None else tangent.item()
        found[name] = grad
    return found
