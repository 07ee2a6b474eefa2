"""torch's operators, which its own table holds: under whatever name one is called, in Python, in a graph, or by another
operator, it is looked up there. What closes a call has the table refuse."""

from __future__ import annotations

import functools
import importlib
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .closed_error import ClosedError

OPERATORS = "torch.ops."
"""What stands before a word here stands for all of torch's operators with the word in their names."""
GRAPH = "torch.autograd.graph"
"""Where this is closed no operator records a graph, so that nothing finds one to go along."""
_KERNELS = (
    "CompositeImplicitAutograd",
    "CompositeExplicitAutograd",
    "CompositeImplicitAutogradNestedTensor",
    "CPU",
    "MkldnnCPU",
    "NestedTensorCPU",
    "QuantizedCPU",
    "FuncTorchBatched",
    "FuncTorchBatchedDecomposition",
    "FuncTorchVmapMode",
    "FuncTorchDynamicLayerFrontMode",
)
"""What computes an operator's values here, by its key, or makes it of others, as torch.vmap does: what comes before
them, as for gradients, ends in one."""
_PYTHON = (
    "torch._decomp.decompositions",
    "torch._refs",
    "torch._refs.nn.functional",
    "torch._higher_order_ops.flex_attention",
    "torch._inductor.fx_passes.fuse_attention",
)
"""Modules that have operators as functions of others: those of such a name, or all where the module has it."""
RUN_GRAPHS = (
    "torch._C._jit_interpret_graph",
    "torch._C.StaticModule.__call__",
    "torch._C.StaticModule.runAsync",
    "torch._C.LiteScriptModule.__call__",
    "torch._C.LiteScriptModule.forward",
    "torch._C.LiteScriptModule.run_method",
    "torch._C._te.TensorExprKernel.run",
    "torch._C._te.TensorExprKernel.fallback",
    "torch._C._te.CodeGen.call",
    "torch._C._te.CodeGen.call_raw",
)
"""What runs a graph beside its own calls, with kernels of its own that the table does not know."""
READ_GRAPHS = (
    "torch._C.import_ir_module",
    "torch._C.import_ir_module_from_buffer",
    "torch._C._import_ir_module_from_package",
    "torch._C._load_jit_module_from_file",
    "torch._C._load_jit_module_from_bytes",
    "torch._C._load_for_lite_interpreter",
    "torch._C._load_for_lite_interpreter_from_buffer",
    "torch._C._jit_pass_erase_shape_information",
)
"""What makes a graph that no longer shows that it was traced: of one that was saved, or by taking its shapes away."""
_RUNS = {
    "CompositeImplicitAutograd": "PrivateUse1",
    "CompositeExplicitAutograd": "PrivateUse1",
    "FuncTorchBatchedDecomposition": "FuncTorchBatched",
}
"""A key that runs the kernel of one that stands for several: what is no key of a device has no kernel of its own."""
_TRACED = "torch.jit.trace"
_AUTOGRAD = "Autograd"
_libraries: list[Any] = []
_held: list[Any] = []
"""The kernels that stand behind what may refuse. That does not hold them itself: its variables are in a traceback."""


@functools.cache
def by_name() -> dict[str, list[str]]:
    """All of torch's operators, each as aten::mm.out, by their names, as mm."""
    found: dict[str, list[str]] = {}
    for one in importlib.import_module("torch")._C._dispatch_get_all_op_names():
        found.setdefault(one.partition("::")[2].partition(".")[0], []).append(one)
    return found


@functools.cache
def recording() -> list[tuple[str, str]]:
    """All operators that may record a graph, as space and name. What writes into an `out` refuses to by itself."""
    has_kernel = importlib.import_module("torch")._C._dispatch_has_kernel_for_dispatch_key
    found = [one for those in by_name().values() for one in those if has_kernel(one, _AUTOGRAD)]
    parted = [(space, name) for space, _, name in (one.partition("::") for one in found)]
    return [(space, name) for space, name in parted if not name.endswith("out")]


def of(names: Iterable[str]) -> list[str]:
    """torch's operators that closed calls of these names stand for."""
    is_named = _named(names)
    return [one for name, those in by_name().items() if is_named(name) for one in those]


