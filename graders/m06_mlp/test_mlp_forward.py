"""Hidden checks of mlp_forward."""

from dataclasses import replace

import pytest
import torch
from mlp_inputs import Network, accepted, asked

from winnow.checks import call, driver, judges, recipes, same

TANH = "torch.tanh"
ALL, X = frozenset({"x", "weights", "biases"}), frozenset({"x"})
SINGLE, DOUBLE = torch.float32, torch.float64


@pytest.mark.points(1)
def test_two_layers(mlp_forward, agree):
    """two layers of any width: relu between them, logits after them"""
    shapes = [((3, 5, 2), 4), ((5, 2, 4), 6), ((2, 6, 1), 3), ((4, 3, 5), 1), ((3, 1, 2), 5)]
    networks = [Network(widths, (batch,)) for widths, batch in shapes]
    # So wide that equal widths are two int objects, which `is` tells apart.
    networks.append(Network((2, 300, 2), whole=True))
    small = [Network((1, 2, 1), (1,)), Network((2, 1, 2), (1,)), Network((2, 1, 2), (2,))]
    agree(mlp_forward, **asked(networks, small))


@pytest.mark.points(1)
def test_many_layers(mlp_forward, agree):
    """three, four and more layers: every one is used, and relu follows all but the last"""
    shapes = [((4, 3, 5, 2), 5), ((2, 5, 3, 4, 3), 4), ((3, 4, 2, 5, 3, 2), 6), ((5, 3, 4, 2, 4, 6, 2), 4)]
    small = [Network((1, 2, 1, 2), (1,)), Network((2, 1, 2, 1, 2), (1,))]
    agree(mlp_forward, **asked([Network(widths, (batch,)) for widths, batch in shapes], small))


@pytest.mark.points(1)
def test_square_layers(mlp_forward, agree):
    """layers with as many outputs as inputs: W is stored as (outputs, inputs) there, too"""
    # Biases of zero and a batch as wide as the layers: only the layout of W can be wrong here.
    networks = [Network((width, width, width), (width,), offset=False) for width in (2, 3, 4, 5)]
    small = [Network((2, 2), (2,), offset=False), Network((2, 2, 2), (2,), offset=False)]
    agree(mlp_forward, **asked(networks, small))


@pytest.mark.points(1)
def test_any_activation(mlp_forward, agree):
    """any activation that is given, and relu where none is"""
    torchs = ["tanh", "sigmoid", "sin", "nn.functional.gelu", "nn.functional.leaky_relu", "relu"]
    paths = [*(f"torch.{name}" for name in torchs), None]
    small = [Network((1, 2, 1), (1,), activation=path) for path in ("torch.square", TANH, None)]
    agree(mlp_forward, **asked([Network((3, 5, 2), (4,), activation=path) for path in paths], small))


@pytest.mark.points(1)
def test_biases(mlp_forward, agree):
    """one bias per unit, whatever the size of the batch, and none where the entry is None"""
    # Batches as large as the layer with a bias, too: a column of biases fits as well as a row.
    ways = [(6, ()), (6, (0,)), (6, (1,)), (6, (0, 1)), (5, (1,)), (3, (0,))]
    networks = [Network((4, 5, 3), (batch,), no_bias=none) for batch, none in ways]
    # So many layers that equal lengths are two int objects, which `is` tells apart. Each unit averages ones: it is 1.
    deep = Network((2,) * 258, (2,), no_bias=tuple(range(257)))
    small = [Network((1, 1, 2), (2,), no_bias=(0,)), Network((1, 2, 1), (2,), no_bias=(1,))]
    small.append(Network((1, 2, 1), (1,)))
    agree(mlp_forward, **asked(networks, small, [deep.call(*deep.filled([1.0] * 4 + [0.5] * deep.numbers))]))


@pytest.mark.points(1)
def test_one_layer(mlp_forward, agree):
    """a single layer is an affine map, whatever the activation"""
    ways = [((3, 2), 4, None), ((2, 5), 3, TANH), ((4, 2), 5, "torch.sigmoid"), ((5, 3), 6, "torch.relu")]
    networks = [Network(widths, (batch,), activation=path) for widths, batch, path in ways]
    small = [Network((1, 2), (1,)), Network((2, 1), (2,)), Network((1, 2), (1,), activation=TANH)]
    agree(mlp_forward, **asked(networks, small))


