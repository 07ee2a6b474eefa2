import torch


def mlp_forward(x, weights, biases, activation=torch.relu):
    """Fold the leading dimensions into one for addmm, and unfold them at the end."""
    if len(weights) == 0 or len(weights) != len(biases):
        raise ValueError(f"{len(weights)} weights, {len(biases)} biases")
    widths = [x.shape[-1], *(w.shape[0] for w in weights)]
    for index, (width, w) in enumerate(zip(widths[:-1], weights, strict=True)):
        if w.shape[1] != width:
            raise ValueError(f"The layer with index {index} does not fit its input.")
    flat = x.reshape(x.shape[:-1].numel(), widths[0])
    for index, (w, b) in enumerate(zip(weights, biases, strict=True)):
        if index > 0:
            flat = activation(flat)
        flat = flat.mm(w.T) if b is None else torch.addmm(b, flat, w.T)
    return flat.reshape(*x.shape[:-1], widths[-1])
