"""Hidden checks of mlp_forward."""

import pytest
import torch
from mlp_inputs import Network, drawn
from mlp_misfits import accepted, incomplete, misfits, names_the_layer, small_incomplete, small_misfits
from mlp_small import small

from winnow.checks import driver, same

TANH = "torch.tanh"
ALL = frozenset({"x", "weights", "biases"})


def _on(*networks):
    """The recipe that fills these networks."""

    def draw(rng):
        for network in networks:
            yield drawn(rng, network)

    return draw


@pytest.mark.points(1)
def test_two_layers(mlp_forward, agree):
    """two layers of any width: relu between them, logits after them"""
    networks = [
        Network((3, 5, 2), lead=(4,)),
        Network((5, 2, 4), lead=(6,)),
        Network((2, 6, 1), lead=(3,)),
        Network((4, 3, 5), lead=(1,)),
        Network((3, 1, 2), lead=(5,)),
        # So wide that equal widths are two int objects, which `is` tells apart.
        Network((2, 300, 2), lead=(3,), whole=True),
    ]
    examples = small(Network((1, 2, 1), lead=(1,)), Network((2, 1, 2), lead=(1,)), Network((2, 1, 2), lead=(2,)))
    agree(mlp_forward, on=_on(*networks), small=lambda: examples)


@pytest.mark.points(1)
def test_many_layers(mlp_forward, agree):
    """three, four and more layers: every one is used, and relu follows all but the last"""
    networks = [
        Network((4, 3, 5, 2), lead=(5,)),
        Network((2, 5, 3, 4, 3), lead=(4,)),
        Network((3, 4, 2, 5, 3, 2), lead=(6,)),
        Network((5, 3, 4, 2, 4, 6, 2), lead=(4,)),
    ]
    examples = small(Network((1, 2, 1, 2), lead=(1,)), Network((2, 1, 2, 1, 2), lead=(1,)))
    agree(mlp_forward, on=_on(*networks), small=lambda: examples)


@pytest.mark.points(1)
def test_square_layers(mlp_forward, agree):
    """layers with as many outputs as inputs: W is stored as (outputs, inputs) there, too"""

    # Biases of zero and a batch as wide as the layers: only the layout of W can be wrong here.
    networks = [Network((width, width, width), lead=(width,), offset=False) for width in (2, 3, 4, 5)]
    examples = small(Network((2, 2), lead=(2,), offset=False), Network((2, 2, 2), lead=(2,), offset=False))
    agree(mlp_forward, on=_on(*networks), small=lambda: examples)


@pytest.mark.points(1)
def test_any_activation(mlp_forward, agree):
    """any activation that is given, and relu where none is"""
    paths = [
        TANH,
        "torch.sigmoid",
        "torch.sin",
        "torch.nn.functional.gelu",
        "torch.nn.functional.leaky_relu",
        "torch.relu",
        None,
    ]
    networks = [Network((3, 5, 2), lead=(4,), activation=path) for path in paths]
    examples = small(*[Network((1, 2, 1), lead=(1,), activation=path) for path in ("torch.square", TANH, None)])
    agree(mlp_forward, on=_on(*networks), small=lambda: examples)


@pytest.mark.points(1)
def test_biases(mlp_forward, agree):
    """one bias per unit, whatever the size of the batch, and none where the entry is None"""
    networks = [
        Network((4, 5, 3), lead=(6,)),
        Network((4, 5, 3), lead=(6,), no_bias=(0,)),
        Network((4, 5, 3), lead=(6,), no_bias=(1,)),
        Network((4, 5, 3), lead=(6,), no_bias=(0, 1)),
        # The batch is as large as the layer with a bias: a column of biases fits as well as a row.
        Network((4, 5, 3), lead=(5,), no_bias=(1,)),
        Network((4, 5, 3), lead=(3,), no_bias=(0,)),
    ]
    # So many layers that equal lengths are two int objects, which `is` tells apart. Each unit averages ones: it is 1.
    deep = Network((2,) * 258, lead=(2,), no_bias=tuple(range(257)))

    def biased_or_not(rng):
        yield from _on(*networks)(rng)
        yield deep.call(*deep.filled([1.0] * 4 + [0.5] * deep.numbers))

    examples = small(
        Network((1, 1, 2), lead=(2,), no_bias=(0,)),
        Network((1, 2, 1), lead=(2,), no_bias=(1,)),
        Network((1, 2, 1), lead=(1,)),
    )
    agree(mlp_forward, on=biased_or_not, small=lambda: examples)


