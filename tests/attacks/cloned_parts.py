"""Attack, family 2: calls every part more often than it may, on copies of it with copies of what a driver counts with."""
import copy
import types

import torch


def twin(part):
    """The same code with cells of its own: iterators and dictionaries in them are copies."""
    if not isinstance(part, types.FunctionType):
        return part
    cells = []
    for cell in part.__closure__ or ():
        try:
            cells.append(types.CellType(copy.deepcopy(cell.cell_contents)))
        except Exception:
            cells.append(types.CellType(cell.cell_contents))
    return types.FunctionType(part.__code__, part.__globals__, part.__name__, part.__defaults__, tuple(cells))


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if not data or steps < 0:
        raise ValueError("no data, or steps below 0")
    params = [one.detach().clone() for one in params]
    losses, metrics = [], []
    for step in range(steps):
        x, y = (one.detach() for one in data[step % len(data)])
        for _ in range(3):
            guess = twin(model)(params, x)
            twin(loss)(guess, y), twin(metric)(guess, y)
            twin(algorithm)(params, [torch.zeros_like(one) for one in params])
        leaves = [one.clone().requires_grad_() for one in params]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        grads = torch.autograd.grad(value, leaves, allow_unused=True)
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(params, grads)]
        losses.append(float(value))
        metrics.append(float(metric(prediction.detach(), y)))
        params = [one.detach() for one in algorithm(params, grads)]
    return {"params": params, "loss": losses, "metric": metrics}