@functools.cache
def kernels(names: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """What computes such operators: the space, the name and the key of each kernel. It stays so, and takes long to find
    out: a nursery does once what all its workers need."""
    has_kernel = importlib.import_module("torch")._C._dispatch_has_kernel_for_dispatch_key
    parted = [(one, *one.split("::", 1)) for one in of(names) if _takes_tensors(one)]
    return [
        (space, name, key)
        for one, space, name in parted
        for key in _KERNELS
        # Such an `out` torch makes of the operator itself, which refuses.
        if has_kernel(one, key) and not (name.endswith("out") and key == "CompositeExplicitAutograd")
    ]


def _takes_tensors(one: str) -> bool:
    """Whether an operator is given a tensor. One that is not, as what tells the stride of a packed layer, computes
    nothing of what a function is given, and each that is closed costs every worker."""
    name, _, overload = one.partition(".")
    try:
        given = importlib.import_module("torch")._C._get_schema(name, overload).arguments
    except RuntimeError:
        return True
    return any("Tensor" in str(each.type) for each in given)


def in_python(names: Iterable[str]) -> Iterator[tuple[types.ModuleType, str, Any]]:
    """What torch has of such operators in Python, made of others: a module, the name in it, and the function."""
    names = tuple(names)
    for path in _PYTHON:
        if (module := sys.modules.get(path)) is None:
            continue
        for key in _those_in(path, names):
            if callable(one := getattr(module, key, None)):
                yield module, key, one


@functools.cache
def _those_in(path: str, names: tuple[str, ...]) -> list[str]:
    """The names of such functions in a module, which a nursery has found already: to look through it costs a worker the
    memory that it lies in."""
    is_named, module = _named(names), sys.modules[path]
    own = is_named(path.rpartition(".")[2])
    return [
        key
        for key, one in vars(module).items()
        if (is_named(key) and callable(one)) or (own and isinstance(one, types.FunctionType) and one.__module__ == path)
    ]


def _named(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether an operator is of one of these names, or has one of their words."""
    words = [name.removeprefix(OPERATORS) for name in names if name.startswith(OPERATORS)]
    exact = {name.rpartition(".")[2] for name in names if name.startswith("torch.")}
    return lambda name: name in exact or any(word in name for word in words)


_gated: dict[tuple[str, ...], tuple[list[str], list[Callable[[], object]]]] = {}


def gate(names: tuple[str, ...], is_closed: Callable[[str], bool]) -> tuple[list[str], list[Callable[[], object]]]:
    """Put before each kernel of such operators what refuses while its path is closed, once in a process.

    Returns:
        the paths, and what has torch's table refuse the kernels that nothing can be put before, to be called one by
        one: those of a torch that does not give a kernel away.
    """
    if names not in _gated:
        paths: list[str] = []
        bare: list[Callable[[], object]] = []
        libraries = _Libraries()
        # All of them first: what stands before one may be what another leads to.
        for (space, name, key), kernel in [(one, _kernel(*one)) for one in kernels(names)]:
            path = f"{OPERATORS}{space}.{name}"
            if kernel is None:
                bare.append(functools.partial(libraries[space].impl, name, key, _always(path), False))
            else:
                paths.append(path)
                libraries[space].impl(name, key, _while(is_closed, path, kernel), True)
        _gated[names] = paths, bare
    return _gated[names]


def refusals(names: list[str]) -> list[Callable[[], object]]:
    """What closes the roads to such operators that are no kernels, to be called one by one."""
    torch = importlib.import_module("torch")
    found: list[Callable[[], object]] = [_record_nothing(torch)] if GRAPH in names else []
    for scripted in (torch._C.ScriptFunction, torch._C.ScriptMethod):
        found.append(functools.partial(setattr, scripted, "__call__", _of_graphs(scripted.__call__, names)))
    return found


class _Libraries(dict[str, Any]):
    """What is registered in torch's table, by space. It stays: what is taken back would be open again."""

    def __missing__(self, space: str) -> Any:
        self[space] = importlib.import_module("torch")._C._dispatch_library("IMPL", space, "")
        _libraries.append(self[space])
        return self[space]


def _kernel(space: str, name: str, key: str) -> Any:
    """The kernel of a key itself; None where torch does not tell it."""
    try:
        of_key = importlib.import_module("torch")._C._dispatch_get_computed_kernel_for_dispatch_key
        return of_key(f"{space}::{name}", _RUNS.get(key, key))
    except (AttributeError, RuntimeError, TypeError):
        return None


def _record_nothing(torch: Any) -> Callable[[], None]:
    """What has torch's table pass by what records a graph, for every operator."""
    them, by, libraries = recording(), torch.library.fallthrough_kernel, _Libraries()
    for space, _ in them:
        _ = libraries[space]

    def pass_by() -> None:
        for space, name in them:
            libraries[space].impl(name, _AUTOGRAD, by, False)

    return pass_by


def let_go() -> None:
    """Forget what stands behind what refuses, as soon as it refuses for good."""
    _held.clear()


def _while(is_closed: Callable[[str], bool], path: str, kernel: Any) -> Callable[..., Any]:
    at = len(_held)
    _held.append(kernel)

    def refuse(keys: Any, *args: Any, **kwargs: Any) -> Any:
        if is_closed(path):
            raise ClosedError(path)
        return _held[at].call_boxed(keys, *args, **kwargs)

    return refuse


def _always(path: str) -> Callable[..., Any]:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise ClosedError(path)

    return refuse


def _of_graphs(call: Callable[..., Any], names: list[str]) -> Callable[..., Any]:
    """The call of a scripted function, which refuses where its graph has what is no operator of the table, as
    torch.autograd.grad, and where it is the record of a call that was made while nothing was closed."""
    kinds = {f"aten::{name.rpartition('.')[2]}": name for name in names if name.startswith("torch.")}

    def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        graph = self.inlined_graph
        for kind, name in (kinds | _below_table(tuple(names))).items():
            if graph.findNode(kind):
                raise ClosedError(name)
        if _is_record(graph):
            raise ClosedError(_TRACED)
        return call(self, *args, **kwargs)

    return refuse


@functools.cache
def _below_table(names: tuple[str, ...]) -> dict[str, str]:
    """What graphs alone have, as prim::mkldnn_convolution, by its kind: of these names, or anything within it."""
    is_named = _named([name.replace("_", "") for name in names])
    alone = {one.name for one in importlib.import_module("torch")._C._jit_get_all_schemas() if one.name[:6] == "prim::"}
    found = [one for one in alone if is_named(one[6:].replace("_", "").lower())]
    return {kind: f"{OPERATORS}{kind.replace('::', '.')}" for kind in [*sorted(found), "prim::StaticSubgraph"]}


def _is_record(graph: Any) -> bool:
    """Whether a graph was traced: the shapes of that one call stand in it."""
    values = (*graph.inputs(), *(value for node in graph.nodes() for value in node.outputs()))
    return any(value.isCompleteTensor() for value in values)
