"""What the quizzes of m01_visual_story, m03_components and m04_tasks teach is so."""

import numpy as np
import pytest

from ..support.quizzes import answer, quiz_and_key

# What a cut axis does


@pytest.mark.parametrize(
    "values", [{"before": 50, "after": 110, "start": 15}, {"before": 90, "after": 150, "start": 45}]
)
def test_the_lie_factor_of_a_cut_axis_is_that_of_its_bars(values):
    data = np.array([values["before"], values["after"]], dtype=float)
    drawn = data - values["start"]
    seen, true = ((pair[1] - pair[0]) / pair[0] for pair in (drawn, data))
    assert answer("cut_axis", values) == pytest.approx(seen / true)


# What a falling loss says


def test_a_cross_entropy_may_fall_at_every_step_while_the_accuracy_falls_too():
    x, label = np.array([1.0, 1.0, 1.0, -10.0]), np.ones(4)
    w, losses, right = 1.0, [], []
    for _ in range(500):
        p = 1 / (1 + np.exp(-w * x))
        losses.append(-np.log(p).mean())
        right.append(((p > 0.5) == label).mean())
        w -= 0.0015 * ((p - label) * x).mean()
    assert (np.diff(losses) < 0).all()
    assert right[0] > right[-1]
    assert np.exp(-losses[-1]) > np.exp(-losses[0])
    assert answer("what_a_falling_loss_says") == ("b", "d")


# What metrics measure


@pytest.mark.parametrize(
    "values", [{"width": 12, "height": 8, "right": 5, "down": 3}, {"width": 20, "height": 12, "right": 2, "down": 1}]
)
def test_the_iou_of_shifted_boxes_is_that_of_painted_ones(values):
    fine = 10
    first, second = np.zeros((2, 20 * fine, 30 * fine), dtype=bool)
    width, height, right, down = (fine * values[name] for name in ("width", "height", "right", "down"))
    first[:height, :width] = True
    second[down : down + height, right : right + width] = True
    assert (first & second).sum() / (first | second).sum() == pytest.approx(answer("iou_of_shifted_boxes", values))


@pytest.mark.parametrize(("few", "many"), [(2, 6), (3, 9), (2, 10)])
def test_the_accuracy_of_two_answers_leaves_each_of_ten_people_out(few, many):
    def accuracy(agree):
        people = [True] * agree + [False] * (10 - agree)
        return np.mean([min((agree - out) / 3, 1) for out in people])

    assert (accuracy(few) + accuracy(many)) / 2 == pytest.approx(
        answer("accuracy_of_two_answers", {"few": few, "many": many})
    )


def test_the_oks_is_a_mean_over_visible_joints():
    values = {"distance": 10, "area": 1200, "k": 0.3}
    d, visible = np.array([0, 10, np.nan]), np.array([True, True, False])
    assert np.exp(-(d**2) / (2 * 1200 * 0.3**2))[visible].mean() == pytest.approx(answer("oks_by_hand", values))


def test_only_the_mean_iou_notices_that_people_are_missed():
    true, seen = np.array([0] * 98 + [1] * 2), np.zeros(100, dtype=int)
    both = [((true == c) & (seen == c)).sum() for c in (0, 1)]
    either = [((true == c) | (seen == c)).sum() for c in (0, 1)]
    each = np.divide(both, either)
    shown = {"a": (true == seen).mean(), "b": each.mean(), "c": each[0], "d": sum(both) / sum(either)}
    question, _ = quiz_and_key("metric_that_notices")
    for label, value in shown.items():
        assert question.choices[label].endswith(f"it is {value:.2f}")
    assert min(shown, key=shown.get) == answer("metric_that_notices")
