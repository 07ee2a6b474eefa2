"""Right ways to write masked_seq_loss in other styles."""

import torch


def _check(logits, lengths):
    longest = logits.shape[1]
    if ((lengths < 0) | (lengths > longest)).any() or not lengths.sum():
        raise ValueError(f"lengths {lengths.tolist()} of {longest} steps")


def masked_seq_loss_by_loops(logits, labels, lengths):
    _check(logits, lengths)
    total = 0
    for sequence, right, length in zip(logits, labels, lengths.tolist(), strict=True):
        for token, label in zip(sequence[:length], right[:length], strict=True):
            total = total + token.logsumexp(0) - token[label]
    return total / lengths.sum()


def masked_seq_loss_by_concatenation(logits, labels, lengths):
    """Only the real tokens, one after another."""
    _check(logits, lengths)
    tokens = torch.cat([one[:n] for one, n in zip(logits, lengths, strict=True)])
    right = torch.cat([one[:n] for one, n in zip(labels, lengths, strict=True)])
    return torch.nn.functional.cross_entropy(tokens, right)


def masked_seq_loss_by_where(logits, labels, lengths):
    _check(logits, lengths)
    real = torch.arange(logits.shape[1])[None] < lengths[:, None]
    clean = torch.where(real[..., None], logits, torch.zeros_like(logits))
    log_p = clean.log_softmax(-1).gather(-1, torch.where(real, labels, 0)[..., None])[..., 0]
    return -(log_p * real).sum() / real.sum()


def masked_seq_loss_by_ignore_index(logits, labels, lengths):
    """Padding gets a label that cross_entropy is told to ignore."""
    _check(logits, lengths)
    padding = ~(torch.arange(logits.shape[1]).expand(labels.shape) < lengths.unsqueeze(1))
    clean = logits.masked_fill(padding.unsqueeze(2), 0.0)
    marked = labels.masked_fill(padding, -7)
    return torch.nn.functional.cross_entropy(clean.flatten(0, 1), marked.flatten(), ignore_index=-7)


def masked_seq_loss_by_packing(logits, labels, lengths):
    _check(logits, lengths)
    some = lengths > 0
    pack = torch.nn.utils.rnn.pack_padded_sequence
    sizes = {"lengths": lengths[some], "batch_first": True, "enforce_sorted": False}
    return torch.nn.functional.cross_entropy(pack(logits[some], **sizes).data, pack(labels[some], **sizes).data)


def masked_seq_loss_by_places(logits, labels, lengths):
    _check(logits, lengths)
    rows = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
    starts = torch.cumsum(lengths, 0) - lengths
    columns = torch.arange(len(rows)) - starts[rows]
    tokens = logits[rows, columns]
    return (tokens.logsumexp(1) - tokens[torch.arange(len(rows)), labels[rows, columns]]).mean()
