"""The picture of gan_losses: both losses and their gradients against the logit of a fake sample."""

import torch

BLUE, ORANGE, GREY = "#2f6db5", "#d9622b", "#8a9099"


def draw(figure, gan_losses):
    """Draw onto a matplotlib Figure, with the learner's `gan_losses`."""
    figure.set_size_inches(10, 4)
    values, slopes = figure.subplots(1, 2)
    logits = torch.linspace(-8, 8, 81)
    d_losses, g_losses, g_slopes = [], [], []
    for logit in logits:
        fake = (1 * logit.clone().requires_grad_()).reshape(1, 1)
        d_loss, g_loss = gan_losses(lambda x: x[:, 0], torch.full((1, 1), 30.0), fake)
        d_losses.append(d_loss.item())
        g_losses.append(g_loss.item())
        g_slopes.append(torch.autograd.grad(g_loss, fake)[0].item())
    saturating = -torch.sigmoid(logits)

    values.plot(logits, d_losses, color=BLUE, lw=2, label="d_loss (real samples are known)")
    values.plot(logits, g_losses, color=ORANGE, lw=2, label="g_loss")
    values.plot(logits, torch.log(1 - torch.sigmoid(logits)), "--", color=GREY, label="saturating: log(1 - σ)")
    values.set_title("The losses", loc="left")
    slopes.plot(logits, g_slopes, color=ORANGE, lw=2, label="g_loss")
    slopes.plot(logits, saturating, "--", color=GREY, label="saturating")
    slopes.set_title("Their gradients, with respect to the logit", loc="left")
    slopes.annotate(
        "a fake that is found out\\nstill gets a gradient".replace("\\n", "\n"), (-8, -0.97), (-7.5, -0.75), fontsize=9
    )
    for ax in (values, slopes):
        ax.set_xlabel("D(fake)")
        ax.legend(frameon=False, fontsize=9)
        ax.spines[["top", "right"]].set_visible(False)
