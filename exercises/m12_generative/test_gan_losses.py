"""Public checks of gan_losses."""

import pytest
import torch

from winnow.checks import driver


@driver(shows="gan_losses(lambda x: x @ {w}, {real}, {fake})")
def losses(gan_losses, real, fake, w):
    import torch

    d_loss, g_loss = gan_losses(lambda x: x @ w, real, fake)
    return [one.item() if isinstance(one, torch.Tensor) else "no tensor" for one in (d_loss, g_loss)]


@pytest.mark.points(4)
def test_worked_examples(gan_losses):
    """a discriminator that answers 0, and one that tells real from fake"""
    real, fake = torch.tensor([[2.0, 1.0]]), torch.tensor([[-1.0, 1.0], [-3.0, 5.0]])
    assert losses(gan_losses, real, fake, torch.tensor([0.0, 0.0])) == pytest.approx([1.3862944, 0.6931472], rel=1e-5)
    assert losses(gan_losses, real, fake, torch.tensor([1.0, 0.0])) == pytest.approx([0.3078525, 2.1809246], rel=1e-5)
    assert losses(gan_losses, fake, real, torch.tensor([1.0, 0.0])) == pytest.approx([4.3078525, 0.1269280], rel=1e-5)


@driver(
    shows="gan_losses(lambda x: x.sum(dim=1), {real}, torch.tensor(1.0, requires_grad=True) * {noise})"
    "  # of each loss the gradient with respect to the 1.0"
)
def to_the_generator(gan_losses, real, noise):
    import torch

    g = torch.tensor(1.0, requires_grad=True)
    found = []
    for loss in gan_losses(lambda x: x.sum(dim=1), real, g * noise):
        tracked = isinstance(loss, torch.Tensor) and loss.requires_grad
        (gradient,) = torch.autograd.grad(loss, g, retain_graph=True, allow_unused=True) if tracked else (None,)
        found.append(0.0 if gradient is None else gradient.item())
    return found


@pytest.mark.points(2)
def test_who_is_trained(gan_losses):
    """g_loss moves the generator, and d_loss does not"""
    real = torch.tensor([[1.0, 1.0]])
    assert to_the_generator(gan_losses, real, torch.tensor([[0.5, 1.5]])) == pytest.approx([0.0, -0.2384058], rel=1e-5)
    assert to_the_generator(gan_losses, real, torch.tensor([[-1.0, 0.0]])) == pytest.approx([0.0, 0.7310586], rel=1e-5)
