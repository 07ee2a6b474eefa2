"""Closed calls raise inside the exercise's own functions, and nowhere else, on every road."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest
import torch

from winnow.course import Course, CourseError, load
from winnow.record import ExerciseResult
from winnow.worker import closed, closed_error, loading, operators, running
from winnow.worker.clock import Clock
from winnow.worker.statements import Text

from ..support import small_course

CLOSED = """
closed = [
  "torch.nn.functional.conv1d", "torch.conv1d", "torch.nn.Conv1d", "torch.Tensor.backward", "torch.autograd.functional",
  "torch.optim", "torch.nn.functional.cross_entropy",
]
hints ="""
FILES = small_course.FILES | {
    "exercises/course.toml": small_course.CATALOGUE.replace("hints =", CLOSED).replace("wall = 2", "wall = 9"),
}
WAYS = {
    "torch.nn.functional.conv1d": [
        "import torch\nF = torch.nn.functional\ndef use(x): return F.conv1d(x, x)",
        "from torch.nn.functional import conv1d as c\ndef use(x): return c(x, x)",
        "import torch.nn.functional as F\ndef helper(x): return F.conv1d(x, x)\ndef use(x): return helper(x)",
    ],
    "torch.conv1d": ["from torch import conv1d\ndef use(x): return conv1d(x, x)"],
    "torch.nn.Conv1d": [
        "from torch import nn\ndef use(x): return nn.Conv1d(1, 1, 1)",
        "from torch.nn import Conv1d\nlayer = Conv1d(1, 1, 1)\ndef use(x): return layer(x)",
        "from torch import nn\nclass Own(nn.Conv1d): pass\ndef use(x): return Own(1, 1, 1)(x)",
    ],
    "torch.Tensor.backward": ["def use(x): return x.sum().backward()"],
    "torch.autograd.functional.jacobian": [
        "import torch\ndef use(x): return torch.autograd.functional.jacobian(lambda x: x, x)",
        "from torch.autograd.functional import jacobian\ndef use(x): return jacobian(lambda x: x, x)",
    ],
    "torch.optim.SGD": ["import torch\ndef use(x): return torch.optim.SGD([x], lr=0.1)"],
    "torch.optim.Adam": [
        "import torch\nopt = torch.optim.Adam([torch.zeros(1, requires_grad=True)])\ndef use(x): return opt.step()"
    ],
    "torch.nn.functional.cross_entropy": [
        "import torch\ndef use(x): return torch.nn.CrossEntropyLoss()(x[0], torch.tensor([0]))"
    ],
}
CASES = [(path, way) for path, ways in WAYS.items() for way in ways]
NUMBER = "\n\ndef double(x):\n    use(__import__('torch').ones(1, 1, 2, requires_grad=True))\n    return 2 * x\n"
SAID = "{} is what you are to write here."

META = """
import torch
def use(x):
    return torch.ones(1, 4, 2, device="meta").transpose(1, 2).reshape(1, 8) @ torch.ones(8, 3, device="meta")
