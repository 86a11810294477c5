// prelude.cuh: what every kernel may use, since NVRTC brings no standard library: macros, half precision, asynchronous copies,
// reductions in a warp, and how launches overlap. One PTX instruction a function; each has a branch for sm_75, which lacks cp.async.
#pragma once

#define DEVICE static __device__ __forceinline__
#define MEMBER __device__ __forceinline__
#define KERNEL(threads) extern "C" __global__ void __launch_bounds__(threads)
// One whose threads keep many sums: the compiler must not spill any to make room for another block.
#define LARGE_KERNEL(threads) extern "C" __global__ void __launch_bounds__(threads, 1)
// The block's place in its grid; merged.cuh has another, where several grids lie side by side in one launch.
#define BLOCK blockIdx
#define UNROLL _Pragma("unroll")
#define PRAGMA(text) _Pragma(#text)
#define UNROLL_BY(count) PRAGMA(unroll count)
// From sm_90 on a kernel may run while its predecessor still writes, so nothing may be read by the path for constants.
#if __CUDA_ARCH__ >= 900
#define RESTRICT
#else
#define RESTRICT __restrict__
#endif
// The dynamic shared memory of the launch; carve it at offsets that are multiples of 128 bytes.
#define SHARED_MEMORY(name) extern __shared__ __align__(128) unsigned char name[]
#define FULL_WARP 0xffffffffu

// A parameter of a launch of several functions, whatever the one that it is for makes of it.
struct Argument {
    void* pointer;
    template <typename T>
    MEMBER operator T*() const { return (T*)pointer; }
};

// half precision: stored as 16 bits, computed in fp32

struct half_t {
    unsigned short bits;
};

DEVICE float half_to_float(half_t h) {
    float f;
    asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(h.bits));
    return f;
}

// To nearest, ties to even; beyond 65504 it is an infinity.
DEVICE half_t float_to_half(float f) {
    half_t h;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h.bits) : "f"(f));
    return h;
}

// What fp16 takes from a value.
DEVICE float rounding_of(float value) { return value - half_to_float(float_to_half(value)); }

// Two halves in one register, low in bits 0..15.
DEVICE unsigned pack_halves(float low, float high) {
#if __CUDA_ARCH__ >= 800
    unsigned packed;
    asm("cvt.rn.f16x2.f32 %0, %1, %2;" : "=r"(packed) : "f"(high), "f"(low));
    return packed;
#else
    return (unsigned)float_to_half(low).bits | ((unsigned)float_to_half(high).bits << 16);
#endif
}

DEVICE float low_half(unsigned packed) {
    half_t h;
    h.bits = (unsigned short)(packed & 0xffffu);
    return half_to_float(h);
}

DEVICE float high_half(unsigned packed) {
    half_t h;
    h.bits = (unsigned short)(packed >> 16);
    return half_to_float(h);
}

// Eight halves, 16-byte aligned, to and from fp32.
DEVICE void unpack_halves(const uint4& packed, float (&values)[8]) {
    values[0] = low_half(packed.x), values[1] = high_half(packed.x);
    values[2] = low_half(packed.y), values[3] = high_half(packed.y);
    values[4] = low_half(packed.z), values[5] = high_half(packed.z);
    values[6] = low_half(packed.w), values[7] = high_half(packed.w);
}

DEVICE uint4 pack_halves(const float (&values)[8]) {
    return make_uint4(pack_halves(values[0], values[1]), pack_halves(values[2], values[3]),
                      pack_halves(values[4], values[5]), pack_halves(values[6], values[7]));
}

// One element of a tensor as fp32, whatever its type.
DEVICE float load_float(const float* from) { return *from; }
DEVICE float load_float(const half_t* from) { return half_to_float(*from); }
DEVICE void store_float(float* to, float value) { *to = value; }
DEVICE void store_float(half_t* to, float value) { *to = float_to_half(value); }

DEVICE float infinity() { return __int_as_float(0x7f800000); }

