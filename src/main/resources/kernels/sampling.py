# Next tokens from logits [B, V]; uniforms [B] are drawn in Java, so that a row's draw does not depend on its batch.
def greedy(self, logits: Tensor) -> Tensor:
  return torch.argmax(logits, -1)
def sample(self, logits: Tensor, uniforms: Tensor, temperature: float, top_p: float) -> Tensor:
  p = torch.softmax(torch.div(torch.to(logits, 7), temperature), -1)
  sorted, order = torch.sort(p, stable=True, dim=-1, descending=True)
  before = torch.sub(torch.cumsum(sorted, -1), sorted)
  kept = torch.mul(sorted, torch.to(torch.lt(before, top_p), 7))
  cdf = torch.cumsum(kept, -1)
  total = torch.slice(cdf, -1, -1)
  draw = torch.mul(torch.unsqueeze(torch.to(uniforms, 7), -1), total)
  rank = torch.searchsorted(cdf, draw, right=True)
  last = torch.sub(torch.sum(torch.to(torch.gt(kept, 0.), 4), [-1], True), 1)
  return torch.squeeze(torch.gather(order, -1, torch.minimum(rank, last)), -1)