@pytest.mark.points(1)
def test_leading_dimensions(mlp_forward, agree):
    """x with no, one or several leading dimensions, contiguous in memory or not"""
    ways = [((3, 5, 2), ()), ((4, 2, 3), (1,)), ((3, 4, 2), (2, 3)), ((2, 5, 3), (3, 1, 2)), ((3, 2, 4), (2, 2, 1, 3))]
    networks = [Network(widths, lead) for widths, lead in ways]
    networks += [Network((4, 5, 2), (6,), transposed=True), Network((3, 4, 2), (2, 5), transposed=True)]
    small = [Network((1, 2, 2), ()), Network((1, 2, 2), (1,))]
    small += [Network((2, 1, 2), (2, 2)), Network((2, 1, 2), (2, 2), transposed=True)]
    agree(mlp_forward, **asked(networks, small))


def _to_the_last_digit(call, got, want):
    """Like `same`, but float64 must not have passed through float32 on the way."""
    if want.raised is None and want.value.dtype == DOUBLE:
        return same(got, want, rtol=1e-11, atol=1e-12)
    return same(got, want)


@pytest.mark.points(1)
def test_dtype_and_device(mlp_forward, agree):
    """the result has the dtype and the device of the arguments"""
    networks = [Network((3, 5, 2), (4,), dtype=dtype) for dtype in (SINGLE, DOUBLE)]
    both = enumerate((SINGLE, DOUBLE))
    networks += [Network((2, 5, 3), (4,), dtype=dtype, no_bias=(layer,), activation=TANH) for layer, dtype in both]
    # The meta device holds no numbers: what leaves it fails, as it would on a GPU.
    networks += [
        Network((4, 3, 2), (5,), device="meta"),
        Network((4, 3, 5), (6,), dtype=DOUBLE, device="meta", no_bias=(0,)),
        Network((4, 5, 2), dtype=torch.float16, device="meta", activation=TANH),
    ]
    small = [Network((1, 1, 2), (1,)), Network((1, 1, 2), (1,), dtype=DOUBLE, activation=TANH)]
    small.append(Network((1, 1, 2), (1,), device="meta", no_bias=(0,)))
    agree(mlp_forward, **asked(networks, small), judge=_to_the_last_digit)


@pytest.mark.points(1)
def test_gradients(mlp_forward, agree):
    """gradients flow to x, to the weights and to the biases"""
    # tanh, because at the kink of relu each slope between 0 and 1 is right.
    shapes = [((3, 5, 2), 4, ALL), ((2, 4, 3), 6, ALL), ((4, 3, 2), 5, ALL - X), ((4, 3, 2), 5, X)]
    networks = [Network(w, (n,), activation=TANH, dtype=DOUBLE, tracked=tracked) for w, n, tracked in shapes]
    # A bias of zeros takes a gradient like any other.
    networks[1] = replace(networks[1], offset=False)
    shapes = [((1, 2, 1), 1, SINGLE, ALL), ((2, 1, 2), 2, SINGLE, X), ((1, 2, 1), 1, DOUBLE, ALL)]
    small = [Network(w, (n,), activation=TANH, dtype=dtype, tracked=some) for w, n, dtype, some in shapes]
    small.append(replace(small[0], offset=False))
    agree(mlp_forward, **asked(networks, small), gradients=True)


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
    ways = [((3, 2), (5,), ()), ((3, 5, 2), (4,), ()), ((2, 5, 3, 4), (3,), ()), ((4, 3, 5, 2, 3), (6,), ())]
    ways += [((2, 4, 3, 2), (5,), (1,)), ((3, 5, 2), (2, 3), ())]
    # In float64, because the activation multiplies whatever float32 rounds away.
    networks = [Network(widths, lead, no_bias=none, dtype=DOUBLE) for widths, lead, none in ways]
    small = [Network(widths, (2,)) for widths in ((1, 2), (1, 1, 2), (1, 1, 1, 2))]
    agree(mlp_forward, **asked(networks, small), through=in_one_piece)


@pytest.mark.points(1)
@pytest.mark.edge
def test_empty_batch(mlp_forward, agree):
    """a batch of 0 gives 0 rows of logits, beside batches that are not empty"""
    networks = [Network((3, 5, 2), (0,)), Network((2, 3, 4), (0,), activation=TANH)]
    networks += [Network((3, 4, 5), (0,)), Network((4, 2, 3), (2, 0))]
    small = [Network((1, 1, 2), (0,)), Network((1, 2, 3), (2, 0)), Network((1, 1, 2), (1,))]
    agree(mlp_forward, **asked(networks, small, accepted(3, 4)))


