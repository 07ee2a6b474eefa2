"""The picture of nt_xent: the matrix of similarities, and what the temperature does to the loss."""

import numpy as np
import torch
from matplotlib.patches import Rectangle


def draw(figure, nt_xent):
    """Draw onto a matplotlib Figure, with the learner's `nt_xent`."""
    figure.set_size_inches(10, 4.5)
    matrix, curve = figure.subplots(1, 2)
    generator = torch.Generator().manual_seed(3)
    z1 = torch.randn(6, 8, generator=generator)
    z2 = z1 + 0.6 * torch.randn(6, 8, generator=generator)
    z = torch.nn.functional.normalize(torch.cat([z1, z2]), dim=1)
    similar = (z @ z.T).numpy()
    np.fill_diagonal(similar, np.nan)
    matrix.set_facecolor("#c9ced6")
    matrix.imshow(similar, cmap="RdBu_r", vmin=-1, vmax=1)
    for row in range(12):
        matrix.add_patch(Rectangle(((row + 6) % 12 - 0.5, row - 0.5), 1, 1, fill=False, ec="black", lw=1.6))
    matrix.set(xticks=[], yticks=[])
    matrix.set_title("Positives are framed; nobody chooses itself", loc="left", fontsize=11)
    taus = torch.logspace(-1.5, 1, 40).tolist()
    others = torch.randn(6, 8, generator=generator)
    curve.semilogx(taus, [float(nt_xent(z1, z2, tau)) for tau in taus], color="#2f6db5", lw=2.2, label="these pairs")
    curve.semilogx(taus, [float(nt_xent(z1, others, tau)) for tau in taus], color="#d9622b", lw=2.2, label="strangers")
    curve.axhline(np.log(11), color="black", lw=0.8, ls=":")
    curve.text(0.04, np.log(11) + 0.15, "log 11: a guess", fontsize=9)
    curve.set(xlabel="temperature", ylabel="your loss", ylim=(0, 8))
    curve.set_title("A low temperature looks at the nearest only", loc="left", fontsize=11)
    curve.legend(frameon=False)
    curve.spines[["top", "right"]].set_visible(False)
