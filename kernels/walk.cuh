// walk.cuh: small kernels one after the other in one cooperative launch, so that a hop costs a meeting of its blocks. The first file of a
// walk's program: kernels included after it become functions, each of which sees a grid of its own, whose blocks those of the launch take
// in turn. Any number of blocks will do if all are on the device at once.
// Constants of each: as merged.cuh.
#pragma once
#include "merged.cuh"

#undef BLOCK
#define BLOCK block_of_part(FIRST_BLOCK, GRID_X, GRID_Y)
// What one stage writes the next reads, so nothing may be read by the path for constants.
#undef RESTRICT
#define RESTRICT
// The launch waits once, before its first stage. Its successor would only take room from blocks that wait for each other.
#define wait_for_predecessor_and_release() ((void)0)

// The number, in the grid of the stage, of the block that the threads stand for.
DEVICE unsigned& block_of_stage() {
    __shared__ unsigned number;
    return number;
}

// As merged.cuh's block_from.
DEVICE uint3 block_of_part(unsigned first, unsigned grid_x, unsigned grid_y) {
    const unsigned block = block_of_stage() - first, row = block / grid_x, z = row / grid_y;
    return make_uint3(block - row * grid_x, row - z * grid_y, z);
}

// Between two blocks of stages that the same threads stand for, since both use the same shared memory.
DEVICE void begin_block(unsigned number) {
    __syncthreads();
    if (threadIdx.x == 0) block_of_stage() = number;
    __syncthreads();
}

DEVICE unsigned load_acquire(const unsigned* from) {
    unsigned value;
#if __CUDA_ARCH__ >= 700
    asm volatile("ld.acquire.gpu.global.u32 %0, [%1];" : "=r"(value) : "l"(from) : "memory");
#endif
    return value;
}

// All blocks of the launch meet here; what each wrote before, all see after. state: how many have come, and how often all have.
DEVICE void wait_for_all_blocks(unsigned* state) {
    __syncthreads();
    if (threadIdx.x == 0) {
        const unsigned meetings = load_acquire(state + 1); // no block can miss it: the count goes on only when this one has come
        __threadfence();
        if (atomicAdd(state, 1u) == gridDim.x - 1) {
            *(volatile unsigned*)state = 0u;
            __threadfence();
            atomicAdd(state + 1, 1u);
        } else {
            while (load_acquire(state + 1) == meetings) {
            }
        }
        __threadfence();
    }
    __syncthreads();
}