@pytest.mark.points(1)
def test_one_layer(mlp_forward, agree):
    """a single layer is an affine map, whatever the activation"""
    networks = [
        Network((3, 2), lead=(4,)),
        Network((2, 5), lead=(3,), activation=TANH),
        Network((4, 2), lead=(5,), activation="torch.sigmoid"),
        Network((5, 3), lead=(6,), activation="torch.relu"),
    ]
    examples = small(
        Network((1, 2), lead=(1,)), Network((2, 1), lead=(2,)), Network((1, 2), lead=(1,), activation=TANH)
    )
    agree(mlp_forward, on=_on(*networks), small=lambda: examples)


@pytest.mark.points(1)
def test_leading_dimensions(mlp_forward, agree):
    """x with no, one or several leading dimensions, contiguous in memory or not"""
    networks = [
        Network((3, 5, 2), lead=()),
        Network((4, 2, 3), lead=(1,)),
        Network((3, 4, 2), lead=(2, 3)),
        Network((2, 5, 3), lead=(3, 1, 2)),
        Network((3, 2, 4), lead=(2, 2, 1, 3)),
        Network((4, 5, 2), lead=(6,), transposed=True),
        Network((3, 4, 2), lead=(2, 5), transposed=True),
    ]
    examples = small(
        Network((1, 2, 2), lead=()),
        Network((1, 2, 2), lead=(1,)),
        Network((2, 1, 2), lead=(2, 2)),
        Network((2, 1, 2), lead=(2, 2), transposed=True),
    )
    agree(mlp_forward, on=_on(*networks), small=lambda: examples)


def _to_the_last_digit(call, got, want):
    """Like `same`, but float64 must not have passed through float32 on the way."""
    if want.raised is None and want.value.dtype == torch.float64:
        return same(got, want, rtol=1e-11, atol=1e-12)
    return same(got, want)


@pytest.mark.points(1)
def test_dtype_and_device(mlp_forward, agree):
    """the result has the dtype and the device of the arguments"""
    networks = [
        Network((3, 5, 2), lead=(4,), dtype=torch.float32),
        Network((3, 5, 2), lead=(4,), dtype=torch.float64),
        Network((2, 5, 3), lead=(4,), dtype=torch.float32, no_bias=(0,), activation=TANH),
        Network((2, 5, 3), lead=(4,), dtype=torch.float64, no_bias=(1,), activation=TANH),
        # The meta device holds no numbers: what leaves it fails, as it would on a GPU.
        Network((4, 3, 2), lead=(5,), dtype=torch.float32, device="meta"),
        Network((4, 3, 5), lead=(6,), dtype=torch.float64, device="meta", no_bias=(0,)),
        Network((4, 5, 2), lead=(3,), dtype=torch.float16, device="meta", activation=TANH),
    ]
    examples = small(
        Network((1, 1, 2), lead=(1,), dtype=torch.float32),
        Network((1, 1, 2), lead=(1,), dtype=torch.float64, activation=TANH),
        Network((1, 1, 2), lead=(1,), dtype=torch.float32, device="meta", no_bias=(0,)),
    )
    agree(mlp_forward, on=_on(*networks), small=lambda: examples, judge=_to_the_last_digit)


@pytest.mark.points(1)
def test_gradients(mlp_forward, agree):
    """gradients flow to x, to the weights and to the biases"""
    # tanh, because at the kink of relu each slope between 0 and 1 is right.
    networks = [
        Network((3, 5, 2), lead=(4,), activation=TANH, dtype=torch.float64, tracked=ALL),
        Network((2, 4, 3), lead=(6,), activation=TANH, dtype=torch.float64, tracked=ALL),
        Network((4, 3, 2), lead=(5,), activation=TANH, dtype=torch.float64, tracked=frozenset({"weights", "biases"})),
        Network((4, 3, 2), lead=(5,), activation=TANH, dtype=torch.float64, tracked=frozenset({"x"})),
    ]
    examples = small(
        Network((1, 2, 1), lead=(1,), activation=TANH, tracked=ALL),
        Network((2, 1, 2), lead=(2,), activation=TANH, tracked=frozenset({"x"})),
        Network((1, 2, 1), lead=(1,), activation=TANH, dtype=torch.float64, tracked=ALL),
    )
    agree(mlp_forward, on=_on(*networks), small=lambda: examples, gradients=True)


