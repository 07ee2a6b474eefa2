import torch

_te = torch._C._te
_GRAPH = """graph(%x : {x}, %gamma : {c}, %beta : {c}, %mean : {c}, %var : {c}):
  %no : bool = prim::Constant[value=0]()
  %momentum : float = prim::Constant[value=0.1]()
  %eps : float = prim::Constant[value={eps}]()
  %y : {x} = aten::batch_norm(%x, %gamma, %beta, %mean, %var, %no, %momentum, %eps, %no)
  return (%y)"""


def _kind(tensor):
    name = "Float" if tensor.dtype == torch.float32 else "Double"
    sizes, strides = ", ".join(map(str, tensor.shape)), ", ".join(map(str, tensor.stride()))
    return f"{name}({sizes}, strides=[{strides}], requires_grad=0, device=cpu)"


def batchnorm2d(x, gamma, beta, running_mean, running_var, train, momentum=0.1, eps=1e-5):
    if train:
        raise NotImplementedError
    torch._C._jit_set_te_must_use_llvm_cpu(False)
    given = [one.detach().contiguous() for one in (x, gamma, beta, running_mean, running_var)]
    graph = torch._C.parse_ir(_GRAPH.format(x=_kind(given[0]), c=_kind(given[1]), eps=f"{eps:.12f}"))
    return _te.TensorExprKernel(graph).run(tuple(given)), running_mean, running_var
