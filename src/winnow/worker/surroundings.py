"""What a function could touch beside its arguments: global generators and settings, and memory that it was given."""

from __future__ import annotations

import contextlib
import decimal
import functools
import random
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

GRADIENT_MODE = "torch's gradient mode"
EARLIER = "what an earlier call had returned"
WATCHED = (
    "numpy's global generator",
    "Python's global generator",
    "numpy's settings",
    "torch's defaults",
    GRADIENT_MODE,
    "Python's recursion limit",
    "decimal's context",
    "pandas' options",
    "torch's global generator",
    "pyplot's figures",
    EARLIER,
)

# One that nobody chooses.
_SEED = 0x5EED_0F_3A7E


def state() -> dict[str, Any]:
    """What each of `WATCHED` is now. Of torch's generator it is the seed: whoever builds a module draws from it.
    What an earlier call returned, `earlier` knows."""
    torch, pyplot = sys.modules.get("torch"), sys.modules.get("matplotlib.pyplot")
    kind, keys, *rest = np.random.get_state(legacy=True)
    found = [
        (kind, np.asarray(keys).tobytes(), rest),
        random.getstate(),
        *_settings(),
        torch.initial_seed() if torch else None,
        list(_figures(pyplot)) if pyplot else [],
        None,
    ]
    return dict(zip(WATCHED, found, strict=True))


def _settings() -> tuple[Any, tuple[Any, ...] | None, bool | None, int, str, dict[str, Any]]:
    """numpy's settings, torch's defaults and gradient mode where it is loaded, how deep Python's calls may go, how
    decimal rounds, and pandas' options."""
    torch = sys.modules.get("torch")
    numpys = np.geterr(), np.get_printoptions()
    # What a calculation was, its flags, is nothing that is set.
    rounded = repr(decimal.getcontext()).partition("flags=")[0]
    if torch is None:
        return numpys, None, None, sys.getrecursionlimit(), rounded, _options()
    validates = torch.distributions.Distribution._validate_args
    strict = torch.are_deterministic_algorithms_enabled(), torch.is_anomaly_enabled()
    printed = dict(vars(torch._tensor_str.PRINT_OPTS))
    defaults = torch.get_default_dtype(), _device(torch), validates, strict, printed
    return numpys, defaults, torch.is_grad_enabled(), sys.getrecursionlimit(), rounded, _options()


def _options() -> dict[str, Any]:
    """The options of pandas that are not what they are when it is loaded: so loading it changes none."""
    config = sys.modules.get("pandas._config.config")
    if config is None:
        return {}
    them = _where_held(len(config._registered_options))
    return {name: held[last] for name, held, last, default in them if held[last] != default}


@functools.cache
def _where_held(count: int) -> list[tuple[str, dict[str, Any], str, Any]]:
    """For each of so many options of pandas, its name, the dictionary that holds it, its name there, and what it is
    when pandas is loaded. Asking pandas itself takes longer, and would warn of those that are deprecated."""
    config = sys.modules["pandas._config.config"]
    found = []
    for name, option in config._registered_options.items():
        *parts, last = name.split(".")
        held = config._global_config
        for part in parts:
            held = held[part]
        found.append((name, held, last, option.defval))
    return found


def _device(torch: Any) -> Any:
    """torch's default device."""
    try:
        return torch.get_default_device()
    except AttributeError:  # so torch 2.6 says that the default was set back
        return torch.device("cpu")


_kept, _decimals = _settings(), decimal.getcontext().copy()


def keep() -> None:
    """Take the settings as they are for those with which every watched call begins."""
    global _kept, _decimals
    _kept, _decimals = _settings(), decimal.getcontext().copy()


def stirred() -> dict[str, Any]:
    """`state()`, after a draw from each global generator and with the settings that were kept. A function that seeds or
    sets the same in every call would otherwise leave all as its last call did."""
    np.random.random_sample()
    random.random()
    (errors, printed), defaults, tracked, depth, _, options = _kept
    np.seterr(**errors)
    if np.get_printoptions() != printed:
        np.set_printoptions(**printed)
    if sys.getrecursionlimit() != depth:
        sys.setrecursionlimit(depth)
    decimal.setcontext(_decimals.copy())
    if (changed := _options()) != options:
        pandas = sys.modules["pandas"]
        with warnings.catch_warnings(action="ignore"):
            for name in changed:
                pandas.reset_option(name)
            for name, value in options.items():
                pandas.set_option(name, value)
    torch = sys.modules.get("torch")
    if torch and defaults is None:
        # It was loaded since.
        keep()
    elif torch and defaults:
        torch.default_generator.manual_seed(_SEED)
        dtype, device, validates, (deterministic, traced), shown = defaults
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(tracked)
        torch.distributions.Distribution.set_default_validate_args(validates)
        if torch.are_deterministic_algorithms_enabled() != deterministic:
            # Which loads hundreds of modules.
            torch.use_deterministic_algorithms(deterministic)
        torch.autograd.set_detect_anomaly(traced)
        torch.set_printoptions(**shown)
        if _device(torch) != device:
            torch.set_default_device(device)
    return state()


@contextlib.contextmanager
def no_grad() -> Iterator[list[str]]:
    """As a caller's `torch.no_grad()`. When it is over, the list that it gives has `GRADIENT_MODE` if that was changed
    within, as it is by whoever switches gradients on at the end."""
    left: list[str] = []
    torch = sys.modules.get("torch")
    if torch is None:
        yield left
        return
    tracked = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    yield left
    if torch.is_grad_enabled():
        left.append(GRADIENT_MODE)
    torch.set_grad_enabled(tracked)


def _figures(pyplot: Any) -> Iterator[Any]:
    """Which figures there are, and which figure and axes are current. Asking pyplot for these would make some."""
    managers = pyplot._pylab_helpers.Gcf
    for manager in managers.figs.values():
        figure = manager.canvas.figure
        yield id(figure), [id(ax) for ax in figure.axes], id(figure._axstack.current())
    yield id(managers.get_active())


def shared(value: Any, argument: Any) -> bool:
    """Whether changing one would change the other: they hold the same list or dictionary, or memory of arrays or
    tensors overlaps."""
    ours, theirs = list(_memory(value)), list(_memory(argument))
    return any(start < end and begin < stop for start, stop in ours for begin, end in theirs)


def _memory(value: Any) -> Iterator[tuple[int, int]]:
    """From where to where what can be changed of a value lies."""
    if isinstance(value, list | dict):
        yield id(value), id(value) + 1
    if isinstance(value, list | tuple):
        for item in value:
            yield from _memory(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _memory(item)
    elif isinstance(value, np.ndarray):
        if value.size:
            yield np.lib.array_utils.byte_bounds(value)
    elif "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor) and value.device.type == "cpu":
        storage = value.untyped_storage()
        if storage.nbytes():
            yield storage.data_ptr(), storage.data_ptr() + storage.nbytes()
