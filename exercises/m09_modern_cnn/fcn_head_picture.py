"""The picture of fcn_head: a classifier of small crops, slid over a large image."""

import torch
from matplotlib.patches import Rectangle

SIZE = 7


def draw(figure, fcn_head):
    """Draw onto a matplotlib Figure, with the learner's `fcn_head`."""
    figure.set_size_inches(10, 4)
    scene, found = figure.subplots(1, 2)
    generator = torch.Generator().manual_seed(6)
    image = 0.35 * torch.rand(36, 60, generator=generator)
    crosses, rings = [(5, 6), (22, 40), (12, 48)], [(8, 26), (25, 12)]
    for shape, places in ((_cross(), crosses), (_ring(), rings)):
        for row, column in places:
            image[row : row + SIZE, column : column + SIZE] += shape
    # The weights of a classifier with two classes: each answers to its own shape.
    weight = torch.stack([_cross() - _cross().mean(), _ring() - _ring().mean()]).flatten(1)
    scores = fcn_head(image[None, None], weight, torch.zeros(2), SIZE, SIZE)[0]
    scene.imshow(image, cmap="Greys")
    scene.add_patch(Rectangle((crosses[0][1] - 0.5, crosses[0][0] - 0.5), SIZE, SIZE, fill=False, ec="#d9622b", lw=2))
    scene.set_title("the image, and a crop as in training", loc="left")
    said = (scores / scores.max()).clamp(0, 1)
    # Red for crosses, blue for rings, white for neither.
    found.imshow(1 - torch.stack([said[1], said.sum(dim=0).clamp(max=1), said[0]], dim=-1))
    found.set_title("at every place: a cross (red) or a ring (blue)?", loc="left", fontsize=10)
    for ax in (scene, found):
        ax.set(xticks=[], yticks=[])


def _cross():
    shape = torch.eye(SIZE)
    return torch.maximum(shape, shape.flip(0))


def _ring():
    axis = torch.arange(SIZE) - SIZE // 2
    distance = (axis[:, None] ** 2 + axis[None, :] ** 2).float().sqrt()
    return ((distance > 2) & (distance < 3.6)).float()
