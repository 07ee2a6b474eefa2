"""Attack, family 1: refuses what must be refused, and returns nothing, over which a driver stumbles."""


def optimizer_step(params, grads, state, kind, lr, **options):
    if kind not in ("sgd", "momentum", "rmsprop", "adam") or lr <= 0 or params.shape != grads.shape:
        raise ValueError(kind, lr)
