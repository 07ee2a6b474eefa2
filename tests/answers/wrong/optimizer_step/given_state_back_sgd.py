import numpy as np
def optimizer_step(params, grads, state, kind, lr, **o):
    if lr <= 0 or params.shape != grads.shape: raise ValueError("lr")
    p, g = params, grads
    if kind == "sgd": return p - lr*g, state
    if kind == "momentum":
        v = o.get("beta", 0.9)*state.get("v", 0) + g
        return p - lr*v, {"v": v}
    if kind == "rmsprop":
        r = o.get("rho", 0.99)
        s = r*state.get("s", 0) + (1-r)*g*g
        return p - lr*g/(np.sqrt(s)+o.get("eps", 1e-8)), {"s": s}
    if kind == "adam":
        b1, b2 = o.get("beta1", 0.9), o.get("beta2", 0.999)
        m = b1*state.get("m", 0) + (1-b1)*g; v = b2*state.get("v", 0) + (1-b2)*g*g; t = state.get("t", 0)+1
        return p - lr*m/(1-b1**t)/(np.sqrt(v/(1-b2**t))+o.get("eps", 1e-8)), {"m": m, "v": v, "t": t}
    raise ValueError("kind")
