"""The picture of vit_patches: the grid over an image, and the tokens in their order."""

import torch


def draw(figure, vit_patches):
    """Draw onto a matplotlib Figure, with the learner's `vit_patches`."""
    figure.set_size_inches(11, 4)
    whole, tokens = figure.subfigures(1, 2, width_ratios=[1, 1.6])
    rows, columns = torch.meshgrid(torch.linspace(0, 1, 48), torch.linspace(0, 1, 48), indexing="ij")
    disc = ((rows - 0.45) ** 2 + (columns - 0.5) ** 2 < 0.09).float()
    image = torch.stack([rows * (1 - disc) + disc, columns * (1 - disc) + 0.5 * disc, (1 - rows) * (1 - disc)])
    ax = whole.subplots()
    ax.imshow(image.permute(1, 2, 0))
    for line in range(0, 49, 12):
        ax.axhline(line - 0.5, color="white", lw=1.5)
        ax.axvline(line - 0.5, color="white", lw=1.5)
    ax.set(xticks=[], yticks=[])
    ax.set_title("48 × 48 pixels, patches of 12", loc="left")
    cut = vit_patches(image[None], 12)[0]
    for number, (ax, token) in enumerate(zip(tokens.subplots(2, 8).flat, cut, strict=True)):
        ax.imshow(token.reshape(3, 12, 12).permute(1, 2, 0).clamp(0, 1))
        ax.set(xticks=[], yticks=[])
        ax.set_title(str(number), fontsize=9)
    tokens.suptitle("your tokens, in their order", x=0.02, ha="left")
