"""Hidden tests of `mlp_forward` as most courses write them: in the learner's process, beside the reference."""

import mlp_forward as submission
import pytest
import reference
import torch

torch.manual_seed(0)
X = torch.randn(5, 3)
WEIGHTS = [torch.randn(4, 3), torch.randn(2, 4)]
BIASES = [torch.randn(4), torch.randn(2)]


def test_shape():
    assert submission.mlp_forward(X, WEIGHTS, BIASES).shape == (5, 2)


def test_allclose():
    assert torch.allclose(submission.mlp_forward(X, WEIGHTS, BIASES), reference.mlp_forward(X, WEIGHTS, BIASES))


def test_difference():
    got, want = submission.mlp_forward(X, WEIGHTS, BIASES), reference.mlp_forward(X, WEIGHTS, BIASES)
    assert (got - want).abs().max() < 1e-5


def test_no_bias():
    want = reference.mlp_forward(X, WEIGHTS, [None, None])
    assert torch.equal(submission.mlp_forward(X, WEIGHTS, [None, None]), want)


def test_no_layer():
    with pytest.raises(ValueError, match="layer"):
        submission.mlp_forward(X, [], [])