"""
OTHER_DOORS = [
    "import torch\ndef use(x): return torch.ops.aten.conv1d(x, x)",
    "import torch\ndoor = torch.ops.aten.conv1d.default\ndef use(x): return door(x, x)",
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return small_course.make(tmp_path_factory.mktemp("course"), FILES)


def graded(course: Course, *texts: str) -> list[ExerciseResult]:
    handed_in = [small_course.submission(text, student=str(at)) for at, text in enumerate(texts)]
    return small_course.grade(course, *handed_in)


def test_each_way_to_a_closed_call_raises_when_graded(course: Course) -> None:
    for (path, _), result in zip(CASES, graded(course, *(way + NUMBER for _, way in CASES)), strict=True):
        check = next(one for one in result.checks if one.name == "test_any_number")
        assert check.outcome == "failed", path
        assert SAID.format(path) in check.why, (path, check.why)


def test_the_other_door_of_torch_is_closed_beside(course: Course) -> None:
    for result in graded(course, *(way + NUMBER for way in OTHER_DOORS)):
        check = next(one for one in result.checks if one.name == "test_any_number")
        assert "torch.ops.aten.conv1d" in check.why, check
    # torch itself goes through it, and may.
    (result,) = graded(course, META + NUMBER)
    assert all(check.outcome == "passed" for check in result.checks if check.name != "test_half"), result


def test_the_module_may_use_it_outside_of_the_exercises_functions(course: Course) -> None:
    compares = (
        "import torch\nx = torch.ones(1, 1, 2)\ntorch.nn.functional.conv1d(x, x)\n"
        "def use(x): return torch.nn.functional.unfold(x[None], 1)"
    )
    (result,) = graded(course, compares + NUMBER)
    assert all(check.outcome == "passed" for check in result.checks if check.name != "test_half"), result


def test_each_way_to_a_closed_call_raises_in_a_learners_own_process(tmp_path: Path) -> None:
    roots = [tmp_path / str(at) for at in range(len(CASES))]
    for root, (_, way) in zip(roots, CASES, strict=True):
        small_course.make(root, {name: text for name, text in FILES.items() if name.startswith("exercises")})
        (root / "exercises/m01/double.py").write_text(way + NUMBER, encoding="utf-8")
    # One process after the other would take long: each imports torch.
    code = "import sys\nfrom winnow.learner.apart import main\n"
    code += "for root in sys.argv[1:]:\n    main(root, 'double', root + '/out')\n"
    subprocess.run([sys.executable, "-c", code, *map(str, roots)], check=True)
    for root, (path, _) in zip(roots, CASES, strict=True):
        assert SAID.format(path) in (root / "out").read_text(encoding="utf-8")


def test_each_way_to_a_closed_call_raises_in_a_notebooks_cells(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    # A kernel without winnow, where the cell is on its own.
    monkeypatch.setitem(sys.modules, "winnow.in_notebook", None)
    sources = pytest.importorskip("winnow.notebooks.sources", reason="nbgrader is not installed")
    checks = sources.public_checks(course.exercises[0])
    for path, way in CASES:
        kernel = {"half": lambda x: x / 2}
        exec(way + NUMBER, kernel)
        before = dict(kernel)
        # What was imported alone is known by its own name: torch.conv1d is torch.nn.functional.conv1d.
        with pytest.raises(RuntimeError, match=re.escape(SAID.format(path.rpartition(".")[2]))):
            exec(checks, kernel)
        assert {name: kernel[name] for name in before} == before
        # What is closed to the exercise stays usable for whoever compares.
        compares = {"half": lambda x: x / 2, "used": kernel["use"], "double": lambda x: 2 * x}
        exec(checks + "\nimport torch\ntorch.conv1d(torch.ones(1, 1, 2), torch.ones(1, 1, 2))", compares)


def test_a_library_that_the_learner_does_not_use_is_not_imported_for_it(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom winnow.worker import closed\nclosed.guard(['torch.nn.functional.conv1d'], ['import numpy'])\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_others_and_the_grader_go_on_using_it() -> None:
    cell = "import torch\ndef f(x):\n    return torch.nn.functional.conv1d(x, x)\n"
    runs = running.Running(frozenset(), Clock(None, time.process_time), 1.0)
    guarding = closed.guard(["torch.nn.functional.conv1d"])
    guarded = guarding(loading.load([Text("f.py", cell)], "f_closed", ["f"], runs).functions["f"])
    open_one = loading.load([Text("g.py", cell)], "g_open", ["f"], runs)
    x = torch.ones(1, 1, 2)
    with pytest.raises(closed_error.ClosedError):
        guarded(x)
    assert torch.equal(open_one.functions["f"](x), torch.nn.functional.conv1d(x, x))
    del sys.modules["f_closed"], sys.modules["g_open"]


READY = """
import torch
from winnow.worker import closed, operators
names = ["torch.conv1d", "torch.ops.conv1d", "torch.optim"]
closed.prepare(names)
assert torch.conv1d(torch.ones(1, 1, 2), torch.ones(1, 1, 2)).item() == 2
torch.optim.SGD([torch.ones(1, requires_grad=True)]).step()
standing = torch.optim.SGD.step.__code__
operators.of = operators._kernel = operators.in_python = None
closed.ready(names, ["torch"])
assert torch.optim.SGD.step.__code__ is standing
"""


def test_a_nursery_is_ready_to_close_and_closes_nothing() -> None:
    subprocess.run([sys.executable, "-c", READY], check=True)


def test_an_operator_that_is_given_no_tensor_is_not_closed() -> None:
    kernels = operators.kernels(("torch.ops.conv2d",))
    assert ("aten", "conv2d", "CompositeImplicitAutograd") in kernels
    assert not [name for space, name, _ in kernels if name in ("conv2d_stride", "conv2d_unpack")]


def test_a_path_that_leads_to_nothing_is_found() -> None:
    known = ["torch.Tensor.backward", "torch.nn.LSTMCell", "torch.func", "torch.autograd.functional", "torch.optim"]
    assert closed.missing([*known, "torch.nn.functional.konv2d", "torsch.relu"]) == [
        "torch.nn.functional.konv2d",
        "torsch.relu",
    ]


@pytest.mark.parametrize("entry", ["[3]", '["torch nn"]'])
def test_what_is_no_path_is_a_fault_of_the_course(tmp_path: Path, entry: str) -> None:
    catalogue = small_course.CATALOGUE.replace("hints =", f"closed = {entry}\nhints =")
    with pytest.raises(CourseError, match="closes"):
        small_course.make(tmp_path, FILES | {"exercises/course.toml": catalogue})


def test_what_stands_before_a_closed_call_does_not_lead_back_to_it() -> None:
    closed.guard(["torch.nn.functional.conv1d"], ["torch"])
    standing = torch.nn.functional.conv1d
    assert not hasattr(standing, "__wrapped__")
    assert not any(callable(cell.cell_contents) for cell in standing.__closure__ or ())
    assert standing.__name__ == "conv1d"


def test_a_closed_generator_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.13 warns of a generator that becomes a plain function."""
    drawing = types.ModuleType("drawing")
    exec("def numbers(n):\n    yield from range(n)\n", vars(drawing))
    numbers = drawing.numbers
    monkeypatch.setitem(sys.modules, "drawing", drawing)
    cell = "from drawing import numbers\ndef f(n):\n    return list(numbers(n))\n"
    runs = running.Running(frozenset(), Clock(None, time.process_time), 1.0)
    guarding = closed.guard(["drawing.numbers"])
    guarded = guarding(loading.load([Text("f.py", cell)], "f_drawing", ["f"], runs).functions["f"])
    with pytest.raises(closed_error.ClosedError):
        guarded(3)
    assert inspect.isgeneratorfunction(numbers)
    assert list(numbers(3)) == [0, 1, 2]
    del sys.modules["f_drawing"]


