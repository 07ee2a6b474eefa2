"""Draws exercises/m07_optimization/runs.png, the picture of the quiz: `python solutions/m07_optimization/quiz_runs.py`.

The valley is f(x, y) = (x² + 20 y²) / 2; each run is the path of one optimiser of torch in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

STEEP = 20
START = (-9.0, 2.5)
Make = Callable[[list[torch.Tensor]], torch.optim.Optimizer]
PATHS: dict[str, Make] = {
    "A": lambda p: torch.optim.Adam(p, lr=0.5),
    "B": lambda p: torch.optim.SGD(p, lr=0.092),
    "C": lambda p: torch.optim.SGD(p, lr=0.012, momentum=0.9),
}
LOSSES: dict[str, Make] = {
    "D": lambda p: torch.optim.SGD(p, lr=0.1005),
    "E": lambda p: torch.optim.SGD(p, lr=0.08),
    "F": lambda p: torch.optim.SGD(p, lr=0.001),
}


def loss(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (x**2 + STEEP * y**2) / 2


def run(make: Make, steps: int) -> np.ndarray:
    """The places (steps + 1, 2) that an optimiser comes through."""
    place = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([place])
    places = [place.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        loss(*place).backward()
        optimizer.step()
        places.append(place.detach().clone())
    return torch.stack(places).numpy()


def losses(places: np.ndarray) -> np.ndarray:
    return (places[:, 0] ** 2 + STEEP * places[:, 1] ** 2) / 2


def draw(path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.0), layout="constrained", width_ratios=(3, 2))
    x, y = np.meshgrid(np.linspace(-10.5, 3.5, 200), np.linspace(-3.4, 3.4, 200))
    left.contour(x, y, np.sqrt((x**2 + STEEP * y**2) / 2), levels=9, colors="0.8", linewidths=0.8)
    styles = {"A": ("tab:blue", "o", "-"), "B": ("tab:orange", "s", "--"), "C": ("tab:green", "^", "-.")}
    names = {"A": (-3.7, -1.55), "B": (-7.5, 2.0), "C": (-4.0, 1.55)}
    for name, (colour, marker, line) in styles.items():
        places = run(PATHS[name], 30)
        left.plot(*places.T, color=colour, marker=marker, markersize=3, linestyle=line, linewidth=1.2)
        left.text(*names[name], name, color=colour, fontsize=14, weight="bold")
    left.plot(*START, "k*", markersize=11)
    left.plot(0, 0, "kx", markersize=9)
    left.set(title="paths from the star towards the cross", xlabel="x", ylabel="y", xlim=(-10.5, 3.5), ylim=(-3.4, 3.4))
    for (name, make), colour, line in zip(
        LOSSES.items(), ("tab:red", "tab:purple", "tab:brown"), ("-", "--", "-."), strict=True
    ):
        values = losses(run(make, 40))
        right.plot(values, color=colour, linestyle=line, linewidth=1.6)
        right.annotate(
            name, (40, values[-1]), (41, values[-1] + 4), color=colour, fontsize=14, weight="bold", va="center"
        )
    right.set(title="loss of three runs of plain SGD", xlabel="step", ylabel="loss", xlim=(0, 44))
    right.set_ylim(bottom=0)
    figure.savefig(path, dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    draw(Path(__file__).parents[2] / "exercises" / "m07_optimization" / "runs.png")
