"""A made-up class over the four core exercises: seeded, so that every test sees the same one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from winnow.course import Course, Exercise, Module
from winnow.record import CheckResult, Counterexample, ExerciseResult, RunResult, SubmissionResult

HOSTILE = "<script>alert(1)</script>/../\x1b[31m\u202eevil"
NAMES = ["王小明", "Zoë Müller", "=cmd|' /C calc'!A0", HOSTILE, "محمد علي", "Anna", "anna"]


@dataclass(frozen=True)
class Check:
    name: str
    title: str
    visibility: str
    points: float
    hardness: float
    misconceptions: tuple[str, ...] = ()


CHECKS: dict[str, list[Check]] = {
    "groupby_na": [
        Check("test_worked_example", "the worked example in the statement", "public", 3, -1.6),
        Check("test_missing_keys", "rows whose key is missing", "hidden", 3, 0.2, ("sentinel", "stringify")),
        Check("test_missing_values", "a group whose values are all missing", "hidden", 2, 0.6, ("dropna_first",)),
        Check("test_categories", "categories that do not occur", "hidden", 2, 0.9, ("phantom",)),
    ],
    "mae": [
        Check("test_worked_examples", "the worked examples in the statement", "public", 3, -2.2),
        Check("test_definition", "the mean absolute error of any two arrays of one shape", "hidden", 3, -0.4,
              ("abs_outside", "len_div")),
        Check("test_shapes", "shapes that differ are refused", "hidden", 2, 1.1, ("broadcast",)),
        Check("test_unsigned", "unsigned integers do not wrap", "hidden", 2, 0.7, ("wrap",)),
    ],
    "robust_losses": [
        Check("test_worked_examples", "the worked examples in the statement", "public", 6, -0.9),
        Check("test_huber", "the Huber loss on both sides of delta", "hidden", 4, 0.1, ("linear_tail", "smooth_l1")),
        Check("test_log_cosh", "log-cosh where cosh overflows", "hidden", 4, 1.3, ("naive_logcosh",)),
        Check("test_quantile", "the pinball loss", "hidden", 3, 0.3, ("tau_flip",)),
        Check("test_grad", "the gradient with respect to the prediction", "hidden", 3, 0.8, ("grad_sign", "no_mean")),
    ],
    "mlp_forward": [
        Check("test_worked_example", "the worked example in the statement", "public", 6, -0.5),
        Check("test_depths", "any depth and width", "hidden", 6, 0.5, ("act_last", "layout")),
        Check("test_activation", "the given activation, once per hidden layer", "hidden", 4, 0.9, ("fixed_act",)),
        Check("test_graph", "gradients reach every weight", "hidden", 4, 1.2, ("no_graph",)),
    ],
}  # fmt: skip

SENTENCES = {
    "groupby_na": {
        "sentinel": "A sentinel can collide with a real key; use `dropna=False`.",
        "stringify": "That made a string of the missing key, and a string is not missing.",
        "dropna_first": "NA in the values is not NA in the keys.",
        "phantom": "Categories that do not occur are not groups.",
    },
    "mae": {
        "abs_outside": "Signs cancelled: take absolute values before averaging.",
        "len_div": "`len` counts rows; divide by the number of elements.",
        "broadcast": "Shapes (3,) and (3, 1) made a 3x3 table of differences.",
        "wrap": "Unsigned subtraction wrapped around; convert to float64 first.",
    },
    "robust_losses": {
        "linear_tail": "The two pieces must meet at |r| = delta.",
        "smooth_l1": "Smooth-L1 is Huber divided by delta; they agree only at delta = 1.",
        "naive_logcosh": "`cosh` overflows before the logarithm is taken; factor out |r|.",
        "tau_flip": "Under-prediction must cost tau.",
        "grad_sign": "Differentiate with respect to the prediction, not to r.",
        "no_mean": "The loss is a mean, so the gradient is divided by n.",
    },
    "mlp_forward": {
        "act_last": "The last layer must stay linear.",
        "layout": "W is stored outxin; transpose it.",
        "fixed_act": "Use the given activation, and every layer.",
        "no_graph": "This step cuts the path from the loss to the weights.",
    },
}

TITLES = {
    "groupby_na": "Group a table whose keys are missing here and there",
    "mae": "The mean absolute error",
    "robust_losses": "Losses that outliers do not dominate, and their gradients",
    "mlp_forward": "The forward pass of a multi-layer perceptron",
}
MODULES = {
    "groupby_na": "m02_na_groups",
    "mae": "m05_losses",
    "robust_losses": "m05_losses",
    "mlp_forward": "m06_mlp",
}


def made_course(root: Path = Path("course")) -> Course:
    """The four exercises, without files."""
    modules: dict[str, list[Exercise]] = {}
    for name, title in TITLES.items():
        worth = float(sum(check.points for check in CHECKS[name]))
        hints = ("Which comes first?", "And which last?", "Convert, compare, average.")
        exercise = Exercise(name, MODULES[name], title, (name,), ("numpy",), worth, 10, 1, hints, root)
        modules.setdefault(MODULES[name], []).append(exercise)
    built = tuple(Module(name, name, tuple(exercises)) for name, exercises in modules.items())
    return Course(root, "Deep learning, from the first lecture on", built)


def made_run(learners: int = 60, seed: int = 7) -> RunResult:
    """A class in which ability spreads, difficult checks are missed more, and a few things go wrong."""
    rng = np.random.default_rng(seed)
    names = NAMES[: max(0, learners - 1)] + [f"s{index:02d}" for index in range(1, learners + 1)]
    submissions = [_submission(name, index, rng) for index, name in enumerate(names[:learners])]
    return RunResult(("landlock", "seccomp", "rlimits"), tuple(sorted(submissions, key=lambda made: made.student)))


def _submission(student: str, index: int, rng: np.random.Generator) -> SubmissionResult:
    ability = rng.normal(0.9, 1.2)
    idle = index % 15 == 14
    results = []
    for place, name in enumerate(TITLES):
        worth = float(sum(check.points for check in CHECKS[name]))
        quits = rng.random() < 0.04 + 0.07 * place
        if idle or quits:
            results.append(ExerciseResult(name, "missing" if rng.random() < 0.3 else "not_started", 0.0, worth))
        elif index == 20 and name == "mlp_forward":
            said = "assignment.ipynb is not a notebook: it ends in the middle of line 40"
            results.append(ExerciseResult(name, "unreadable", 0.0, worth, message=said))
        elif index == 30 and name == "robust_losses":
            said = "the reference raised MemoryError in /graders/test_robust_losses.py"
            results.append(ExerciseResult(name, "grader_error", 0.0, worth, message=said))
        else:
            results.append(_exercise(name, ability, rng, stopped=index in (11, 41) and name == "mlp_forward"))
    score, points = sum(r.score for r in results), sum(r.points for r in results)
    return SubmissionResult(student, score, points, tuple(results))


def _exercise(name: str, ability: float, rng: np.random.Generator, stopped: bool) -> ExerciseResult:
    checks: list[CheckResult] = []
    for check in CHECKS[name]:
        slope = 0.0 if check.name == "test_categories" else 1.4
        passed = not stopped and rng.random() < 1 / (1 + np.exp(-slope * (ability - check.hardness)))
        named = () if passed or not check.misconceptions or rng.random() < 0.3 else (rng.choice(check.misconceptions),)
        named = tuple(str(item) for item in named)
        why = "" if passed else SENTENCES[name][named[0]] if named else "Your answer is 2 times what it should be."
        shown = None if passed else Counterexample(f"{name}([0, 0], [1, -1])", "0.0", "1.0")
        if stopped:
            why, shown = "Your code did not finish within 10 seconds.", None
        earned = check.points if passed else 0.0
        outcome = "passed" if passed else "not_run" if stopped and checks else "failed"
        if outcome == "not_run":
            why = ""
        checks.append(
            CheckResult(check.name, check.title, check.visibility, outcome, earned, check.points, why, shown, named)
        )
    found = tuple(dict.fromkeys(item for check in checks for item in check.misconceptions))
    output = "epoch 1 loss 0.3\n" if rng.random() < 0.1 else ""
    score, worth = sum(check.score for check in checks), float(sum(check.points for check in checks))
    return ExerciseResult(name, "graded", score, worth, tuple(checks), found, output=output, stopped=stopped)


_MAE = """import numpy as np

