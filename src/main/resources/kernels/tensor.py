# Elementwise operations, reductions and gradients. Serialised TorchScript: names resolve under `torch`.
def export(self, x: Tensor, dtype: int) -> Tensor:
  return torch.contiguous(torch.to(torch.detach(x), "cpu", dtype, False, True))
def placed(self, x: Tensor, device: str) -> Tensor:
  # always a copy
  return torch.to(x, torch.device(device), x.dtype, False, True)
def cast(self, x: Tensor, dtype: int) -> Tensor:
  return torch.to(x, dtype)
def cast_as(self, x: Tensor, other: Tensor) -> Tensor:
  return torch.to(x, other.dtype)
def reshape(self, x: Tensor, shape: List[int]) -> Tensor:
  return torch.reshape(x, shape)
def transpose(self, x: Tensor) -> Tensor:
  return torch.transpose(x, -2, -1)
def swap(self, x: Tensor, left: int, right: int) -> Tensor:
  return torch.transpose(x, left, right)
def zeros(self, shape: List[int], dtype: int, device: str) -> Tensor:
  return torch.zeros(shape, dtype=dtype, device=torch.device(device))
def rows(self, x: Tensor, begin: int, end: int) -> Tensor:
  return torch.slice(x, 0, begin, end)
def select_rows(self, x: Tensor, index: Tensor) -> Tensor:
  return torch.index_select(x, 0, index)
def concat(self, xs: List[Tensor], axis: int) -> Tensor:
  return torch.cat(xs, axis)
def plus(self, x: Tensor, y: Tensor) -> Tensor:
  return torch.add(x, y)
def minus(self, x: Tensor, y: Tensor) -> Tensor:
  return torch.sub(x, y)
def times(self, x: Tensor, y: Tensor) -> Tensor:
  return torch.mul(x, y)
def scale(self, x: Tensor, factor: float) -> Tensor:
  return torch.mul(x, factor)
def divide(self, x: Tensor, y: Tensor) -> Tensor:
  return torch.div(x, y)
def matmul(self, x: Tensor, y: Tensor) -> Tensor:
  return torch.matmul(x, y)
def absolute(self, x: Tensor) -> Tensor:
  return torch.abs(x)
def finite(self, x: Tensor) -> Tensor:
  # whether no element is NaN or infinite; the bounds of a tensor with NaN are NaN
  least, most = torch.aminmax(x)
  return torch.isfinite(torch.sub(torch.to(most, 7), torch.to(least, 7)))
def softplus(self, x: Tensor) -> Tensor:
  return torch.softplus(x)
def log_of_complement(self, x: Tensor) -> Tensor:
  return torch.log(torch.clamp_min(torch.neg(torch.expm1(x)), 1e-6))
def frobenius(self, x: Tensor) -> Tensor:
  return torch.linalg_vector_norm(x)
def orthonormal(self, x: Tensor, most: int) -> Tensor:
  # columns of U whose singular values are not noise, the first of them where most > 0
  u, s, vh = torch.linalg_svd(x, False)
  kept = torch.gt(s, torch.mul(torch.max(s), 1e-5))
  columns = torch.squeeze(torch.nonzero(kept), 1)
  if most > 0:
    columns = torch.slice(columns, 0, 0, most)
  return torch.index_select(u, 1, columns)
def sum_all(self, x: Tensor) -> Tensor:
  return torch.sum(x)
def mean_all(self, x: Tensor) -> Tensor:
  return torch.mean(x)
def sum_by(self, x: Tensor, group: Tensor, groups: int) -> Tensor:
  return torch.index_add(torch.new_zeros(x, [groups]), 0, group, x)
def leaf(self, x: Tensor) -> Tensor:
  return torch.requires_grad_(torch.clone(torch.detach(x)), True)
def detached(self, x: Tensor) -> Tensor:
  return torch.detach(x)
def assign(self, x: Tensor, values: Tensor) -> Tensor:
  return torch.copy_(x, values)
def gradients(self, loss: Tensor, leaves: List[Tensor], keeps: int) -> List[Tensor]:
  found = torch.grad([loss], leaves, None, torch.eq(keeps, 1), False, True)
  out = annotate(List[Tensor], [])
  for i in range(torch.len(leaves)):
    g = found[i]
    if torch.__is__(g, None):
      _0 = torch.append(out, torch.zeros_like(leaves[i]))
    else:
      _1 = torch.append(out, torch.contiguous(unchecked_cast(Tensor, g))) # the optimizer goes through memory
  return out
