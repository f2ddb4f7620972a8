# Losses over the positions that predict answer tokens. N positions, D hidden, V vocabulary. Probabilities in float32.
#
# Nothing of [N, V] is kept. Where the head is frozen, logits z = cap tanh(h W' / cap) are made for some rows at a time, and
# with them the slope s = d value / dh, [N, D], which the values carry to the backward pass: value + (h s - its own number).
def wide(self, z: Tensor) -> Tensor:
  return torch.to(z, 6) if torch.eq(z.dtype, 15) else z
def slope(self, dz: Tensor, z: Tensor, head: Tensor, cap: float) -> Tensor:
  # d value / dh from d value / dz; d z / dh = W (1 - (z / cap)^2)
  if torch.gt(cap, 0.):
    dz = torch.mul(dz, torch.rsub(torch.square(torch.div(z, cap)), 1.))
  return torch.to(torch.matmul(torch.to(dz, head.dtype), head), dz.dtype)
def sloped(self, values: List[Tensor], slopes: List[Tensor], hidden: Tensor) -> Tensor:
  value = torch.cat(values)
  if torch.eq(torch.len(slopes), 0):
    return value
  carried = torch.sum(torch.mul(torch.to(hidden, value.dtype), torch.cat(slopes)), [-1])
  return torch.add(value, torch.sub(carried, torch.detach(carried)))
def token_log_probs(self, hidden: Tensor, head: Tensor, targets: Tensor, cap: float, rows: int) -> Tensor:
  # log p(target) [N], nats; d log p(t) / dz = 1[t] - p
  if head.requires_grad:
    z = (self).wide((self).logits(hidden, head, cap))
    return torch.neg(torch.cross_entropy_loss(z, targets, None, 0))
  values, slopes = annotate(List[Tensor], []), annotate(List[Tensor], [])
  for i in range(torch.add(torch.floordiv(torch.size(hidden, 0), rows), 1)):
    first = torch.mul(i, rows)
    z = (self).wide((self).logits(torch.slice(torch.detach(hidden), 0, first, torch.add(first, rows)), head, cap))
    p = torch.log_softmax(z, -1)
    t = torch.unsqueeze(torch.slice(targets, 0, first, torch.add(first, rows)), 1)
    value = torch.gather(p, 1, t)
    _0 = torch.append(values, torch.squeeze(value, 1))
    if hidden.requires_grad:
      dz = torch.scatter_add_(torch.neg_(torch.exp_(p)), 1, t, torch.ones_like(value))
      _1 = torch.append(slopes, (self).slope(dz, z, head, cap))
  return (self).sloped(values, slopes, hidden)
def divergence(self, hidden: Tensor, base: Tensor, head: Tensor, cap: float, rows: int) -> Tensor:
  # KL(p || q) [N], nats: sum over V of p (log p - log q), q that of `base`; d KL / dz = p (log p - log q - KL)
  values, slopes = annotate(List[Tensor], []), annotate(List[Tensor], [])
  for i in range(torch.add(torch.floordiv(torch.size(hidden, 0), rows), 1)):
    first = torch.mul(i, rows)
    z = (self).wide((self).logits(torch.slice(torch.detach(hidden), 0, first, torch.add(first, rows)), head, cap))
    q = torch.log_softmax((self).wide((self).logits(torch.slice(base, 0, first, torch.add(first, rows)), head, cap)), -1)
    p = torch.log_softmax(z, -1)
    ratio = torch.neg_(torch.sub_(q, p))
    p = torch.exp_(p)
    value = torch.sum(torch.mul(p, ratio), [-1], True)
    _0 = torch.append(values, torch.squeeze(value, 1))
    if hidden.requires_grad:
      _1 = torch.append(slopes, (self).slope(torch.mul_(p, torch.sub_(ratio, value)), z, head, cap))
  return (self).sloped(values, slopes, hidden)
def gather_positions(self, hidden: Tensor, index: Tensor) -> Tensor:
  # [B, T, D] -> [N, D]
  return torch.index_select(torch.reshape(hidden, [-1, torch.size(hidden, -1)]), 0, index)
