/** The metal: tensors, TorchScript kernels, gradients, memory scopes and tensor files. DJL and libtorch live here only. */
@NullMarked
package org.selgen.tensor;

import org.jspecify.annotations.NullMarked;
