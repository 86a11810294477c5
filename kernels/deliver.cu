// deliver.cu: y[i] = x[i], of points x, y, z; deliver_mirrored: the x of each with the other sign.
// Launch: grid (count / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"

template <bool mirrors>
DEVICE void copy(const float* x, float* y, int count) {
    const int i = (int)(BLOCK.x * 128 + threadIdx.x);
    if (i >= count) return;
    wait_for_predecessor_and_release();
    y[i] = mirrors && i % 3 == 0 ? -x[i] : x[i];
}

KERNEL(128) deliver(const float* x, float* y, int count) { copy<false>(x, y, count); }

KERNEL(128) deliver_mirrored(const float* x, float* y, int count) { copy<true>(x, y, count); }