// 16 bytes that another block wrote during this launch: past the L1 cache, which may hold what was there before.
DEVICE float4 load_from_l2(const float4* from) {
    float4 v;
    asm volatile("ld.global.cg.v4.f32 {%0, %1, %2, %3}, [%4];" : "=f"(v.x), "=f"(v.y), "=f"(v.z), "=f"(v.w) : "l"(from) : "memory");
    return v;
}

// 16 bytes that no kernel of the plan writes, so that they may be asked for before the predecessor is done. Not by the path for
// constants: ptxas moves such loads behind griddepcontrol.wait.
DEVICE void load_constant_16(unsigned (&r)[4], const void* from) {
    asm volatile("ld.global.v4.u32 {%0, %1, %2, %3}, [%4];" : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "l"(from) : "memory");
}

// asynchronous copies, global to shared

// An address of shared memory as the instructions below take it.
DEVICE unsigned shared_address(const void* pointer) { return (unsigned)__cvta_generic_to_shared(pointer); }

// 16 bytes, both addresses 16-byte aligned. If not ok, zeros are written and nothing is read, but the source must be a valid
// address all the same: pass the tensor's first.
DEVICE void copy_async_16(unsigned shared, const void* global, bool ok) {
#if __CUDA_ARCH__ >= 800
    const int bytes = ok ? 16 : 0;
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(shared), "l"(global), "r"(bytes) : "memory");
#else
    uint4 v = make_uint4(0u, 0u, 0u, 0u);
    if (ok) v = *(const uint4*)global;
    asm volatile("st.shared.v4.u32 [%0], {%1, %2, %3, %4};" ::"r"(shared), "r"(v.x), "r"(v.y), "r"(v.z), "r"(v.w) : "memory");
#endif
}

// 4 bytes, both addresses 4-byte aligned; otherwise as above.
DEVICE void copy_async_4(unsigned shared, const void* global, bool ok) {
#if __CUDA_ARCH__ >= 800
    const int bytes = ok ? 4 : 0;
    asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;" ::"r"(shared), "l"(global), "r"(bytes) : "memory");
#else
    const unsigned v = ok ? *(const unsigned*)global : 0u;
    asm volatile("st.shared.u32 [%0], %1;" ::"r"(shared), "r"(v) : "memory");
#endif
}

// Ends a group of copies. Commit in every iteration, an empty group too, so that the counts below stay constant.
DEVICE void copy_async_commit() {
#if __CUDA_ARCH__ >= 800
    asm volatile("cp.async.commit_group;" ::: "memory");
#endif
}

// Waits until at most `pending` groups of this thread are under way; others see the data after a barrier.
template <int pending>
DEVICE void copy_async_wait() {
#if __CUDA_ARCH__ >= 800
    asm volatile("cp.async.wait_group %0;" ::"n"(pending) : "memory");
#endif
}

// reductions over the 32 lanes of a warp; every lane gets the result, in the same order of additions

DEVICE float warp_sum(float value) {
    UNROLL for (int lanes = 16; lanes > 0; lanes >>= 1) value += __shfl_xor_sync(FULL_WARP, value, lanes);
    return value;
}

DEVICE float warp_max(float value) {
    UNROLL for (int lanes = 16; lanes > 0; lanes >>= 1) value = fmaxf(value, __shfl_xor_sync(FULL_WARP, value, lanes));
    return value;
}

// overlap with the neighbours in the stream (launches with LaunchOptions.OverlapPredecessor)

// Before the first read of what an earlier kernel wrote, and before the first write of what it reads.
DEVICE void wait_for_predecessor() {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

// From here on the next kernel may start on idle SMs.
DEVICE void release_successor() {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
}

// Every kernel calls it, in all threads that go on, before it touches what other kernels write or read. Since each waits, all that
// came before its predecessor is done too.
DEVICE void wait_for_predecessor_and_release() {
    wait_for_predecessor();
#ifndef RELEASES_LATE // else where the last block ends
    release_successor();
#endif
}
