"""What vit_patches must do, in examples. Only places change, so the results are exact."""

import pytest
import torch


@pytest.mark.points(1.5)
def test_worked_examples(vit_patches):
    """tokens run row by row over the image, and their numbers row by row within the patch"""
    assert vit_patches(torch.arange(16.0).reshape(1, 1, 4, 4), 2).tolist() == [
        [[0.0, 1.0, 4.0, 5.0], [2.0, 3.0, 6.0, 7.0], [8.0, 9.0, 12.0, 13.0], [10.0, 11.0, 14.0, 15.0]],
    ]
    assert vit_patches(torch.arange(8.0).reshape(1, 1, 2, 4), 2).tolist() == [
        [[0.0, 1.0, 4.0, 5.0], [2.0, 3.0, 6.0, 7.0]],
    ]


@pytest.mark.points(0.75)
def test_channels(vit_patches):
    """the numbers of a token run channel by channel"""
    assert vit_patches(torch.arange(8.0).reshape(1, 2, 2, 2), 2).tolist() == [[[0, 1, 2, 3, 4, 5, 6, 7]]]
    assert vit_patches(torch.arange(4.0).reshape(1, 2, 1, 2), 1).tolist() == [[[0.0, 2.0], [1.0, 3.0]]]


@pytest.mark.points(0.75)
def test_patches_that_do_not_tile(vit_patches):
    """a patch below 1, or not a divisor of height and width: ValueError"""
    assert vit_patches(torch.arange(4.0).reshape(2, 1, 1, 2), 1).tolist() == [[[0.0], [1.0]], [[2.0], [3.0]]]
    assert list(vit_patches(torch.zeros(1, 3, 32, 16), 16).shape) == [1, 2, 768]
    with pytest.raises(ValueError):
        vit_patches(torch.zeros(1, 1, 4, 6), 4)
    with pytest.raises(ValueError):
        vit_patches(torch.zeros(1, 1, 3, 4), 2)
    with pytest.raises(ValueError):
        vit_patches(torch.zeros(1, 1, 4, 4), 0)
