"""The picture of mlp_forward: what 0, 1 and 3 hidden layers can separate, and what the activations look like."""

from itertools import pairwise

import matplotlib
import torch


def draw(figure, mlp_forward):
    """Draw onto a matplotlib Figure, with the learner's `mlp_forward`."""
    figure.set_size_inches(11, 6)
    generator = torch.Generator().manual_seed(2)
    points, labels = _two_moons(generator)
    axis = torch.linspace(-2.2, 2.2, 60)
    grid = torch.cartesian_prod(axis, axis)
    rows = figure.subplots(2, 3, height_ratios=[1.8, 1])
    # Matrices this small are fastest on one thread.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    for column, hidden in enumerate([0, 1, 3]):
        weights, biases = _trained(mlp_forward, points, labels, hidden, generator)
        with torch.no_grad():
            map_ = mlp_forward(grid, weights, biases).reshape(60, 60).T
            right = ((mlp_forward(points, weights, biases)[:, 0] > 0) == labels.bool()).float().mean()
        top, below = rows[:, column]
        top.contourf(axis, axis, map_.sigmoid(), levels=20, cmap="RdBu_r", vmin=0, vmax=1, alpha=0.75)
        top.contour(axis, axis, map_, levels=[0.0], colors="black", linewidths=1.5)
        top.scatter(*points.T, c=labels, cmap=matplotlib.colors.ListedColormap(["#1f4e8c", "#b3341f"]), s=14,
                    edgecolors="white", linewidths=0.5)  # fmt: skip
        name = {0: "no hidden layer", 1: "1 hidden layer", 3: "3 hidden layers"}[hidden]
        top.set_title(f"{name}: {100 * float(right):.0f} % right", loc="left", fontsize=11)
        top.set(xticks=[], yticks=[], aspect="equal")
        _histogram(below, mlp_forward, points, weights, biases)
    torch.set_num_threads(threads)


def _two_moons(generator):
    angle = torch.rand(160, generator=generator) * torch.pi
    labels = (torch.arange(160) % 2).float()
    upper = torch.stack([angle.cos() - 0.5, angle.sin() - 0.25], 1)
    points = torch.where(labels[:, None] == 1, -upper, upper) * 1.2
    return points + 0.12 * torch.randn(160, 2, generator=generator), labels


def _trained(mlp_forward, points, labels, hidden, generator):
    """Weights and biases after 150 steps of Adam, with gradients that went through the learner's function."""
    widths = [2] + [12] * hidden + [1]
    weights = [torch.randn(b, a, generator=generator) * (2 / a) ** 0.5 for a, b in pairwise(widths)]
    biases = [torch.zeros(width) for width in widths[1:]]
    for parameter in (*weights, *biases):
        parameter.requires_grad_()
    optimizer = torch.optim.Adam([*weights, *biases], lr=0.05)
    for _ in range(150):
        optimizer.zero_grad()
        logits = mlp_forward(points, weights, biases)[:, 0]
        torch.nn.functional.binary_cross_entropy_with_logits(logits, labels).backward()
        optimizer.step()
    return [weight.detach() for weight in weights], [bias.detach() for bias in biases]


def _histogram(ax, mlp_forward, points, weights, biases):
    """What comes out of each hidden layer, recorded by the activation that is handed over."""
    seen = []

    def recording(z):
        seen.append(torch.relu(z))
        return seen[-1]

    with torch.no_grad():
        mlp_forward(points, weights, biases, activation=recording)
    for number, values in enumerate(seen):
        share = float((values == 0).float().mean())
        ax.hist(values[values > 0].flatten().numpy(), bins=30, range=(0, 6), histtype="step", lw=1.8,
                color=matplotlib.colormaps["viridis"](0.15 + 0.35 * number),
                label=f"after layer {number}, {100 * share:.0f} % zeros")  # fmt: skip
    if seen:
        ax.set_xlabel("activation above zero")
        ax.legend(frameon=False, fontsize=8)
    else:
        ax.text(0.5, 0.5, "no activation anywhere:\na straight line is all it can draw", ha="center", va="center",
                transform=ax.transAxes, fontsize=10)  # fmt: skip
        ax.set(xticks=[], yticks=[])
    ax.spines[["top", "right"]].set_visible(False)
