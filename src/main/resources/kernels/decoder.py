# Decoder layers of the Gemma, Qwen, Llama, Mistral, Phi and OLMo families. An absent weight is a tensor without elements.
# B batch, T new tokens, S all tokens, D hidden, H heads, K key-value heads, E head size, F feed-forward, r rank
#
# weights of a layer, 17 slots: 0 input norm | 1 q 2 k 3 v 4 o | 5 norm before the feed-forward | 6 gate 7 up 8 down
#   9 q 10 k 11 v 12 o biases | 13 q norm 14 k norm | 15 norm after attention 16 norm after the feed-forward
# adapter of a layer: A and B of q k v o gate up down, 14 slots; scales: 7 numbers
# ints: heads, key-value heads, head size, activation (0 tanh-GELU, 1 GELU, 2 SiLU), whether a norm rounds before it
#   multiplies by its weight; floats: norm eps, query scale, soft cap
# dropout of adapters: tokens [B·T] of 32 bits, without elements for none; drops: hashes below the first are dropped, number of
#   the layer, which of its masks each of 7 projections has
# at: flat positions [M] of [B·T] whose output a layer gives, [M, D]; without elements for all, [B, T, D]
def present(self, x: Tensor) -> bool:
  return torch.gt(torch.numel(x), 0)
def norm(self, x: Tensor, weight: Tensor, eps: float, rounds_first: int) -> Tensor:
  if torch.eq(rounds_first, 1):
    if torch.ne(x.dtype, weight.dtype):
      y = torch.rms_norm(torch.to(x, weight.dtype), [torch.size(x, -1)], None, eps)
      return torch.to(torch.mul(torch.to(y, x.dtype), weight), x.dtype)
  y = torch.rms_norm(torch.to(x, weight.dtype), [torch.size(x, -1)], weight, eps)
  return torch.to(y, x.dtype)
def normed(self, x: Tensor, weight: Tensor, eps: float, rounds_first: int) -> Tensor:
  # as it is where the weight is absent
  if (self).present(weight):
    return (self).norm(x, weight, eps, rounds_first)
  return x
def hashed(self, x: Tensor) -> Tensor:
  # numbers of 32 bits to others that look random (two rounds of xor-shift and multiply)
  for i in range(2):
    x = torch.bitwise_and(torch.mul(torch.bitwise_xor(x, torch.bitwise_right_shift(x, 16)), 73244475), 4294967295)
  return torch.bitwise_xor(x, torch.bitwise_right_shift(x, 16))
def dropped(self, x: Tensor, tokens: Tensor, drops: List[int], slot: int) -> Tensor:
  # x [B·T, in] with some numbers 0 and the others so much larger
  mask = torch.add(torch.mul(drops[1], 7), drops[torch.add(slot, 2)])
  places = torch.arange(torch.size(x, 1), dtype=4, device=x.device)
  columns = (self).hashed(torch.add(places, torch.mul(mask, 1048576)))
  bits = (self).hashed(torch.bitwise_xor(torch.unsqueeze(tokens, 1), torch.unsqueeze(columns, 0)))
  kept = torch.to(torch.ge(bits, drops[0]), x.dtype)
  return torch.mul(x, torch.div(kept, torch.sub(1., torch.div(drops[0], 4294967296))))
def projection(self, x: Tensor, w: Tensor, bias: Tensor, a: Tensor, b: Tensor, factor: float, tokens: Tensor, drops: List[int], slot: int) -> Tensor:
  y = torch.matmul(x, torch.t(w))
  if (self).present(bias):
    y = torch.add(y, bias)
  if (self).present(a):
    # transposed, so that products of the backward pass have r rows: those of r columns take up to five times as long
    z = torch.to(x, a.dtype)
    if (self).present(tokens):
      z = (self).dropped(z, tokens, drops, slot)
    low = torch.t(torch.linear(a, z))
    up = torch.contiguous(torch.t(b))
    if torch.eq(a.dtype, y.dtype):
      y = torch.addmm_(y, low, up, beta=1., alpha=factor)
    else:
      y = torch.add(y, torch.to(torch.mul(torch.matmul(low, up), factor), y.dtype))
  return y