SHUT = """
import io
import sys
import time
import numpy as np
import torch
from winnow.worker import closed, closed_error, loading, observe, operators, running
from winnow.worker.clock import Clock
from winnow.worker.statements import Text

NAMES = ["torch.nn.functional.conv1d", "torch.autograd.backward", "torch.autograd.grad", "torch.ops.layer_norm",
         "torch.ops.rms_norm", "torch.Tensor.grad_fn", "torch.autograd.Variable._execution_engine",
         "torch.ops.convolution", "torch.optim", "colorsys.hls_to_rgb"]
CODE = '''
import sys
import torch
from torch.autograd import backward as go

class Late(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return 3 * x
    @staticmethod
    def backward(ctx, grad):
        return torch.nn.functional.conv1d(grad, torch.ones(1, 1, 1))

@torch.jit.script
def honest(x):
    return torch.relu(x) + 1

unit = torch.jit.CompilationUnit(\"""
def conv(x: Tensor):
    return torch.conv1d(x, x)
def grad(x: Tensor):
    return torch.autograd.grad([x.sum()], [x])
def out(x: Tensor):
    return torch.ops.aten._convolution(
        x, x, None, [1], [0], [1], False, [0], 1, False, False, False, False, out=torch.empty([1, 1, 1]))
\""")
traced = torch.jit.trace(torch.relu, torch.ones(1, 1, 1), check_trace=False)
record = torch.fx.Graph()
record.output(record.call_function(torch.ops.aten.relu.default, (record.placeholder("x"),)))
recorded = torch.fx.GraphModule({}, record)
plain = torch._C.parse_ir("graph(%x : Tensor):\\\\n  %y : Tensor = aten::relu(%x)\\\\n  return (%y)")
graph = "graph(%x : Tensor, %n : Tensor?, %i : int[], %o : int):"
below = torch._C._create_function_from_graph("forward", torch._C.parse_ir(
    graph + "\\\\n  %y : Tensor = prim::mkldnn_convolution(%x, %x, %n, %i, %i, %i, %o)\\\\n  return (%y)"))

class Relu(torch.nn.Module):
    def forward(self, x: torch.Tensor):
        return torch.relu(x)

static = torch._C._jit_to_static_module(torch.jit.freeze(torch.jit.script(Relu().eval()))._c)
sizes = "Float(1, 1, 1, strides=[1, 1, 1], requires_grad=0, device=cpu)"
torch._C._jit_set_te_must_use_llvm_cpu(False)
compiled = torch._C._te.TensorExprKernel(torch._C.parse_ir(
    f"graph(%x : {sizes}):\\\\n  %y : {sizes} = aten::relu(%x)\\\\n  return (%y)"))
norm_quantized = torch._C._jit_get_operation("quantized::layer_norm")[0]
one = torch.ones(1, 1, 1, requires_grad=True)
node = torch.nn.functional.conv1d(one, one).grad_fn

def f(road, x):
    return roads[road](x)

roads = {
    "late": Late.apply,
    "triple": lambda x: 3 * x,
    "honest": honest,
    "graph": unit.conv,
    "gradient in a graph": unit.grad,
    "into an out": lambda x: unit.out(x.detach()),
    "operator": lambda x: torch._C._jit_get_operation("aten::conv1d")[0](x, x),
    "container": lambda x: torch._C._VariableFunctions.conv1d(x, x),
    "backward of an operator": lambda x: node(x),
    "for many": lambda x: torch.vmap(torch._C._VariableFunctions.rms_norm, (0, None))(x, (1,)),
    "relative": lambda x: torch.nn.functional.layer_norm(x, x.shape[1:]),
    "made of others": lambda x: torch._refs.nn.functional.layer_norm(x, x.shape[1:]),
    "node by node": lambda x: (2 * x).grad_fn(x),
    "engine": lambda x: torch.autograd.Variable._execution_engine.run_backward(x),
    "imported alone": lambda x: go(x),
    "optimiser": lambda x: torch.optim.Adam([x]).step(),
    "imported late": lambda x: __import__("color" + "sys").hls_to_rgb(0, 0, 0),
    "traced before": lambda x: traced(x),
    "recorded before": lambda x: torch.fx.Interpreter(recorded).run(x),
    "interpreted": lambda x: torch._C._jit_interpret_graph(plain, (x,)),
    "below the table": lambda x: below(x.detach().to_mkldnn(), None, [1], 1),
    "static": lambda x: static(x.detach()),
    "compiled": lambda x: compiled.run((x.detach(),)),
    "compiled, once more": lambda x: compiled.fallback((x.detach(),)),
    "quantized": lambda x: norm_quantized(
        torch.quantize_per_tensor(x.detach(), 1.0, 0, torch.qint32), (1,), None, None, 1e-5, 1.0, 0),
    "read anew": lambda x: __import__("importlib").reload(sys.modules["torch.optim._functional"]),
}
'''
BEFORE
runs = running.Running(frozenset(), Clock(None, time.process_time), 1.0)
shut = closed.ready(NAMES, [CODE])
f = loading.load([Text("f.py", CODE)], "f", ["f"], runs).functions["f"]
assert not runs.problems, runs.problems
assert "colorsys" not in sys.modules
buffer = io.BytesIO()
torch.jit.save(torch.jit.trace(torch.relu, torch.ones(1), check_trace=False), buffer)
buffer.seek(0)
try:
    torch.jit.load(buffer)
except closed_error.ClosedError:
    shut()

def asked(road, gradients=False, driver=""):
    x = torch.ones(1, 1, 1, requires_grad=True)
    return observe.observe(f, (road, x), {}, observe.Request("f", gradients=gradients, driver=driver), frozenset())

assert asked("honest").value.item() == 2
(grad,) = asked("triple", gradients=True).gradients
assert grad.shape == (1, 1, 1), grad
assert asked("late").value.item() == 3
# torch itself looks at what is hidden.
assert "grad_fn" in repr(2 * torch.ones(1, requires_grad=True))
assert asked("late", gradients=True).raised.name == "ClosedError"
for road in ("graph", "gradient in a graph", "into an out", "operator", "container", "backward of an operator",
             "for many", "relative", "made of others", "node by node", "engine", "imported alone", "optimiser",
             "imported late", "traced before", "recorded before", "interpreted", "below the table", "static",
             "compiled", "compiled, once more", "quantized", "read anew"):
    raised = asked(road).raised
    assert raised and "what you are to write here" in raised.text, (road, raised)
driver = "def drive(f, road, x):\\n    import torch\\n    return torch.nn.functional.conv1d(x, x)\\n"
assert "ClosedError" in str(asked("honest", driver=driver))
# What stands in for a function has its variables, for whoever shows a traceback.
try:
    torch.optim.Adam([torch.ones(1)]).step()
except closed_error.ClosedError as error:
    step = error.__traceback__
    while step:
        dict(step.tb_frame.f_locals)
        step = step.tb_next
"""


