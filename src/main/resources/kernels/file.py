# Tensors of a memory-mapped file.
def mapped(self, path: str, count: int, dtype: int, begin: int, end: int) -> Tensor:
  # elements [begin, end) of a file seen as `count` elements of one type; pages are read when touched
  return torch.slice(torch.from_file(path, False, count, dtype=dtype), 0, begin, end)
def reinterpret(self, bytes: Tensor, dtype: int) -> Tensor:
  return torch.view_copy(torch.clone(bytes), dtype)
