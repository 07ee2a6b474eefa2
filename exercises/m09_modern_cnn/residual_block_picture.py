"""The picture of residual_block: the size of the gradient by depth, with the shortcut and without."""

import torch
from torch.nn.functional import conv2d

DEPTH, CHANNELS = 20, 8


def draw(figure, residual_block):
    """Draw onto a matplotlib Figure, with the learner's `residual_block`."""
    figure.set_size_inches(8, 4.5)
    ax = figure.subplots()

    def plain(x, w1, w2):
        return torch.relu(conv2d(torch.relu(conv2d(x, w1, padding=1)), w2, padding=1))

    threads = torch.get_num_threads()
    # Images this small are fastest on one thread.
    torch.set_num_threads(1)
    for name, color, block in (("your block", "#2f6db5", residual_block), ("without shortcut", "#d9622b", plain)):
        generator = torch.Generator().manual_seed(0)
        x = torch.randn(4, CHANNELS, 8, 8, generator=generator).requires_grad_()
        inputs = [x]
        for _ in range(DEPTH):
            weights = (
                torch.randn(2, CHANNELS, CHANNELS, 3, 3, generator=generator) * (0.5 / CHANNELS / 9) ** 0.5
            ).unbind()
            inputs.append(block(inputs[-1], *weights))
        gradients = torch.autograd.grad(inputs[-1].sum(), inputs[:-1])
        ax.semilogy([float(one.norm()) for one in gradients], "o-", color=color, lw=2, label=name)
    torch.set_num_threads(threads)
    ax.set(xlabel="block, counted from the input", ylabel="size of the gradient that arrives there")
    ax.set_title("With a shortcut the first block still learns", loc="left")
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