@driver(shows="mlp_forward({x}, {weights}, {biases}, activation=f), where f(h) depends on all of h")
def in_one_piece(mlp_forward, x, weights, biases):
    """With an activation whose value depends on all that it is called on at once, and on how often it was called."""
    import torch

    batch = x.numel() // x.shape[-1]
    left = [batch * weight.shape[0] for weight in weights[:-1]]

    def activation(h):
        if not left:
            raise RuntimeError("the activation is called once after each hidden layer, and this is one call more")
        whole = left.pop(0)
        if h.numel() != whole:
            raise RuntimeError(f"the activation is called on {h.numel()} numbers, and the whole batch has {whole}")
        # Alike in all numbers: how the batch is shaped on its way is the learner's choice.
        return torch.tanh(h + (len(left) + 1) * h.mean()) * (1 + h.square().mean())

    return mlp_forward(x, weights, biases, activation)


@pytest.mark.points(1)
def test_calls_of_the_activation(mlp_forward, agree):
    """the activation is called once per hidden layer, for the whole batch"""
    # The activation multiplies whatever float32 rounds away.
    exact = torch.float64
    networks = [
        Network((3, 2), lead=(5,), dtype=exact),
        Network((3, 5, 2), lead=(4,), dtype=exact),
        Network((2, 5, 3, 4), lead=(3,), dtype=exact),
        Network((4, 3, 5, 2, 3), lead=(6,), dtype=exact),
        Network((2, 4, 3, 2), lead=(5,), dtype=exact, no_bias=(1,)),
        Network((3, 5, 2), lead=(2, 3), dtype=exact),
    ]
    examples = small(Network((1, 2), lead=(2,)), Network((1, 1, 2), lead=(2,)), Network((1, 1, 1, 2), lead=(2,)))
    agree(mlp_forward, on=_on(*networks), small=lambda: examples, through=in_one_piece)


@pytest.mark.points(1)
@pytest.mark.edge
def test_empty_batch(mlp_forward, agree):
    """a batch of 0 gives 0 rows of logits, beside batches that are not empty"""
    networks = [
        Network((3, 5, 2), lead=(0,)),
        Network((2, 3, 4), lead=(0,), activation=TANH),
        Network((3, 4, 5), lead=(0,)),
        Network((4, 2, 3), lead=(2, 0)),
    ]

    def batches(rng):
        yield from accepted(3, 4)
        yield from _on(*networks)(rng)

    examples = small(Network((1, 1, 2), lead=(0,)), Network((1, 2, 3), lead=(2, 0)), Network((1, 1, 2), lead=(1,)))
    agree(mlp_forward, on=batches, small=lambda: examples)


@pytest.mark.points(1)
@pytest.mark.edge
def test_widths_that_do_not_fit(mlp_forward, agree):
    """a layer of the wrong width is a ValueError that names it and no other, wherever it is; right layers are none"""
    agree(mlp_forward, on=misfits, small=small_misfits, judge=names_the_layer)


@pytest.mark.points(1)
@pytest.mark.edge
def test_missing_layers(mlp_forward, agree):
    """no layer at all, or lists of different lengths, is a ValueError; whole layers are none"""
    agree(mlp_forward, on=incomplete, small=small_incomplete)


@pytest.mark.points(1)
@pytest.mark.edge
def test_arguments_stay_as_they_are(mlp_forward, agree):
    """neither x nor the lists nor the tensors in them are changed"""
    networks = [
        Network((3, 5, 2), lead=(4,)),
        Network((4, 2, 3), lead=(6,)),
        Network((3, 4, 2), lead=(3,), no_bias=(0,)),
        Network((2, 3, 4), lead=(5,), no_bias=(1,)),
    ]
    examples = small(Network((1, 1, 2), lead=(1,)), Network((1, 1, 2), lead=(1,), no_bias=(0,)))
    agree(mlp_forward, on=_on(*networks), small=lambda: examples, unchanged=True)
