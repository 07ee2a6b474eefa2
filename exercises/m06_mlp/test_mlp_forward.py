"""Public checks of mlp_forward. All numbers are whole, so the results are exact in float32."""

import pytest
import torch
from torch import tensor


@pytest.mark.points(3)
def test_worked_examples(mlp_forward):
    """two layers with the default activation, as in the statement"""
    hidden = tensor([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]])
    last = tensor([[1.0, 1.0, -1.0], [0.0, 1.0, 1.0]])
    b_hidden, b_last = tensor([0.0, -1.0, 0.0]), tensor([0.0, 0.0])
    assert mlp_forward(tensor([[1.0, -2.0]]), [hidden, last], [b_hidden, b_last]).tolist() == [[-1.0, 3.0]]

    batch = tensor([[1.0, -2.0], [-1.0, 2.0], [0.0, 0.0]])
    b_last = tensor([1.0, -3.0])
    assert mlp_forward(batch, [hidden, last], [b_hidden, b_last]).tolist() == [
        [0.0, 0.0],
        [2.0, -3.0],
        [1.0, -3.0],
    ]


@pytest.mark.points(1)
def test_number_of_layers(mlp_forward):
    """one layer and three layers, with and without a bias"""
    first = tensor([[1.0, -1.0], [2.0, 1.0], [0.0, 3.0]])
    second = tensor([[1.0, 0.0, -1.0], [0.0, -1.0, 1.0]])
    third = tensor([[1.0, -2.0]])
    bias = tensor([-1.0, 1.0])
    x = tensor([[1.0, 2.0], [-1.0, 1.0]])
    assert mlp_forward(x, [first], [None]).tolist() == [[-1.0, 4.0, 6.0], [-2.0, -1.0, 3.0]]
    assert mlp_forward(x, [first, second, third], [None, bias, None]).tolist() == [[-6.0], [-8.0]]


@pytest.mark.points(1)
def test_given_activation(mlp_forward):
    """the activation that is given takes the place of relu"""
    hidden, last = tensor([[1.0, -2.0], [3.0, 1.0], [0.0, 2.0]]), tensor([[1.0, 0.0, -1.0], [0.0, -1.0, 1.0]])
    biases = [tensor([1.0, 0.0, -1.0]), tensor([0.0, 2.0])]
    x = tensor([[1.0, 2.0], [-1.0, -1.0]])
    assert mlp_forward(x, [hidden, last], biases, activation=torch.square).tolist() == [[-5.0, -14.0], [-5.0, -5.0]]
    assert mlp_forward(x, [hidden, last], biases, activation=torch.abs).tolist() == [[-1.0, 0.0], [-1.0, 1.0]]


@pytest.mark.points(1)
def test_layer_that_does_not_fit(mlp_forward):
    """a layer that does not fit its input is a ValueError that names the layer and no other; one that fits is none"""
    x = tensor([[1.0, 2.0], [3.0, 4.0]])
    fits, zeros = tensor([[2.0, 1.0], [1.0, 2.0]]), torch.zeros(2)
    too_wide = torch.ones(2, 9)
    assert mlp_forward(x, [fits, fits], [zeros, zeros]).tolist() == [[13.0, 14.0], [31.0, 32.0]]
    with pytest.raises(ValueError, match=r"(?<!\d)0(?!\d)"):  # names layer 0
        mlp_forward(x, [too_wide, fits], [zeros, zeros])
    with pytest.raises(ValueError, match=r"(?<!\d)1(?!\d)"):  # names layer 1
        mlp_forward(x, [fits, too_wide], [zeros, zeros])
    with pytest.raises(ValueError, match=r"(?s)\A(?!.*(?<!\d)[346](?!\d)).*(?<!\d)5(?!\d)"):  # names layer 5 alone
        mlp_forward(x, [fits] * 5 + [too_wide, fits], [zeros] * 7)