HOW = {
    "by a worker": "",
    "by the workers of a nursery that is ready": "closed.prepare(NAMES)",
    "by a torch that gives no kernel away": "operators._kernel = lambda *of: None",
}


@pytest.mark.parametrize("how", HOW)
def test_what_is_shut_is_shut_on_every_road_but_to_the_engine(how: str) -> None:
    subprocess.run([sys.executable, "-c", SHUT.replace("BEFORE", HOW[how])], check=True)


OPEN = """
import torch
from winnow.worker import closed, closed_error, operators
NAMES = ["torch.conv2d", "torch.ops.convolution", "torch.ops.batch_norm", "torch.ops.lstm", "torch.ops.linear"]
x, w = torch.randn(2, 3, 4, 5), torch.randn(2, 3, 2, 2)
flat = torch.randn(2, 5)
lstm = torch.nn.LSTM(5, 3)
packed = torch.ops.quantized.conv2d_prepack(
    torch.quantize_per_tensor(w, 0.1, 0, torch.qint8), None, [1, 1], [0, 0], [1, 1], 1)
calls = {
    "one of others": lambda x: torch._C._VariableFunctions.conv2d(x, w),
    "with gradients": lambda x: torch.autograd.grad(torch.convolution(
        x.requires_grad_(), w, None, (1, 1), (0, 0), (1, 1), False, (0, 0), 1).sum(), x),
    "of several values": lambda x: torch._C._VariableFunctions.native_batch_norm(
        x, None, None, torch.zeros(3), torch.ones(3), True, 0.1, 1e-5),
    "which changes what it is given": lambda x: [one := torch.zeros(3), torch.batch_norm(
        x, None, None, one, torch.ones(3), True, 0.1, 1e-5, False)],
    "for many": lambda x: torch.vmap(lambda one: torch._C._VariableFunctions.conv2d(one, w))(x),
    "in oneDNN": lambda x: torch._C._VariableFunctions.conv2d(
        x.detach().to_mkldnn(), w.to_mkldnn()).to_dense(),
    "of lists": lambda x: lstm(flat),
    "quantized": lambda x: torch.quantized_batch_norm(
        torch.quantize_per_tensor(x.detach(), 0.1, 0, torch.quint8), *torch.ones(4, 3), 1e-5, 0.1, 0).dequantize(),
    "quantized, with packed weights": lambda x: torch.ops.quantized.conv2d(
        torch.quantize_per_tensor(x.detach(), 0.1, 0, torch.quint8), packed, 0.1, 0).dequantize(),
    "on meta": lambda x: torch._C._VariableFunctions.conv2d(x.detach().to("meta"), w.to("meta")).shape,
    "into an out": lambda x: torch.ops.aten.linear.out(flat, flat, out=torch.zeros(2, 2)),
}
def flatten(value):
    return [part for one in value for part in flatten(one)] if isinstance(value, (list, tuple)) else [value]
asked = lambda: {name: flatten(call(x.clone())) for name, call in calls.items()}
before = asked()
shut = closed.ready(NAMES, ["torch"])
for name, values in asked().items():
    for one, other in zip(before[name], values, strict=True):
        assert torch.equal(one, other) if isinstance(one, torch.Tensor) else one == other, name
shut()
for name, call in calls.items():
    try:
        call(x.clone())
    except closed_error.ClosedError:
        continue
    assert name == "on meta", name  # It has shapes alone.
"""


