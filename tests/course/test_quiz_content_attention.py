"""What the quizzes of m11_transformer to m13_self_supervised teach is so."""

import pytest
import torch

from ..support.quizzes import answer, quiz_and_key

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


@pytest.mark.parametrize(("dim", "spread"), [(36, 5), (100, 3)])
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


# What generative models are made of


def test_a_joint_table_has_a_cell_per_combination_and_the_last_follows():
    table = torch.zeros((5,) * 4)
    assert table.numel() - 1 == answer("numbers_in_a_joint_table", {"variables": 4, "states": 5})


def test_the_chain_rule_alone_saves_nothing():
    question, _ = quiz_and_key("saved_by_the_chain_rule")
    assert sum(2**before for before in range(20)) == 2**20 - 1
    assert question.choices[answer("saved_by_the_chain_rule")] == "none"


def test_the_negative_elbo_is_never_below_the_negative_log_likelihood():
    normal = torch.distributions.Normal
    z = torch.linspace(-12, 12, 20001, dtype=torch.float64)
    x = torch.tensor(1.3, dtype=torch.float64)
    rebuilt = normal(2 * z, 0.7).log_prob(x)
    exact = -torch.trapezoid(rebuilt.exp() * normal(0, 1).log_prob(z).exp(), z).log()
    for mu, sigma in ((0.0, 1.0), (0.5, 0.3), (-1.0, 2.0), (2 * 1.3 / (4 + 0.49), (0.49 / (4 + 0.49)) ** 0.5)):
        q = normal(torch.tensor(mu, dtype=torch.float64), sigma)
        kl = torch.distributions.kl_divergence(q, normal(torch.tensor(0.0, dtype=torch.float64), 1.0))
        negative_elbo = -torch.trapezoid(q.log_prob(z).exp() * rebuilt, z) + kl
        assert negative_elbo > exact - 1e-9
    assert negative_elbo == pytest.approx(exact.item())  # The last q is the true posterior.
    assert answer("parts_of_the_elbo") == ("a", "c", "e")


@pytest.mark.parametrize(("mu", "sigma"), [(2, 5), (3, 0.5)])
def test_the_kl_by_hand_is_that_of_torch(mu, sigma):
    q, p = torch.distributions.Normal(float(mu), float(sigma)), torch.distributions.Normal(0.0, 1.0)
    kl = torch.distributions.kl_divergence(q, p).item()
    assert kl == pytest.approx(answer("kl_by_hand", {"mu": mu, "sigma": sigma}), rel=1e-5)


def test_the_slope_for_the_generator_is_that_of_autograd():
    logit = torch.logit(torch.tensor(0.05, dtype=torch.float64)).requires_grad_()
    (-torch.sigmoid(logit).log()).backward()
    assert logit.grad.abs().item() == pytest.approx(answer("slope_for_the_generator", {"chance": 0.05}))


# What self-supervision compares


def test_the_negatives_of_an_anchor_are_the_views_of_all_other_photographs():
    photograph = torch.arange(64).repeat(2)
    negatives = (photograph != photograph[3]).sum().item()
    assert negatives == answer("negatives_of_an_anchor", {"images": 64})


def test_a_hard_negative_weighs_as_the_softmax_says():
    weights = (torch.tensor([0.8, 0.3], dtype=torch.float64) / 0.25).softmax(dim=0)
    expected = answer("weight_of_a_hard_negative", {"hard": 0.8, "easy": 0.3, "tau": 0.25})
    assert (weights[0] / weights[1]).item() == pytest.approx(expected)


def test_one_constant_vector_makes_byol_s_loss_nothing_and_a_random_target_does_not():
    cosine = torch.nn.functional.cosine_similarity
    torch.manual_seed(0)
    constant, target = torch.randn(1, 8).expand(32, 8), torch.randn(32, 8)
    assert (2 - 2 * cosine(constant, constant)).mean() == pytest.approx(0, abs=1e-6)
    best = torch.nn.functional.normalize(target, dim=1).mean(dim=0, keepdim=True)
    assert (2 - 2 * cosine(best, target)).mean() > 0.5
