# AdamW (Loshchilov and Hutter 2019) as torch's fused one, and the global gradient norm.
def adamw(self, params: List[Tensor], grads: List[Tensor], first: List[Tensor], second: List[Tensor], step: Tensor, lr: float, beta1: float, beta2: float, decay: float, eps: float) -> Tensor:
  steps = annotate(List[Tensor], [])
  for i in range(torch.len(params)):
    _0 = torch.append(steps, step)
  torch._fused_adamw_(params, grads, first, second, annotate(List[Tensor], []), steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
  return step
def global_norm(self, xs: List[Tensor]) -> Tensor:
  return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(xs, 2)))
def scale_all(self, xs: List[Tensor], factor: float) -> List[Tensor]:
  return torch._foreach_mul(xs, factor)
def add_all(self, xs: List[Tensor], ys: List[Tensor]) -> List[Tensor]:
  return torch._foreach_add(xs, ys)