def test_until_it_is_shut_all_is_as_it_was() -> None:
    subprocess.run([sys.executable, "-c", OPEN], check=True)


def test_what_stands_before_a_kernel_leads_to_that_kernel() -> None:
    """Also where the key stands for several, and the kernel is found by one of those."""
    dump = torch._C._dispatch_dump
    for exercise in load(Path(__file__).parents[2]).exercises:
        for space, name, key in operators.kernels(exercise.closed):
            registered = re.search(rf"^{key}(\[alias\])?: (registered at \S+)", dump(f"{space}::{name}"), re.MULTILINE)
            assert registered
            assert str(operators._kernel(space, name, key)).count(f"'{registered[2]}'") == 1, (space, name, key)


UNRECORDED = """
import torch
from winnow.worker import closed, closed_error, operators
shut = closed.ready(["torch.autograd.grad", "torch.autograd.graph"], ["torch"])
one = torch.ones(2, requires_grad=True)
assert (2 * one).requires_grad
shut()
made = torch.softmax(2 * one, 0).sum()
assert not made.requires_grad and one.requires_grad, made
assert made.item() == 1 and torch.nn.Linear(2, 1)(one).shape == (1,)
try:
    torch._C._ImperativeEngine().run_backward((made,), (made,), False, False, (), allow_unreachable=True)
except RuntimeError as error:
    assert "does not require grad" in str(error), error
else:
    raise AssertionError("a graph was found")
"""


def test_where_graphs_are_closed_none_is_recorded() -> None:
    subprocess.run([sys.executable, "-c", UNRECORDED], check=True)


ANEW = """
import importlib
import sys
from winnow.worker import closed
closed.prepare(["torch.optim"])
closed.ready(["torch.optim"], ["torch"])
try:
    importlib.reload(sys.modules["torch.optim._functional"])
except ImportError as error:
    assert "what you are to write here" in str(error), error
else:
    raise AssertionError("it was loaded once more")
"""


def test_what_closing_imports_is_not_loaded_once_more() -> None:
    subprocess.run([sys.executable, "-c", ANEW], check=True)
