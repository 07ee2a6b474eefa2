"""The picture of masked_seq_loss: which cells of a padded batch count, seen by their gradient."""

import torch


def draw(figure, masked_seq_loss):
    """Draw onto a matplotlib Figure, with the learner's `masked_seq_loss`."""
    figure.set_size_inches(9, 4)
    ax = figure.subplots()
    lengths = torch.tensor([9, 4, 7, 1, 6])
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(5, 10, 4, generator=generator).requires_grad_()
    labels = torch.randint(0, 4, (5, 10), generator=generator)
    loss = masked_seq_loss(logits, labels, lengths)
    loss.backward()
    reached = logits.grad.norm(dim=2)
    ax.imshow(reached, cmap="Blues", vmin=0)
    for row in range(5):
        for column in range(10):
            real = column < int(lengths[row])
            color = "white" if float(reached[row, column]) > 0.02 else "black" if real else "#8a9099"
            ax.text(column, row, "token" if real else "padding", ha="center", va="center", fontsize=8, color=color)
    ax.set(xlabel="step", ylabel="sequence", xticks=range(10), yticks=range(5))
    ax.set_title(f"Where the gradient of your loss goes: {int(lengths.sum())} tokens count, {loss.item():.2f} each",
                 loc="left", fontsize=11)  # fmt: skip
