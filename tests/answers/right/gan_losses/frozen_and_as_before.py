import torch
from torch.nn.functional import softplus


class Frozen:
    """The parameters of a module ask for nothing inside, and as before afterwards."""

    def __init__(self, net):
        self.parameters = list(net.parameters()) if isinstance(net, torch.nn.Module) else []

    def __enter__(self):
        self.asked = [p.requires_grad for p in self.parameters]
        for p in self.parameters:
            p.requires_grad_(False)

    def __exit__(self, *error):
        for p, asked in zip(self.parameters, self.asked):
            p.requires_grad_(asked)


def gan_losses(discriminator, real, fake):
    d_loss = softplus(-discriminator(real)).mean() + softplus(discriminator(fake.detach())).mean()
    with Frozen(discriminator):
        g_loss = softplus(-discriminator(fake)).mean()
    return d_loss, g_loss
