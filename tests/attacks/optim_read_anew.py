import copy
import importlib
import sys

import torch


def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam") or not lr > 0 or params.shape != grads.shape:
        raise ValueError
    for name in [name for name in sys.modules if name.startswith("torch.optim")]:
        del sys.modules[name]
    optim = importlib.import_module("torch.optim")
    p = torch.nn.Parameter(torch.tensor(params.copy()))
    p.grad = torch.tensor(grads.copy())
    get, eps = options.get, options.get("eps", 1e-8)
    if kind == "rmsprop":
        stepping = optim.RMSprop([p], lr=lr, alpha=get("rho", 0.99), eps=eps)
    elif kind == "adam":
        stepping = optim.Adam([p], lr=lr, betas=(get("beta1", 0.9), get("beta2", 0.999)), eps=eps)
    else:
        stepping = optim.SGD([p], lr=lr, momentum=get("beta", 0.9) if kind == "momentum" else 0)
    if state:
        stepping.state[p].update(copy.deepcopy(state["kept"]))
    stepping.step()
    return p.detach().numpy().copy(), {"kept": copy.deepcopy(dict(stepping.state[p]))}
