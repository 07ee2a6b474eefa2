"""The picture of batchnorm2d: one channel before and after, in training and in evaluation."""

import torch

BLUE, ORANGE, GREY = "#2f6db5", "#d9622b", "#8a9099"


def draw(figure, batchnorm2d):
    """Draw onto a matplotlib Figure, with the learner's `batchnorm2d`."""
    figure.set_size_inches(11, 4)
    before, after, memory = figure.subplots(1, 3)
    generator = torch.Generator().manual_seed(1)
    one, zero = torch.ones(1), torch.zeros(1)
    mean, variance, means = zero, one, []
    for _ in range(40):
        x = 3 + 2 * torch.randn(16, 1, 4, 4, generator=generator)
        trained, mean, variance = batchnorm2d(x, one, zero, mean, variance, True)
        means.append((float(mean), float(variance)))
    evaluated, _, _ = batchnorm2d(x, one, zero, mean, variance, False)
    before.hist(x.flatten().numpy(), bins=30, color=GREY)
    before.set_title("a batch of mean 3 and variance 4", loc="left", fontsize=11)
    after.hist(trained.flatten().numpy(), bins=30, histtype="step", lw=2, color=BLUE, label="in training")
    after.hist(evaluated.flatten().numpy(), bins=30, histtype="step", lw=2, color=ORANGE, label="in evaluation")
    after.set_title("normalised", loc="left", fontsize=11)
    after.legend(frameon=False, fontsize=9)
    memory.plot([m for m, _ in means], color=BLUE, lw=2, label="running mean")
    memory.plot([v for _, v in means], color=ORANGE, lw=2, label="running variance")
    memory.axhline(3, color=BLUE, lw=0.8, ls=":")
    memory.axhline(4, color=ORANGE, lw=0.8, ls=":")
    memory.set_title("what is remembered", loc="left", fontsize=11)
    memory.set_xlabel("batches seen")
    memory.legend(frameon=False, fontsize=9)
    for ax in (before, after, memory):
        ax.spines[["top", "right"]].set_visible(False)
