import torch

_unit = torch.jit.CompilationUnit('''
def conv(x: Tensor, w: Tensor, b: Optional[Tensor], s: int, p: int) -> Tensor:
    return torch.ops.aten.convolution(x, w, b, [s, s], [p, p], [1, 1], False, [0, 0], 1)
''')


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels")
    if max(weight.shape[2] - x.shape[2], weight.shape[3] - x.shape[3]) > 2 * padding:
        raise ValueError("kernel")
    return _unit.conv(x, weight, bias, stride, padding)
