package org.selgen.lm;

import org.selgen.tensor.Tensor;

/**
 * Tokens on their way through the layers of a decoder.
 *
 * @param ids new tokens {@code [B, T]}
 * @param positions their positions {@code [B or 1, T]}
 * @param attended {@code [B, S]} over all tokens so far; without elements if none is padding
 * @param lengths tokens of each row, with the new ones and without padding; one for all where they do not matter
 */
@SuppressWarnings("ArrayRecordComponent") // as kernels take lists of numbers
record DecoderInput(Tensor ids, Tensor positions, Tensor attended, long[] lengths) {}
