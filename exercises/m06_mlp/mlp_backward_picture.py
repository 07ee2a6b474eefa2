"""The picture of mlp_backward: the four gradients, your own beside those of autograd."""

import numpy as np
import torch


def draw(figure, mlp_backward):
    """Draw onto a matplotlib Figure, with the learner's `mlp_backward`."""
    figure.set_size_inches(10, 5)
    rng = np.random.default_rng(3)
    shapes = {"W1": (6, 8), "b1": (6,), "W2": (4, 6), "b2": (4,)}
    params = {name: rng.normal(0, 0.7, shape) for name, shape in shapes.items()}
    x, y = rng.normal(size=(16, 8)), rng.integers(0, 4, 16)
    ours, theirs = mlp_backward(x, y, params), _by_autograd(x, y, params)
    rows = figure.subplots(2, 4, width_ratios=[8, 2, 6, 2])
    for column, name in enumerate(shapes):
        largest = np.abs(theirs[name]).max()
        for row, found in enumerate((ours[name], theirs[name])):
            ax = rows[row, column]
            ax.imshow(np.atleast_2d(found.T).T, cmap="RdBu_r", vmin=-largest, vmax=largest, aspect="auto")
            ax.set(xticks=[], yticks=[])
        gap = np.abs(ours[name] - theirs[name]).max()
        rows[0, column].set_title(f"{name}: differs by {gap:.0e}" if gap else f"{name}: the same", fontsize=10)
    rows[0, 0].set_ylabel("yours")
    rows[1, 0].set_ylabel("autograd's")


def _by_autograd(x, y, params):
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}
    hidden = torch.relu(torch.tensor(x) @ leaves["W1"].T + leaves["b1"])
    logits = hidden @ leaves["W2"].T + leaves["b2"]
    torch.nn.functional.cross_entropy(logits, torch.tensor(y)).backward()
    return {name: leaf.grad.numpy() for name, leaf in leaves.items()}
