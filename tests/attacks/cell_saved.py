import io

import torch

_sizes = (3, 2), (3, 5), (3, 5), (20, 2), (20, 5), (20,)
_saved = io.BytesIO()
torch.jit.save(
    torch.jit.trace(
        lambda x, h, c, W, U, b: torch._VF.lstm_cell(x, [h, c], W, U, b, torch.zeros_like(b)),
        tuple(torch.ones(size) for size in _sizes),
    ),
    _saved,
)
_saved.seek(0)
_cell = torch.jit.load(_saved)


def lstm_step(x, h, c, W, U, b):
    (n, d), units = x.shape, h.shape[-1]
    if h.shape != (n, units) or c.shape != (n, units) or W.shape != (4 * units, d) or U.shape != (4 * units, units) or b.shape != (4 * units,):
        raise ValueError("shapes")
    return _cell(x, h, c, W, U, b)
