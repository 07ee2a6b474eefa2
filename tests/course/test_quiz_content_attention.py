"""What the quizzes of m11_transformer to m13_self_supervised teach is so."""

import sys
from pathlib import Path

import pytest
import torch

sys.path.append(str(Path(__file__).parent))
from quizzes import answer, quiz_and_key

# What attention does


def looks_only_back(attend, length=4):
    """Whether no position's result depends on a later token."""
    x = torch.randn(1, length, 8, dtype=torch.float64, requires_grad=True)
    mask = torch.ones(length, length, dtype=torch.bool).tril()
    result = attend(x, mask)
    for place in range(length):
        grad = torch.autograd.grad(result[0, place].sum(), x, retain_graph=True)[0]
        if grad.isnan().any() or grad[0, place + 1 :].any() or not grad[0, place].any():
            return False
    return True


def test_a_lower_triangle_of_true_is_causal_in_one_of_torch_s_functions_only():
    torch.manual_seed(0)
    module = torch.nn.MultiheadAttention(8, 1, batch_first=True, dtype=torch.float64)
    function = torch.nn.functional.scaled_dot_product_attention
    assert looks_only_back(lambda x, mask: function(x, x, x, attn_mask=mask))
    assert not looks_only_back(lambda x, mask: module(x, x, x, attn_mask=mask, need_weights=False)[0])
    assert looks_only_back(lambda x, mask: module(x, x, x, attn_mask=~mask, need_weights=False)[0])
    question, _ = quiz_and_key("what_true_means")
    assert question.choices[answer("what_true_means")] == "in `scaled_dot_product_attention` only"


@pytest.mark.parametrize(("dim", "spread"), [(36, 2), (100, 3)])
def test_scores_scatter_with_the_root_of_d(dim, spread):
    torch.manual_seed(0)
    q, k = spread * torch.randn(2, 20000, dim)
    assert (q * k).sum(dim=1).std().item() == pytest.approx(
        answer("spread_of_a_score", {"dim": dim, "spread": spread}), rel=0.03
    )


@pytest.mark.parametrize(("height", "width", "patch"), [(96, 128, 32), (224, 192, 16)])
def test_the_tokens_of_an_image_are_its_patches_and_one_more(height, width, patch):
    cut = torch.nn.Conv2d(3, 5, patch, stride=patch)(torch.zeros(1, 3, height, width)).flatten(2).transpose(1, 2)
    tokens = torch.cat([torch.zeros(1, 1, 5), cut], dim=1)
    assert tokens.shape[1] == answer("tokens_of_an_image", {"height": height, "width": width, "patch": patch})


def test_smaller_patches_cost_their_fourth_power():
    def scores(patch):
        tokens = torch.nn.functional.unfold(torch.zeros(1, 1, 24, 24), patch, stride=patch).transpose(1, 2)
        return (tokens @ tokens.transpose(1, 2)).numel()

    assert scores(4) / scores(12) == answer("cost_of_smaller_patches", {"times": 3})


def test_a_second_head_adds_no_parameters():
    def count(heads):
        return sum(parameter.numel() for parameter in torch.nn.MultiheadAttention(8, heads).parameters())

    assert count(1) == count(2)
    assert answer("what_a_second_head_adds") == "b"
