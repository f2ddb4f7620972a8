# Losses over the positions that predict answer tokens. N positions, D hidden, V vocabulary. Probabilities in float32.
def wide(self, z: Tensor) -> Tensor:
  return torch.to(z, 6) if torch.eq(z.dtype, 15) else z
def token_log_probs(self, hidden: Tensor, head: Tensor, targets: Tensor, cap: float) -> Tensor:
  # log p(target) [N], nats
  z = (self).wide((self).logits(hidden, head, cap))
  return torch.neg(torch.cross_entropy_loss(z, targets, None, 0))
def divergence(self, hidden: Tensor, base: Tensor, head: Tensor, cap: float) -> Tensor:
  # KL(p || p_base) [N], nats: sum over V of p (log p - log p_base)
  p = torch.log_softmax((self).wide((self).logits(hidden, head, cap)), -1)
  q = torch.log_softmax((self).wide((self).logits(base, head, cap)), -1)
  return torch.sum(torch.mul(torch.exp(p), torch.sub(p, q)), [-1])
def gather_positions(self, hidden: Tensor, index: Tensor) -> Tensor:
  # [B, T, D] -> [N, D]
  return torch.index_select(torch.reshape(hidden, [-1, torch.size(hidden, -1)]), 0, index)
