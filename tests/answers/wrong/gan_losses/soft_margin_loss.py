from typing import NamedTuple
import torch
class Losses(NamedTuple):
    d_loss: torch.Tensor
    g_loss: torch.Tensor
def gan_losses(discriminator, real, fake) -> Losses:
    lr, lf, lg = (discriminator(t) for t in (real, fake.detach(), fake))
    soft = torch.nn.SoftMarginLoss()
    one = torch.ones_like
    return Losses(soft(lr, one(lr)) + soft(lf, -one(lf)), soft(lg, one(lg)))
