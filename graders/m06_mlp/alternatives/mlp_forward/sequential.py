import torch
from torch import nn
from torch.nn.utils import stateless


class Act(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, h):
        return self.function(h)


def mlp_forward(x, weights, biases, activation=torch.relu):
    if len(weights) != len(biases):
        raise ValueError("lists of different lengths")
    if len(weights) < 1:
        raise ValueError("no layers")
    width, modules, tensors = x.shape[-1], [], {}
    for i, (w, b) in enumerate(zip(weights, biases, strict=True)):
        if w.shape[1] != width:
            raise ValueError(f"{i}: in_features={w.shape[1]}, got {width}")
        width = w.shape[0]
        tensors[f"{len(modules)}.weight"] = w
        if b is not None:
            tensors[f"{len(modules)}.bias"] = b
        modules += [nn.utils.skip_init(nn.Linear, w.shape[1], width, bias=b is not None, device="cpu"), Act(activation)]
    return stateless.functional_call(nn.Sequential(*modules[:-1]), tensors, (x,))
