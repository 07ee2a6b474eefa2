"""The picture of four_part_fit: the same fit with two losses, on data with outliers, measured by one metric."""

import torch

COLORS = {"MSE": "#d9622b", "MAE": "#2f6db5"}


def draw(figure, four_part_fit):
    """Draw onto a matplotlib Figure, with the learner's `four_part_fit`."""
    figure.set_size_inches(11, 4)
    left, middle, right = figure.subplots(1, 3)
    generator = torch.Generator().manual_seed(5)
    x = torch.linspace(-1, 1, 40)
    y = 2 * x + 0.1 * torch.randn(40, generator=generator)
    y[-6:] -= 5.0
    losses = {"MSE": lambda a, b: ((a - b) ** 2).mean(), "MAE": lambda a, b: (a - b).abs().mean()}

    def model(params, x):
        return params[0] * x + params[1]

    def descend(params, grads):
        return [p - 0.1 * g for p, g in zip(params, grads, strict=True)]

    def metric(prediction, y):
        # How far the line is from the points that are no outliers.
        return (prediction - y)[:-6].abs().mean()

    left.plot(x, y, "o", color="black", ms=4)
    for name, loss in losses.items():
        start = [torch.tensor(0.0), torch.tensor(0.0)]
        fit = four_part_fit([(x, y)], model, loss, descend, start, 200, metric)
        left.plot(x, model(fit["params"], x), color=COLORS[name], lw=2, label=name)
        middle.plot(fit["loss"], color=COLORS[name], lw=2, label=name)
        right.plot(fit["metric"], color=COLORS[name], lw=2, label=name)
    left.set_title("Data with outliers, and two fits", loc="left", fontsize=11)
    middle.set_title("Both losses fall ...", loc="left", fontsize=11)
    right.set_title("... and only one of the metrics", loc="left", fontsize=11)
    middle.set_xlabel("step")
    right.set(xlabel="step", ylabel="mean error without the outliers", ylim=(0, None))
    for ax in (left, middle, right):
        ax.legend(frameon=False, fontsize=9)
        ax.spines[["top", "right"]].set_visible(False)
