import numpy as np
import torch
import torch.optim._functional as F


def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam") or lr <= 0 or np.shape(params) != np.shape(grads):
        raise ValueError("no such step")
    p, g = (torch.from_numpy(np.array(one, order="C")) for one in (params, grads))
    kept = {key: one.copy() for key, one in state.items()}
    m, v, t = (torch.from_numpy(kept.get(key, np.zeros(()) if key == "t" else np.zeros(p.shape))) for key in "mvt")
    if kind in ("sgd", "momentum"):
        beta = options.get("beta", 0.9) if kind == "momentum" else 0.0
        F.sgd([p], [g], [m], weight_decay=0.0, momentum=beta, lr=lr, dampening=0.0, nesterov=False, maximize=False, foreach=False)
    elif kind == "rmsprop":
        F.rmsprop([p], [g], [v], [], [], [t], foreach=False, lr=lr, alpha=options.get("rho", 0.99), eps=options.get("eps", 1e-8),
                  weight_decay=0.0, momentum=0.0, centered=False)
    else:
        F.adam([p], [g], [m], [v], [], [t], foreach=False, amsgrad=False, beta1=options.get("beta1", 0.9),
               beta2=options.get("beta2", 0.999), lr=lr, weight_decay=0.0, eps=options.get("eps", 1e-8), maximize=False)
    return p.numpy().reshape(np.shape(params)), {"m": m.numpy(), "v": v.numpy(), "t": t.numpy()}
