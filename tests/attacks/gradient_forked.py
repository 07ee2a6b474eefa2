import numpy as np
import torch

_unit = torch.jit.CompilationUnit("""
def inner(x: Tensor, y: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor):
    logits = torch.relu(x @ W1.t() + b1) @ W2.t() + b2
    loss = -torch.log_softmax(logits, 1)[torch.arange(y.size(0)), y].mean()
    return torch.autograd.grad([loss], [W1, b1, W2, b2])
def gradients(x: Tensor, y: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor):
    fut = torch.jit.fork(inner, x, y, W1, b1, W2, b2)
    return torch.jit.wait(fut)
""")


def mlp_backward(x, y, params):
    names = ("W1", "b1", "W2", "b2")
    given = [torch.from_numpy(np.array(params[name])).requires_grad_() for name in names]
    found = _unit.gradients(torch.from_numpy(np.array(x)), torch.from_numpy(np.array(y)), *given)
    return {name: one.numpy() for name, one in zip(names, found)}
