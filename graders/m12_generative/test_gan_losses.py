"""Hidden checks of gan_losses."""

import numpy as np
import pytest

from winnow.checks import driver, judges
from winnow.checks.tensors import Tensors


def batches(rng, shape):
    """Real and fake samples of unequal numbers, and the weights of a discriminator. Its logits have both signs, by
    turns, and a size of half of `scale` at least."""
    real, fake, sample, scale = shape
    w = rng.uniform(0.5, 1.5, int(np.prod(sample))) * rng.choice([-1.0, 1.0], int(np.prod(sample)))

    def judged(number, first):
        x = rng.normal(size=(number, w.size)) + w
        logits = first * scale * rng.uniform(0.5, 1.5, number) * (-1.0) ** np.arange(number)
        # Moved along w until the logit is the one that was drawn.
        return (x + np.outer((logits - x @ w) / (w @ w), w)).reshape(number, *sample)

    return judged(real, 1), judged(fake, -1), w.reshape(sample)


BATCHES = Tensors(
    batches,
    shapes=[(5, 3, (4,), 1.0), (2, 7, (3,), 12.0), (1, 4, (2,), 1.0), (6, 1, (5,), 1.0), (3, 4, (2, 3, 3), 12.0)],
    small=[(1, 2, (1,), 1.0), (2, 1, (2,), 1.0), (2, 2, (1,), 24.0), (1, 1, (2, 1), 1.0)],
)


@driver(shows="gan_losses(D, {real}, 1 * {fake}) with D = lambda x: (x * {w}).flatten(1).sum(1)")
def losses(gan_losses, real, fake, w):
    import torch

    made = fake * torch.ones((), dtype=fake.dtype, requires_grad=True)
    both = gan_losses(lambda x: (x * w).flatten(1).sum(1), real, made)
    return both if isinstance(both, torch.Tensor) else tuple(both)


@pytest.mark.points(3)
def test_d_loss(gan_losses, agree):
    """d_loss is a mean over real samples plus a mean over fake ones, of -log σ(D(real)) and -log(1 - σ(D(fake)))"""
    agree(gan_losses, **BATCHES.values(), through=losses, judge=judges.part(0))


@pytest.mark.points(3)
def test_g_loss(gan_losses, agree):
    """g_loss is the non-saturating one, the mean of -log σ(D(fake))"""
    agree(gan_losses, **BATCHES.values(), through=losses, judge=judges.part(1))


@driver(shows="the gradients to w and g of gan_losses(lambda x: (x * w).flatten(1).sum(1), {real}, g * {noise})"
              " at w = {w}, g = 1; and to w with {noise} alone")  # fmt: skip
def reached(gan_losses, real, noise, w):
    import torch

    w = w.clone().requires_grad_()
    g = torch.ones_like(noise[0]).requires_grad_()
    d_loss, g_loss = gan_losses(lambda x: (x * w).flatten(1).sum(1), real, g * noise)
    without_graph, _ = gan_losses(lambda x: (x * w).flatten(1).sum(1), real, noise)

    def gradient(loss, leaf):
        if not loss.requires_grad:
            return torch.zeros_like(leaf)
        (found,) = torch.autograd.grad(loss, leaf, retain_graph=True, allow_unused=True)
        return torch.zeros_like(leaf) if found is None else found

    return {
        "d_loss to w": [gradient(d_loss, w), gradient(without_graph, w)],
        "d_loss to g": gradient(d_loss, g),
        "g_loss to g": gradient(g_loss, g),
    }


@driver(shows="gan_losses(D, {real}, {fake}), where D is a torch.nn.Module, D(x) = x.flatten(1) @ {w}.flatten() + b,"
              " with a gradient of ones at its weight and a b that asks for none, in training: {training}")  # fmt: skip
