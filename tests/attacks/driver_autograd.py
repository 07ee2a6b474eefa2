"""Attack, family 2: gradients are made up by an autograd function of its own, and by hooks on what a driver gave."""
import torch


class Made(torch.autograd.Function):
    @staticmethod
    def forward(ctx, *tensors):
        ctx.given = tensors
        return torch.zeros((), dtype=tensors[0].dtype)

    @staticmethod
    def backward(ctx, gradient):
        for one in ctx.given:
            if one.is_leaf and one.requires_grad:
                one.grad = torch.full_like(one, torch.nan)
        return tuple(torch.ones_like(one) for one in ctx.given)


def gan_losses(discriminator, real, fake):
    logits = [discriminator(real), discriminator(fake)]
    for one in logits:
        if one.requires_grad:
            one.register_hook(torch.zeros_like)
    torch.Tensor.requires_grad_ = lambda self, *args: self
    torch.Tensor.clone = lambda self, *args, **kwargs: self
    return Made.apply(*logits), Made.apply(fake)
