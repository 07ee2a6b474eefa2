"""The picture of oks: a skeleton, and around each joint the circles of equal similarity."""

import numpy as np
from matplotlib.patches import Circle

# Head, shoulders, hips, hands: where they are, and COCO's constants for such joints.
JOINTS = np.array([[5.0, 9.0], [3.6, 7.2], [6.4, 7.2], [4.2, 4.0], [5.8, 4.0], [2.0, 4.6], [8.0, 4.8]])
BONES = [(0, 1), (0, 2), (1, 2), (1, 3), (2, 4), (3, 4), (1, 5), (2, 6)]
K = np.array([0.026, 0.079, 0.079, 0.107, 0.107, 0.062, 0.062]) * 2
BLUE, ORANGE = "#2f6db5", "#d9622b"


def draw(figure, oks):
    """Draw onto a matplotlib Figure, with the learner's `oks`."""
    figure.set_size_inches(10, 5)
    body, curve = figure.subplots(1, 2)
    area, seen = 40.0, np.ones(len(JOINTS), dtype=bool)
    pred = JOINTS + np.random.default_rng(2).normal(0, 0.5, JOINTS.shape)
    for a, b in BONES:
        body.plot(*JOINTS[[a, b]].T, color="black", lw=1.5)
        body.plot(*pred[[a, b]].T, color=ORANGE, lw=1.2)
    for joint, k in zip(JOINTS, K, strict=True):
        for similarity, alpha in ((0.85, 0.35), (0.5, 0.2)):
            radius = np.sqrt(-2 * area * k**2 * np.log(similarity))
            body.add_patch(Circle(joint, radius, color=BLUE, alpha=alpha, lw=0))
    body.set(aspect="equal", xticks=[], yticks=[], xlim=(0, 10), ylim=(2, 11))
    body.set_title(f"OKS {oks(pred, JOINTS, seen, area, K):.2f}; circles of similarity 0.85 and 0.5", loc="left")
    shifts = np.linspace(0, 4, 81)
    for joint, name in ((0, "head"), (1, "shoulder"), (3, "hip")):
        only = np.arange(len(JOINTS)) == joint
        values = [oks(JOINTS + np.array([shift, 0.0]), JOINTS, only, area, K) for shift in shifts]
        curve.plot(shifts, values, lw=2, label=f"{name}, k = {K[joint]:.2f}")
    curve.set(xlabel="distance of the joint from where it is", ylabel="its similarity", ylim=(0, 1.02))
    curve.legend(frameon=False)
    curve.set_title("A head must be hit more exactly than a hip", loc="left")
    for ax in (body, curve):
        ax.spines[["top", "right"]].set_visible(False)