def names_the_layer(call, got, want):
    """Like `same`; where a width does not fit, the message must also hold the layer's index, and no other layer's."""
    problem = same(got, want)
    if problem is None and want.raised is not None:
        x, weights, _ = call.args
        widths = [x.shape[-1], *(weight.shape[0] for weight in weights)]
        first = next(at for at, weight in enumerate(weights) if weight.shape[1] != widths[at])
        return judges.naming(got.raised.text, first, len(weights))
    return problem


@pytest.mark.points(1)
@pytest.mark.edge
def test_widths_that_do_not_fit(mlp_forward, agree):
    """a layer of the wrong width is a ValueError that names it and no other, wherever it is; right layers are none"""
    # Widths and batches of 4 and more: no other number in a message passes for the index of a layer. Nor do a width of
    # 1, which broadcasting would stretch, and the 0 of a batch, where they are.
    two, three = Network((5, 6, 4), (7,)), Network((5, 4, 6, 7), (8,))
    four, empty = Network((4, 6, 5, 7, 6), (9,)), Network((5, 6, 4, 7), (0,))
    # More layers than a message names that was written for all of them.
    deep = Network((13, 14, 15) * 4 + (13,), (16,))
    wrong = [
        (two, 0, 7), (two, 1, 5), (three, 0, 4), (three, 1, 6), (three, 2, 8), (four, 3, 5),
        (deep, 3, 17), (deep, 7, 17), (deep, 11, 17), (two, 0, 1), (three, 2, 1), (Network((1, 5, 4), (7,)), 0, 6),
        (Network((5, 6, 4), ()), 1, 5), (empty, 1, 5), (empty, 2, 8),
    ]  # fmt: skip
    two, three = (Network((2,) * n, (), no_bias=(0, 1, 2)) for n in (3, 4))
    none = Network((2, 2, 2), (0,), no_bias=(0, 1))
    small = [
        network.misfit(*at) for network, *at in [(two, 0, 3), (two, 1, 3), (two, 0, 1), (three, 1, 3), (none, 0, 3)]
    ]
    small += [*accepted(2), deep.misfit(7, 17)]

    def on(rng):
        yield from accepted(4, 5)
        yield from (network.misfit(*at) for network, *at in wrong)

    agree(mlp_forward, **recipes.asked(on, small), judge=names_the_layer)


@pytest.mark.points(1)
@pytest.mark.edge
def test_missing_layers(mlp_forward, agree):
    """no layer at all, or lists of different lengths, is a ValueError; whole layers are none"""
    x, weights, biases = Network((5, 4, 6, 7), (8,)).ones()
    lists = [([], []), (weights, biases[:2]), (weights[:2], biases), (weights, []), ([], biases)]
    calls = [*accepted(4, 5), *(call(x, *both) for both in lists), call(x, weights[:1], [None, None])]
    x, weights, biases = Network((2, 2, 2), ()).call(*Network((2, 2, 2), ()).ones()).args
    lists = [([], []), (weights, biases[:1]), (weights[:1], biases), (weights[:1], [])]
    agree(mlp_forward, **recipes.asked(lambda rng: calls, [*(call(x, *both) for both in lists), *accepted(2)]))


@pytest.mark.points(1)
@pytest.mark.edge
def test_arguments_stay_as_they_are(mlp_forward, agree):
    """neither x nor the lists nor the tensors in them are changed"""
    ways = [((3, 5, 2), 4, ()), ((4, 2, 3), 6, ()), ((3, 4, 2), 3, (0,)), ((2, 3, 4), 5, (1,))]
    dtypes = [SINGLE, DOUBLE] * 2
    networks = [
        Network(widths, (batch,), no_bias=none, dtype=dtype)
        for (widths, batch, none), dtype in zip(ways, dtypes, strict=True)
    ]
    small = [Network((1, 1, 2), (1,), no_bias=none, dtype=dtype) for none in ((), (0,)) for dtype in (SINGLE, DOUBLE)]
    agree(mlp_forward, **asked(networks, small), unchanged=True, alone=True)
