"""What functions of tensors are asked again and again, as the arguments `on`, `small` and more of `agree`.

def images(rng, shape):
    batch, channels, height, width = shape
    return rng.normal(size=shape), rng.normal(size=(3, channels, 2, 1))

IMAGES = Tensors(images, shapes=[(2, 3, 5, 4), (1, 1, 3, 3)], small=[(1, 1, 2, 2)])

def test_values(conv2d, agree):
    agree(conv2d, **IMAGES.values())

def test_gradients(conv2d, agree):
    agree(conv2d, **IMAGES.gradients())
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from winnow.checks.calls import Call, call
from winnow.checks.recipes import InTurn

SEEDS = 6


@dataclass(frozen=True)
class Tensors:
    """A function of tensors.

    Args:
        draw: the arguments of one call for one of the shapes, as a tuple. Every array in them, also within lists,
            tuples and dictionaries, becomes a tensor: of floats in the dtype that is asked for, of integers and
            booleans in theirs. Draw so that every wrong way differs clearly.
        shapes: whatever tells `draw` how large things are: those of the calls that are judged.
        small: those of the calls that a learner is shown; their floats are rounded to one digit.
        wrap: the call with these arguments, in whatever places the function has them.
        neat: rounds the floats of small calls, where one digit breaks what the function can rely on.

    Examples:
        >>> images = Tensors(lambda rng, shape: (rng.normal(size=shape),), shapes=[(2, 3)], small=[(1, 1)])
        >>> calls = list(images.values()["on"](np.random.default_rng(0)))
        >>> [str(one.args[0].dtype) for one in calls]
        ['torch.float64', 'torch.float32']
    """

    draw: Callable[[np.random.Generator, Any], Sequence[Any]]
    shapes: Sequence[Any]
    small: Sequence[Any]
    wrap: Callable[..., Call] = call
    neat: Callable[[Any], Any] = lambda array: np.round(array, 1)

    def at(self, *shapes: Any, small: Sequence[Any] | None = None) -> Tensors:
        """The same for other shapes."""
        return replace(self, shapes=shapes, small=self.small if small is None else small)

    def values(self) -> dict[str, Any]:
        """Calls in float64, and the first of them in float32 as well."""
        kinds = _cast("float64"), _cast("float32")
        return self._asked([(shape, kinds[0]) for shape in self.shapes] + [(self.shapes[0], kinds[1])], *kinds)

    def gradients(self, *but: int) -> dict[str, Any]:
        """Calls in float64 whose tensors of floats ask for gradients.

        Args:
            but: places of arguments that ask for none.
        """
        tracked = _cast("float64", tracked=True)

        def convert(args: Sequence[Any]) -> list[Any]:
            plain = _cast("float64")
            return [plain([arg])[0] if at in but else tracked([arg])[0] for at, arg in enumerate(args)]

        return self._asked([(shape, convert) for shape in self.shapes], convert) | {"gradients": True}

    def dtypes(self, *, meta: bool = False) -> dict[str, Any]:
        """Calls in float32 and float64: the result has the dtype of the arguments.

        Args:
            meta: on the device `meta`, too, which holds no numbers: what leaves it fails, as it would on a GPU.
        """
        kinds = [_cast("float32"), _cast("float64")]
        kinds += [_cast("float32", device="meta"), _cast("float64", device="meta")] if meta else []
        return self._asked([(shape, kind) for shape in self.shapes for kind in kinds], kinds[0], kinds[1])

    def layouts(self) -> dict[str, Any]:
        """The same numbers in other places of memory: axes in reverse order, and every second one of more."""
        kinds = _cast("float64", layout=turned), _cast("float64", layout=_spread)
        asked = [(shape, kind) for shape in self.shapes for kind in kinds]
        return self._asked(asked, *kinds, _cast("float64"))

    def owned(self) -> dict[str, Any]:
        """Calls that may change neither arguments nor anything global, and whose result shares no memory with them."""
        return self.values() | {"unchanged": True, "alone": True, "new": True}

    def _asked(
        self, asked: Sequence[tuple[Any, Callable[..., Any]]], *kinds: Callable[[Sequence[Any]], list[Any]]
    ) -> dict[str, Any]:
        def on(rng: np.random.Generator) -> Iterator[Call]:
            for shape, convert in asked:
                yield self.wrap(*convert(self.draw(rng, shape)))

        def few() -> Iterator[Call]:
            for shape in self.small:
                for seed in range(SEEDS):
                    for convert in kinds or (_cast("float64"),):
                        drawn = self.draw(np.random.default_rng(seed), shape)
                        yield self.wrap(*convert(_each(drawn, self._neat)))

        return {"on": on, "small": InTurn(few())}

    def _neat(self, array: Any) -> Any:
        # Adding 0.0 makes 0 of what is rounded to -0.
        return self.neat(array) + 0.0 if array.dtype.kind == "f" else array


def one_asks(args: Sequence[Any]) -> Iterator[list[Any]]:
    """The arguments again and again, each time with another tensor that alone asks for its gradient.

    Whoever decides by one argument whether a graph is kept loses the gradient of another.

    Examples:
        >>> import torch
        >>> [[one.requires_grad for one in args] for args in one_asks([torch.ones(2), torch.ones(3)])]
        [[True, False], [False, True]]
    """
    import torch

    tensors = [at for at, one in enumerate(args) if isinstance(one, torch.Tensor)]
    for asks in tensors:
        yield [one.detach().requires_grad_(at == asks) if at in tensors else one for at, one in enumerate(args)]


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same with every array changed."""
    if isinstance(value, np.ndarray):
        return change(value)
    if isinstance(value, list | tuple):
        return type(value)(_each(item, change) for item in value)
    if isinstance(value, dict):
        return {key: _each(item, change) for key, item in value.items()}
    return value


def _cast(
    dtype: str, *, tracked: bool = False, device: str = "cpu", layout: Callable[[Any], Any] | None = None
) -> Callable[[Sequence[Any]], list[Any]]:
    """What makes tensors of the arrays among arguments."""

    def tensor(array: Any) -> Any:
        import torch

        made = torch.from_numpy(np.array(array))
        if not made.is_floating_point():
            return made.to(device)
        made = made.to(getattr(torch, dtype))
        made = layout(made) if layout is not None else made
        return made.to(device).requires_grad_(tracked)

    def convert(args: Sequence[Any]) -> list[Any]:
        return [_each(arg, tensor) for arg in args]

    return convert


def turned(tensor: Any) -> Any:
    """The same numbers with the axes in reverse order in memory: no two of them are one by `view`.

    Examples:
        >>> import torch
        >>> turned(torch.ones(2, 3, 4)).stride()
        (1, 2, 6)
    """
    axes = tuple(reversed(range(tensor.ndim)))
    return tensor.permute(axes).contiguous().permute(axes)


def _spread(tensor: Any) -> Any:
    import torch

    if tensor.ndim == 0:
        return tensor
    return torch.stack([tensor, tensor + 1], dim=-1)[..., 0]
