"""The picture of multi_head: what each of two heads looks at."""

import torch

TOKENS = ["red", "green", "red", "blue", "green", "blue"]


def draw(figure, multi_head):
    """Draw onto a matplotlib Figure, with the learner's `multi_head`."""
    figure.set_size_inches(10, 4.5)
    # The first four numbers say the colour, the last four the place; each head gets one half.
    colours = torch.eye(4)[[0, 1, 0, 2, 1, 2]]
    places = torch.stack([torch.cos(torch.arange(6) * 0.5 * k) for k in (0, 1, 2, 3)], dim=1)
    x = torch.cat([colours, places], dim=1)[None]
    scale, zero = 6.0 * torch.eye(8), torch.zeros(8, 8)
    titles = "head 0 looks for the same colour", "head 1 looks at its own place and near it"
    for head, (ax, title) in enumerate(zip(figure.subplots(1, 2), titles, strict=True)):
        # One token at a time is marked by a value of 1: what arrives of it is the weight of that token.
        columns = []
        for marked in range(6):
            value = zero.clone()
            value[4 * head] = 1.0
            only = x.clone()
            only[0, :, 4 * head :] = x[0, :, 4 * head :]
            columns.append(_weight(multi_head, x, scale, head, marked))
        ax.imshow(torch.stack(columns, dim=1), cmap="Blues", vmin=0, vmax=1)
        ax.set_xticks(range(6), TOKENS)
        ax.set_yticks(range(6), TOKENS)
        ax.set_title(title, loc="left", fontsize=11)


def _weight(multi_head, x, scale, head, marked):
    """How much of token `marked` arrives at every token through this head."""
    wide = torch.zeros(1, 6, 8)
    wide[0, marked, 4 * head] = 1.0
    # Queries and keys read x; the value reads a mark, which is as small as not to disturb them.
    small = 1e-4
    value = torch.zeros(8, 8)
    value[4 * head, 4 * head] = 1 / small
    shifted = multi_head(x + small * wide, scale, torch.eye(8), value, torch.eye(8), 2)
    plain = multi_head(x, scale, torch.eye(8), value, torch.eye(8), 2)
    return (shifted - plain)[0, :, 4 * head].clamp(0, 1)