def of_module(gan_losses, real, fake, w, training):
    """The gradient to the module's weight; and how the module is after the call, and a fake without graph."""
    import torch

    module = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(w.numel(), 1), torch.nn.Flatten(0))
    module.to(w.dtype).train(training)
    weight, bias = module.parameters()
    with torch.no_grad():
        weight.copy_(w.flatten()[None])
        bias.zero_()
    bias.requires_grad_(False)
    weight.grad = torch.ones_like(weight)
    d_loss, _ = gan_losses(module, real, fake)
    kept = [weight.detach().clone(), weight.grad.clone() if weight.grad is not None else None]
    asks = [weight.requires_grad, bias.requires_grad, fake.requires_grad]
    weight.requires_grad_()
    (found,) = torch.autograd.grad(d_loss + 0 * weight.sum(), weight)
    modes = [one.training for one in module.modules()]
    return {"gradient of d_loss": found, "weight and its grad": kept, "requires_grad": asks, "training": modes}


MODULES = Tensors(
    lambda rng, shape: (*batches(rng, shape[:-1]), shape[-1]),
    shapes=[(3, 2, (4,), 1.0, True), (2, 3, (2, 2), 1.0, False)],
    small=[(1, 2, (1,), 1.0, True), (1, 2, (1,), 1.0, False)],
).values()


@pytest.mark.points(2)
def test_what_trains_the_discriminator(gan_losses, agree):
    """the gradient of d_loss reaches the discriminator's parameters, a module's too, and not the generator's"""
    agree(gan_losses, **BATCHES.values(), through=reached, judge=judges.part("d_loss to w", "d_loss to g"))
    agree(gan_losses, **MODULES, through=of_module, judge=judges.part("gradient of d_loss"))


@pytest.mark.points(2)
def test_what_trains_the_generator(gan_losses, agree):
    """the gradient of g_loss reaches the generator's parameters"""
    agree(gan_losses, **BATCHES.values(), through=reached, judge=judges.part("g_loss to g"))


@pytest.mark.points(2)
@pytest.mark.edge
def test_large_logits(gan_losses, agree):
    """logits of ±200 give finite losses"""
    far = BATCHES.at((5, 6, (1,), 150.0), (4, 3, (2,), 150.0), small=[(2, 2, (1,), 150.0)])
    why = "a logit of 200 on the wrong side has a loss of 200: clamp nothing, and take softplus of the logit"
    agree(gan_losses, **far.values(), through=losses, judge=judges.because(why))


@pytest.mark.points(1)
@pytest.mark.edge
def test_dtypes_and_layouts(gan_losses, agree):
    """the losses are 0-d tensors of the dtype of the arguments, which may lie in memory as they like"""
    agree(gan_losses, **BATCHES.at((3, 2, (4,), 1.0), (2, 3, (2, 2), 1.0)).dtypes(), through=losses)
    agree(gan_losses, **BATCHES.at((3, 2, (4,), 1.0), (2, 3, (2, 2), 1.0)).layouts(), through=losses)


@driver(
    shows="gan_losses(lambda x: (x * {w}).flatten(1).sum(1), {real}, fake) with fake = {fake}, which asks for "
    "gradients; then in torch.no_grad(), and whether gradients are on there afterwards"
)
def beside(gan_losses, real, fake, w):
    import torch

    leaf = torch.ones_like(fake, requires_grad=True)
    made = fake * leaf
    d_loss, g_loss = gan_losses(lambda x: (x * w).flatten(1).sum(1), real, made)
    with torch.no_grad():
        gan_losses(lambda x: (x * w).flatten(1).sum(1), real, fake)
        tracks = torch.is_grad_enabled()
    return [d_loss, g_loss, made, made.requires_grad, real.requires_grad, leaf.grad is None, tracks]


@pytest.mark.points(1)
@pytest.mark.edge
def test_leaves_its_arguments_alone(gan_losses, agree):
    """tensors and discriminator keep values, gradients, mode and what asks for gradients; nothing global is changed"""
    agree(gan_losses, **BATCHES.owned(), through=beside)
    agree(gan_losses, **MODULES, through=of_module)