def mae(y_true, y_pred):
    {first} = np.asarray(y_true, dtype=np.float64)
    {second} = np.asarray(y_pred, dtype=np.float64)
    if {first}.shape != {second}.shape:
        raise ValueError("shapes differ")
    if {first}.size == 0:
        raise ValueError("nothing to average")
    total = 0.0
    for left, right in zip({first}.ravel(), {second}.ravel()):
        total += abs(left - right)  # {remark}
    return float(total / {first}.size)
"""


def made_sources(run: RunResult) -> dict[str, dict[str, str]]:
    """Source texts: two learners with one text, two with one text under other names, the others with their own."""
    sources: dict[str, dict[str, str]] = {}
    for index, submission in enumerate(run.submissions):
        own = "\n".join(f"    v{k} = [{k}, {index}] * {index + k} + [{index * 7 + k}]" for k in range(index % 5 + 4))
        sources[submission.student] = {"mae": f"def mae(a, b):\n{own}\n    return {index}\n"}
    students = [submission.student for submission in run.submissions if submission.score > 0]
    for student in students[3], students[8]:
        sources[student]["mae"] = _MAE.format(first="a", second="b", remark="as in the lecture")
    sources[students[12]]["mae"] = _MAE.format(first="p", second="q", remark="mine")
    return sources