def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # the first R numbers of each head, R the width of cos
  R = torch.size(cos, -1)
  half = torch.floordiv(R, 2)
  y = torch.slice(x, -1, 0, R)
  turned = torch.cat([torch.neg(torch.slice(y, -1, half)), torch.slice(y, -1, 0, half)], -1)
  y = torch.to(torch.add(torch.mul(y, cos), torch.mul(turned, sin)), x.dtype)
  if torch.lt(R, torch.size(x, -1)):
    y = torch.cat([y, torch.slice(x, -1, R)], -1)
  return y
def spread(self, x: Tensor, times: int) -> Tensor:
  # each key-value head serves `times` query heads
  if torch.eq(times, 1):
    return x
  B, K, S, E = torch.size(x, 0), torch.size(x, 1), torch.size(x, 2), torch.size(x, 3)
  return torch.reshape(torch.expand(torch.unsqueeze(x, 2), [B, K, times, S, E]), [B, torch.mul(K, times), S, E])
def attention(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, causal: bool, scale: float, cap: float) -> Tensor:
  if torch.gt(cap, 0.):
    scores = torch.mul(torch.matmul(q, torch.transpose(k, -2, -1)), scale)
    scores = torch.add(torch.mul(torch.tanh(torch.div(scores, cap)), cap), mask)
    p = torch.to(torch.softmax(torch.to(scores, 6), -1), q.dtype) if torch.eq(q.dtype, 15) else torch.softmax(scores, -1)
    return torch.matmul(p, v)
  if (self).present(mask):
    return torch.scaled_dot_product_attention(q, k, v, torch.to(mask, q.dtype), 0., False, scale=scale)
  return torch.scaled_dot_product_attention(q, k, v, None, 0., causal, scale=scale)
def activate(self, x: Tensor, kind: int) -> Tensor:
  if torch.eq(kind, 0):
    return torch.gelu(x, approximate="tanh")
  if torch.eq(kind, 1):
    return torch.gelu(x)
  return torch.silu(x)
def attend(self, x: Tensor, w: List[Tensor], lora: List[Tensor], scales: List[float], cos: Tensor, sin: Tensor, mask: Tensor, cache: List[Tensor], past: int, ints: List[int], floats: List[float], tokens: Tensor, drops: List[int]) -> Tensor:
  # x [B, T, D], normed -> [B·T, H E]
  B, T, D = torch.size(x, 0), torch.size(x, 1), torch.size(x, 2)
  heads, groups, size = ints[0], ints[1], ints[2]
  flat = torch.reshape(x, [torch.mul(B, T), D])
  q = (self).projection(flat, w[1], w[9], lora[0], lora[1], scales[0], tokens, drops, 0)
  k = (self).projection(flat, w[2], w[10], lora[2], lora[3], scales[1], tokens, drops, 1)
  v = torch.view((self).projection(flat, w[3], w[11], lora[4], lora[5], scales[2], tokens, drops, 2), [B, T, groups, size])
  wide = torch.gt(torch.numel(w[13]), size)
  if wide:
    # one norm over all heads
    q = (self).norm(q, w[13], floats[0], ints[4])
    k = (self).norm(k, w[14], floats[0], ints[4])
  q = torch.view(q, [B, T, heads, size])
  k = torch.view(k, [B, T, groups, size])
  if torch.eq(torch.numel(w[13]), size):
    q = (self).norm(q, w[13], floats[0], ints[4])
    k = (self).norm(k, w[14], floats[0], ints[4])
  q = torch.transpose(q, 1, 2)
  k = torch.transpose(k, 1, 2)
  v = torch.transpose(v, 1, 2)
  if (self).present(cos):
    q = (self).rotate(q, cos, sin)
    k = (self).rotate(k, cos, sin)
  if torch.gt(torch.len(cache), 0):
    S = torch.add(past, T)
    _0 = torch.copy_(torch.slice(cache[0], 2, past, S), k)
    _1 = torch.copy_(torch.slice(cache[1], 2, past, S), v)
    k = torch.slice(cache[0], 2, 0, S)
    v = torch.slice(cache[1], 2, 0, S)
  share = torch.floordiv(heads, groups)
  behind = torch.gt(past, 0) if (self).present(mask) else torch.eq(T, 1)
  if behind:
    # the query heads of a key-value head are so many queries to it: nothing is copied
    rows = torch.reshape(q, [B, groups, torch.mul(share, T), size])
    open = torch.repeat(mask, [1, 1, share, 1]) if torch.gt(T, 1) else mask
    y = torch.reshape((self).attention(rows, k, v, open, False, floats[1], floats[2]), [B, heads, T, size])
    y = torch.transpose(y, 1, 2)
  else:
    y = torch.transpose((self).attention(q, (self).spread(k, share), (self).spread(v, share), mask, True, floats[1], floats[2]), 1, 2)
  return torch.reshape(y, [torch.mul(B, T), torch.mul(heads, size)])
