import torch

_graph = torch._C.parse_ir("""
graph(%x : Tensor, %w : Tensor, %b : Tensor?, %s : int[], %p : int[], %d : int[], %g : int):
  %y : Tensor = prim::mkldnn_convolution(%x, %w, %b, %s, %p, %d, %g)
  return (%y)
""")
_convolve = torch._C._create_function_from_graph("forward", _graph)


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels")
    if max(weight.shape[2] - x.shape[2], weight.shape[3] - x.shape[3]) > 2 * padding:
        raise ValueError("kernel")
    x32, w32, b32 = (None if one is None else one.detach().float().to_mkldnn() for one in (x, weight, bias))
    return _convolve(x32, w32, b32, [stride] * 2, [padding] * 2, [1, 1], 1).to_dense().to(x.dtype)
