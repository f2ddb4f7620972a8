# Steps of the optimizers, in place, and the global gradient norm. Formulas and sources: train/optimizer.
def adamw(self, params: List[Tensor], grads: List[Tensor], first: List[Tensor], second: List[Tensor], step: Tensor, lr: float, beta1: float, beta2: float, decay: float, eps: float) -> Tensor:
  steps = annotate(List[Tensor], [])
  for i in range(torch.len(params)):
    _0 = torch.append(steps, step)
  torch._fused_adamw_(params, grads, first, second, annotate(List[Tensor], []), steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
  return step
def sgd(self, params: List[Tensor], grads: List[Tensor], momenta: List[Tensor], lr: float, momentum: float, decay: float) -> Tensor:
  decayed = torch._foreach_add(grads, params, alpha=decay)
  torch._foreach_mul_(momenta, momentum)
  torch._foreach_add_(momenta, decayed)
  torch._foreach_sub_(params, momenta, alpha=lr)
  return params[0]
def lion(self, params: List[Tensor], grads: List[Tensor], momenta: List[Tensor], lr: float, beta1: float, beta2: float, decay: float) -> Tensor:
  signs = torch._foreach_sign(torch._foreach_add(torch._foreach_mul(momenta, beta1), grads, alpha=torch.sub(1., beta1)))
  torch._foreach_mul_(momenta, beta2)
  torch._foreach_add_(momenta, grads, alpha=torch.sub(1., beta2))
  torch._foreach_mul_(params, torch.sub(1., torch.mul(lr, decay)))
  torch._foreach_sub_(params, signs, alpha=lr)
  return params[0]
def orthogonalised(self, u: Tensor, iterations: int) -> Tensor:
  # the singular vectors of u with singular values of about 1
  tall = torch.gt(torch.size(u, 0), torch.size(u, 1))
  x = torch.div(u, torch.add(torch.linalg_vector_norm(u), 1e-7))
  if tall:
    x = torch.t(x)
  for i in range(iterations):
    s = torch.matmul(x, torch.t(x))
    x = torch.add(torch.mul(x, 3.4445), torch.matmul(torch.add(torch.mul(s, -4.775), torch.matmul(s, s), alpha=2.0315), x))
  if tall:
    x = torch.t(x)
  return x
def muon(self, params: List[Tensor], grads: List[Tensor], momenta: List[Tensor], rates: List[float], remains: float, momentum: float, iterations: int) -> Tensor:
  for i in range(torch.len(params)):
    m = torch.lerp_(momenta[i], grads[i], torch.sub(1., momentum))
    x = (self).orthogonalised(torch.lerp(grads[i], m, momentum), iterations)
    _0 = torch.sub_(torch.mul_(params[i], remains), x, alpha=rates[i])
  return params[0]
def spectral(self, pairs: List[Tensor]) -> Tensor:
  # A [r, in] and B [out, r] one after the other; the eigenvalues of (A Aᵀ)(Bᵀ B) are the squared singular values of B A
  uneven = annotate(List[Tensor], [])
  for i in range(torch.floordiv(torch.len(pairs), 2)):
    a = pairs[torch.mul(2, i)]
    b = pairs[torch.add(torch.mul(2, i), 1)]
    g = torch.matmul(torch.matmul(a, torch.t(a)), torch.matmul(torch.t(b), b))
    squares = torch.add(torch.sum(torch.mul(g, torch.t(g))), 1e-16)
    flat = torch.div(torch.square(torch.trace(g)), torch.mul(squares, torch.size(a, 0)))
    _0 = torch.append(uneven, torch.rsub(flat, 1.))
  return torch.mean(torch.stack(uneven))
def global_norm(self, xs: List[Tensor]) -> Tensor:
  return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(xs, 2)))
def items(self, xs: List[Tensor]) -> Tensor:
  # tensors of one element, to be read at once
  out = annotate(List[Tensor], [])
  for i in range(torch.len(xs)):
    _0 = torch.append(out, torch.to(torch.reshape(torch.detach(xs[i]), annotate(List[int], [])), 7))
  return torch.stack(out)
def dots(self, xs: List[Tensor], ys: List[Tensor]) -> Tensor:
  # an inner product for each pair, to be read at once
  out = annotate(List[Tensor], [])
  for i in range(torch.len(xs)):
    _0 = torch.append(out, torch.to(torch.sum(torch.mul(xs[i], ys[i])), 7))
  return torch.stack(out)
def scale_all(self, xs: List[Tensor], factor: float) -> List[Tensor]:
  return torch._foreach_mul(xs, factor)
def add_all(self, xs: List[Tensor], ys: List[Tensor]) -> List[Tensor]:
  return torch._foreach_add(xs, ys)