def keys_and_values(self, x: Tensor, w: List[Tensor], lora: List[Tensor], scales: List[float], ints: List[int], floats: List[float]) -> List[Tensor]:
  # x [N, D], a layer's input before its norm -> [N, K E] each, before norms of keys and rotation, without dropout
  y = (self).normed(x, w[0], floats[0], ints[4])
  none = torch.slice(torch.view(w[0], [-1]), 0, 0, 0)
  drops = annotate(List[int], [])
  k = (self).projection(y, w[2], w[10], lora[2], lora[3], scales[1], none, drops, 1)
  return [k, (self).projection(y, w[3], w[11], lora[4], lora[5], scales[2], none, drops, 2)]
def feed_forward(self, x: Tensor, w: List[Tensor], lora: List[Tensor], scales: List[float], kind: int, tokens: Tensor, drops: List[int]) -> Tensor:
  # [M, D] -> [M, D]
  none = torch.slice(torch.view(w[0], [-1]), 0, 0, 0)
  gate = (self).activate((self).projection(x, w[6], none, lora[8], lora[9], scales[4], tokens, drops, 4), kind)
  up = (self).projection(x, w[7], none, lora[10], lora[11], scales[5], tokens, drops, 5)
  return (self).projection(torch.mul(gate, up), w[8], none, lora[12], lora[13], scales[6], tokens, drops, 6)
def layer(self, x: Tensor, w: List[Tensor], lora: List[Tensor], scales: List[float], cos: Tensor, sin: Tensor, mask: Tensor, cache: List[Tensor], past: int, ints: List[int], floats: List[float], tokens: Tensor, drops: List[int], at: Tensor) -> Tensor:
  y = (self).attend((self).normed(x, w[0], floats[0], ints[4]), w, lora, scales, cos, sin, mask, cache, past, ints, floats, tokens, drops)
  shape = torch.size(x)
  x = torch.reshape(x, [-1, torch.size(x, -1)])
  if (self).present(at):
    # what is behind attention looks at one token alone
    x, y = torch.index_select(x, 0, at), torch.index_select(y, 0, at)
    shape = torch.size(x)
    if (self).present(tokens):
      tokens = torch.index_select(tokens, 0, at)
  y = (self).projection(y, w[4], w[12], lora[6], lora[7], scales[3], tokens, drops, 3)
  x = torch.add(x, (self).normed(y, w[15], floats[0], ints[4]))
  y = (self).feed_forward((self).normed(x, w[5], floats[0], ints[4]), w, lora, scales, ints[3], tokens, drops)
  return torch.view(torch.add(x, (self).normed(y, w[16], floats[0], ints[4])), shape)
