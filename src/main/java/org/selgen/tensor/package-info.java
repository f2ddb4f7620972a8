/** Tensors, TorchScript kernels, gradients, scopes and safetensors files: all that touches DJL's engine. */
@NullMarked
package org.selgen.tensor;

import org.jspecify.annotations.NullMarked;
