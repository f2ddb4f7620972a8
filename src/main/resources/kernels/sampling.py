# Next tokens from logits [B, V]; uniforms [B] are drawn in Java, so that a row's draw does not depend on its batch.
def greedy(self, logits: Tensor) -> Tensor:
  return torch.argmax(logits, -1)
def ranked(self, p: Tensor, k: int) -> List[Tensor]:
  # the k most probable tokens of each row, of equal ones the lower number first: probabilities [B, k] and tokens [B, k]
  if torch.ge(k, torch.size(p, -1)):
    sorted, order = torch.sort(p, stable=True, dim=-1, descending=True)
    return [sorted, order]
  some, unordered = torch.topk(p, k)
  tokens, _0 = torch.sort(unordered)
  sorted, order = torch.sort(torch.gather(p, -1, tokens), stable=True, dim=-1, descending=True)
  return [sorted, torch.gather(tokens, -1, order)]
def draw(self, p: Tensor, k: int, uniforms: Tensor, top_p: float) -> List[Tensor]:
  # a token of each row [B], and whether the k most probable tell it, as all of them would
  top = (self).ranked(p, k)
  sorted, order = top[0], top[1]
  reached = torch.cumsum(sorted, -1)
  kept = torch.mul(sorted, torch.to(torch.lt(torch.sub(reached, sorted), top_p), 7))
  cdf = torch.cumsum(kept, -1)
  total = torch.sum(p, [-1], True) if torch.ge(top_p, 1.) else torch.slice(cdf, -1, -1)
  rank = torch.searchsorted(cdf, torch.mul(torch.unsqueeze(torch.to(uniforms, 7), -1), total), right=True)
  last = torch.sub(torch.sum(torch.to(torch.gt(kept, 0.), 4), [-1], True), 1)
  at = torch.minimum(rank, last)
  whole = torch.lt(rank, k) if torch.ge(top_p, 1.) else torch.ge(torch.slice(reached, -1, -1), top_p)
  # of tokens as probable as the last of the k, any may be among them
  told = torch.logical_and(whole, torch.gt(torch.gather(sorted, -1, at), torch.slice(sorted, -1, -1)))
  return [torch.squeeze(torch.gather(order, -1, at), -1), torch.squeeze(told, -1)]
def sample(self, logits: Tensor, uniforms: Tensor, temperature: float, top_p: float, k: int) -> Tensor:
  # looks at more tokens, in the end at all, only in rows that the k most probable do not tell
  p = torch.softmax(torch.div(torch.to(logits, 7), temperature), -1)
  V = torch.size(p, -1)
  drawn = (self).draw(p, k, uniforms, top_p)
  tokens = drawn[0]
  rest = torch.view(torch.nonzero(torch.logical_not(drawn[1])), [-1])
  while (self).present(rest) if torch.lt(k, V) else False:
    k = torch.mul(k, 16)
    other = (self).draw(torch.index_select(p, 0, rest), k, torch.index_select(uniforms, 0, rest), top_p)
    tokens = torch.index_copy(tokens, 0, rest, other[0])
    rest = torch.index_select(rest, 0, torch.view(torch.nonzero(torch.logical_not(other[1])), [-1]))
  return tokens
