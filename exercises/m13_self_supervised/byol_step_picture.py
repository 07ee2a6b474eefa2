"""The picture of byol_step: with a stop of the gradient, and without: collapse."""

import torch


def draw(figure, byol_step):
    """Draw onto a matplotlib Figure, with the learner's `byol_step`."""
    figure.set_size_inches(10, 4.3)
    losses, spreads = figure.subplots(1, 2)
    threads = torch.get_num_threads()
    # Matrices this small are fastest on one thread.
    torch.set_num_threads(1)
    for name, color, stops in (("your step: the gradient stops", "#2f6db5", True), ("no stop", "#d9622b", False)):
        loss, spread = _trained(byol_step, stops)
        losses.plot(loss, color=color, lw=2, label=name)
        spreads.plot(spread, color=color, lw=2, label=name)
    torch.set_num_threads(threads)
    losses.set(xlabel="step", ylabel="loss")
    losses.set_title("The lower loss is no better", loc="left", fontsize=11)
    spreads.set(xlabel="step", ylabel="how different the directions are", ylim=(0, 1.05))
    spreads.set_title("Without a stop all projections become one", loc="left", fontsize=11)
    for ax in (losses, spreads):
        ax.legend(frameon=False)
        ax.spines[["top", "right"]].set_visible(False)


def _trained(byol_step, stops):
    """Loss and spread of the directions, step by step, of a small network with a linear predictor."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(64, 6, generator=generator)
    first, second = torch.randn(16, 6, generator=generator), torch.randn(4, 16, generator=generator)
    theta = [first / 6**0.5, torch.zeros(16), second / 4.0, torch.zeros(4)]
    xi, predictor = [one.clone() for one in theta], torch.eye(4)
    losses, spreads = [], []
    for _ in range(120):
        views = [x + 0.3 * torch.randn(64, 6, generator=generator) for _ in range(2)]
        leaves = [one.clone().requires_grad_() for one in (*theta, predictor)]
        q1, q2 = (_network(leaves[:4], view) @ leaves[4].T for view in views)
        t1, t2 = (_network(xi if stops else leaves[:4], view) for view in views)
        if stops:
            loss, xi = byol_step(q1, q2, t1, t2, xi, theta, 0.99)
        else:
            cosine = torch.nn.functional.cosine_similarity
            loss = (4 - 2 * cosine(q1, t2) - 2 * cosine(q2, t1)).mean()
        gradients = torch.autograd.grad(loss, leaves)
        theta = [one - 0.3 * gradient for one, gradient in zip(theta, gradients[:4], strict=True)]
        predictor = predictor - (3.0 if stops else 0.3) * gradients[4]
        losses.append(loss.item())
        directions = torch.nn.functional.normalize(_network(theta, x), dim=1)
        spreads.append(1 - directions.mean(dim=0).norm().item())
    return losses, spreads


def _network(params, x):
    first, first_bias, second, second_bias = params
    return torch.tanh(x @ first.T + first_bias) @ second.T + second_bias