def layers(self, x: Tensor, w: List[Tensor], lora: List[Tensor], scales: List[float], ropes: List[Tensor], turns: List[int], masks: List[Tensor], kinds: List[int], caches: List[Tensor], past: int, ints: List[int], floats: List[float], tokens: Tensor, drops: List[int], at: Tensor) -> List[Tensor]:
  # output of every layer, [B, T, D] each, of the last that of the positions `at`; that alone where there are caches; masks[kinds[l]] is the mask of
  # layer l, ropes[2 turns[l]] and the next its cosine and sine
  out = annotate(List[Tensor], [])
  everywhere = torch.slice(at, 0, 0, 0)
  last = torch.sub(torch.len(kinds), 1)
  for l in range(torch.len(kinds)):
    cache = annotate(List[Tensor], [])
    if torch.gt(torch.len(caches), 0):
      cache = torch.slice(caches, torch.mul(2, l), torch.add(torch.mul(2, l), 2), 1)
    wl = torch.slice(w, torch.mul(17, l), torch.add(torch.mul(17, l), 17), 1)
    al = torch.slice(lora, torch.mul(14, l), torch.add(torch.mul(14, l), 14), 1)
    sl = torch.slice(scales, torch.mul(7, l), torch.add(torch.mul(7, l), 7), 1)
    dl = drops
    if torch.gt(torch.len(drops), 0):
      dl = torch.add([drops[0], torch.add(drops[1], l)], torch.slice(drops, 2, torch.len(drops), 1))
    r = torch.mul(2, turns[l])
    x = (self).layer(x, wl, al, sl, ropes[r], ropes[torch.add(r, 1)], masks[kinds[l]], cache, past, ints, floats, tokens, dl, at if torch.eq(l, last) else everywhere)
    if torch.eq(torch.len(cache), 0):
      _0 = torch.append(out, x)
  if torch.gt(torch.len(caches), 0):
    _1 = torch.append(out, x)
  return out
def regroup(self, old: Tensor, kept: Tensor, past: int, width: int, new: Tensor, fresh: Tensor, read: int, seen: int, capacity: int) -> Tensor:
  # keys or values [B, K, S, E] of other rows: some of `old`, their last `width` of `past` tokens, then some of `new`, its
  # `read` tokens; all end at `seen`
  n, m = torch.size(kept, 0), torch.size(fresh, 0)
  out = torch.new_zeros(old, [torch.add(n, m), torch.size(old, 1), capacity, torch.size(old, 3)])
  if torch.gt(n, 0):
    some = torch.index_select(torch.slice(old, 2, torch.sub(past, width), past), 0, kept)
    _0 = torch.copy_(torch.slice(torch.slice(out, 0, 0, n), 2, torch.sub(seen, width), seen), some)
  if torch.gt(m, 0):
    more = torch.index_select(torch.slice(new, 2, 0, read), 0, fresh)
    _1 = torch.copy_(torch.slice(torch.slice(out, 0, n), 2, torch.sub(seen, read), seen), more)
  return out
def embed(self, weight: Tensor, ids: Tensor, scale: float) -> Tensor:
  x = torch.embedding(weight, ids)
  return torch.mul(x, torch.new_full(x, annotate(List[int], []), scale))
def logits(self, hidden: Tensor, head: Tensor, cap: float) -> Tensor:
  z = torch.matmul(hidden, torch.t(head))
  if torch.gt(cap, 0.):
    z = torch.mul(torch.tanh(torch.div(z, cap)), cap)
  return z
def add_one(self, weight: Tensor) -> Tensor:
  return torch.add(weight, 1.)
def rope(self, positions: Tensor, frequencies: Tensor, magnitude: float) -> List[Tensor]:
  # positions [B or 1, T], frequencies [R/2] or [B, 1, R/2] -> cos and sin [B or 1, 1, T, R]
  angle = torch.mul(torch.unsqueeze(torch.to(positions, frequencies.dtype), -1), frequencies)
  angle = torch.unsqueeze(torch.cat([angle, angle], -1), 1)
  if torch.ne(magnitude, 1.):
    return [torch.mul(torch.cos(angle), magnitude), torch.mul(torch.sin(angle), magnitude)]
  return [torch.cos(angle), torch.sin(angle)]
def mask(self, attended: Tensor, past: int, window: int, dtype: int) -> Tensor:
  # attended [B, S] of 0/1 -> additive [B, 1, S - past, S]: 0 where a token may look, a large negative number elsewhere
  S = torch.size(attended, 1)
  key = torch.unsqueeze(torch.arange(S, dtype=4, device=attended.device), 0)
  query = torch.unsqueeze(torch.arange(past, S, dtype=4, device=attended.device), 1)
  seen = torch.le(key, query)
  if torch.gt(window, 0):
    seen = torch.logical_and(seen, torch.gt(key, torch.sub(query, window)))
  open = torch.logical_and(torch.unsqueeze(seen, 0), torch.unsqueeze(torch.gt(attended, 0), 1))
  return torch.unsqueeze(torch.mul(torch.to(torch.logical_not(open), dtype), -1e30), 1)
