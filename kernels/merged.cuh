// merged.cuh: kernels side by side in one launch, so that work that waits for the same predecessors costs one hop. The first file of a
// merged program: kernels included after it become functions, each of which sees a grid of its own.
// Constants of each: FIRST_BLOCK, GRID_X, GRID_Y: where its blocks start in the launch's row of blocks, and how they are counted.
#pragma once
#include "prelude.cuh"

#undef KERNEL
#undef LARGE_KERNEL
#define KERNEL(threads) DEVICE void
#define LARGE_KERNEL(threads) DEVICE void
#undef BLOCK
#define BLOCK block_from(FIRST_BLOCK, GRID_X, GRID_Y)
#define MERGED(threads) extern "C" __global__ void __launch_bounds__(threads, 1)

DEVICE uint3 block_from(unsigned first, unsigned grid_x, unsigned grid_y) {
    const unsigned block = blockIdx.x - first, row = block / grid_x, z = row / grid_y;
    return make_uint3(block - row * grid_x, row - z * grid_y, z);
}
