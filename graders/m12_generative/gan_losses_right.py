"""Right ways to write gan_losses: each is graded as an answer, and the reference is held against it."""

import torch
from torch import nn


def gan_losses_by_bce(discriminator, real, fake):
    """Two-class cross-entropy with labels of ones and zeros."""
    loss = nn.functional.binary_cross_entropy_with_logits
    on_real, on_fake, caught = discriminator(real), discriminator(fake), discriminator(fake.detach())
    d_loss = loss(on_real, torch.ones_like(on_real)) + loss(caught, torch.zeros_like(caught))
    return d_loss, loss(on_fake, torch.ones_like(on_fake))


def gan_losses_by_module(discriminator, real, fake):
    loss = nn.BCEWithLogitsLoss()

    def judged(x, target):
        logits = discriminator(x)
        return loss(logits, torch.full_like(logits, target))

    return judged(real, 1.0) + judged(fake.detach(), 0.0), judged(fake, 1.0)


def gan_losses_by_logsigmoid(discriminator, real, fake):
    """The logarithms of the probabilities themselves: 1 - sigmoid(a) = sigmoid(-a)."""
    log_real = nn.functional.logsigmoid(discriminator(real))
    log_fake = nn.functional.logsigmoid(-discriminator(fake.clone().detach()))
    return -log_real.mean() - log_fake.mean(), -nn.functional.logsigmoid(discriminator(fake)).mean()


def gan_losses_by_logaddexp(discriminator, real, fake):
    def softplus(a):
        return torch.logaddexp(a, torch.zeros_like(a))

    d_loss = softplus(-discriminator(real)).mean() + softplus(discriminator(fake.detach())).mean()
    return d_loss, softplus(-discriminator(fake)).mean()


def gan_losses_by_cross_entropy(discriminator, real, fake):
    def loss(x, label):
        logits = discriminator(x)
        two = torch.stack([torch.zeros_like(logits), logits], dim=1)
        return nn.functional.cross_entropy(two, torch.full((len(x),), label))

    return loss(real, 1) + loss(fake.detach(), 0), loss(fake, 1)


def gan_losses_by_one_batch(discriminator, real, fake):
    together = discriminator(torch.cat([real, fake.detach()]))
    on_real, on_fake = together.split([len(real), len(fake)])
    d_loss = torch.relu(-on_real).mean() + torch.log1p(torch.exp(-on_real.abs())).mean()
    d_loss = d_loss + torch.relu(on_fake).mean() + torch.log1p(torch.exp(-on_fake.abs())).mean()
    hidden = -discriminator(fake)
    return d_loss, (torch.relu(hidden) + torch.log1p(torch.exp(-hidden.abs()))).mean()


def gan_losses_by_sample(discriminator, real, fake):
    def mean(x, sign):
        return sum(nn.functional.softplus(sign * discriminator(x[i : i + 1])[0]) for i in range(len(x))) / len(x)

    return mean(real, -1) + mean(fake.detach(), 1), mean(fake, -1)


def gan_losses_by_classes(discriminator, real, fake):
    class Minus(nn.Module):
        def __init__(self, sign):
            super().__init__()
            self.sign, self.softplus = sign, nn.Softplus()

        def forward(self, logits):
            return self.softplus(self.sign * logits).sum() / logits.numel()

    called_real, called_fake = Minus(-1), Minus(+1)
    d_loss = torch.stack([called_real(discriminator(real)), called_fake(discriminator(fake.data))]).sum()
    return d_loss, called_real(discriminator(fake))
