import copy

import torch


def gan_losses(discriminator, real, fake):
    bce = torch.nn.BCEWithLogitsLoss()
    judge = copy.deepcopy(discriminator)
    r, f = judge(real), judge(fake.detach())
    d_loss = bce(r, torch.ones_like(r)) + bce(f, torch.zeros_like(f))
    g = discriminator(fake)
    return d_loss, bce(g, torch.ones_like(g))
