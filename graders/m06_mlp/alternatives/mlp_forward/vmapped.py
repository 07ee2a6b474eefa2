import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    """One sample's formula, mapped over the leading dimensions by torch."""
    if not weights:
        raise ValueError("no layer")
    if len(weights) != len(biases):
        raise ValueError("not as many biases as weights")
    width = x.shape[-1]
    for i, w in enumerate(weights):
        if w.shape[1] != width:
            raise ValueError(f"layer {i} does not fit: {w.shape[1]} and {width}")
        width = w.shape[0]

    def layer(h, w, b):
        def one(sample):
            return w.mv(sample) if b is None else w.mv(sample) + b

        for _ in h.shape[:-1]:
            one = torch.vmap(one)
        return one(h)

    if 0 in x.shape:  # vmap refuses an empty dimension
        return x.new_empty((*x.shape[:-1], width))
    h = layer(x, weights[0], biases[0])
    for w, b in zip(weights[1:], biases[1:], strict=True):
        h = layer(activation(h), w, b)
    return h
