"""One step of an LSTM cell."""

import torch


def lstm_step(x, h, c, W, U, b) -> tuple:
    """Return the next hidden state and the next cell state of an LSTM cell.

    a = x Wᵀ + h Uᵀ + b. The four blocks of rows of W, U and b are, in this order, input gate i, forget gate f,
    candidate g, output gate o (torch's order); i, f and o go through the sigmoid, g through tanh. c' = f·c + i·g; h'
    = o·tanh(c').

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the results are new. Printing and warnings cost nothing.

    Args:
        x: tensor (B, D); B may be 0.
        h, c: tensors (B, H), the last hidden state and cell state.
        W: tensor (4H, D).
        U: tensor (4H, H).
        b: tensor (4H,).

        Tensors are float32 or float64, of one dtype and device, contiguous or not. Pre-activations stay within ±50.

    Returns:
        (h', c'), two tensors (B, H) of that dtype and device. Gradients flow from both to every argument.

    Raises:
        ValueError: shapes that do not fit, b of any other shape than (4H,) included.

    Closed: torch.nn.LSTMCell, torch.lstm_cell, torch.nn.LSTM, torch.lstm.

    >>> x, h, c = torch.zeros(1, 2), torch.zeros(1, 1), torch.ones(1, 1)
    >>> lstm_step(x, h, c, torch.zeros(4, 2), torch.zeros(4, 1), torch.zeros(4))
    (tensor([[0.2311]]), tensor([[0.5000]]))
    >>> lstm_step(x, h, 0 * c, torch.zeros(4, 2), torch.zeros(4, 1), torch.zeros(4))
    (tensor([[0.]]), tensor([[0.]]))
    """
    # TODO: one matrix product for all four gates, then cut it into four.
    raise NotImplementedError("lstm_step is not written yet")
