// elements.cuh: the element-wise functions that any op may end with. The numbers are those of ActivationKind in the graph.
#pragma once
#include "prelude.cuh"

enum { ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_LEAKY, ACTIVATION_CLAMP, ACTIVATION_SIGMOID, ACTIVATION_HARDSWISH, ACTIVATION_GELU, ACTIVATION_PRELU };

// a: slope of leaky relu, lower bound of clamp; b: upper bound of clamp; slope: of PReLU, this channel's.
template <int kind>
DEVICE float activate(float v, float a, float b, float slope) {
    if (kind == ACTIVATION_RELU) return v > 0.f ? v : 0.f;
    if (kind == ACTIVATION_LEAKY) return v > 0.f ? v : a * v;
    if (kind == ACTIVATION_CLAMP) return fminf(fmaxf(v, a), b);
    if (kind == ACTIVATION_SIGMOID) return 1.f / (1.f + expf(-v));
    if (kind == ACTIVATION_HARDSWISH) return v * fminf(fmaxf(v + 3.f, 0.f), 6.f) / 6.f;
    if (kind == ACTIVATION_GELU) return 0.5f * v * (1.f + erff(v * 0.70710678118654752f));
    if (kind == ACTIVATION_PRELU) return v > 0.f ? v : slope * v;
    return v;
}

// A run of 8, 4, 2 or 1 neighbouring channels as fp32; the address is a multiple of its length in elements.
DEVICE void load_run(const half_t* from, float (&values)[8]) {
    const uint4 packed = *(const uint4*)from; // NVRTC 12.4 loads four words one by one where there is only a reference
    unpack_halves(packed, values);
}
DEVICE void load_run(const half_t* from, float (&values)[4]) {
    const uint2 packed = *(const uint2*)from;
    values[0] = low_half(packed.x), values[1] = high_half(packed.x), values[2] = low_half(packed.y), values[3] = high_half(packed.y);
}
DEVICE void load_run(const half_t* from, float (&values)[2]) {
    const unsigned packed = *(const unsigned*)from;
    values[0] = low_half(packed), values[1] = high_half(packed);
}
DEVICE void load_run(const half_t* from, float (&values)[1]) { values[0] = half_to_float(*from); }
DEVICE void load_run(const float* from, float (&values)[8]) {
    const float4 low = *(const float4*)from, high = *(const float4*)(from + 4);
    values[0] = low.x, values[1] = low.y, values[2] = low.z, values[3] = low.w;
    values[4] = high.x, values[5] = high.y, values[6] = high.z, values[7] = high.w;
}
DEVICE void load_run(const float* from, float (&values)[4]) {
    const float4 v = *(const float4*)from;
    values[0] = v.x, values[1] = v.y, values[2] = v.z, values[3] = v.w;
}
DEVICE void load_run(const float* from, float (&values)[2]) {
    const float2 v = *(const float2*)from;
    values[0] = v.x, values[1] = v.y;
}
DEVICE void load_run(const float* from, float (&values)[1]) { values[0] = *from; }

// With low, of a map split in halves (epilogue.cuh): the low half, low elements behind, is added.
template <int low, int length, typename T>
DEVICE void load_run_of(const T* from, float (&values)[length]) {
    load_run(from, values);
    if (low) {
        float lows[length];
        load_run(from + low, lows);
        UNROLL for (int i = 0; i < length; i++) values[i] += lows[i];
    }
}

DEVICE void store_run(half_t* to, const float (&values)[8]) { *(uint4*)to = pack_halves(values); }
DEVICE void store_run(half_t* to, const float (&values)[4]) {
    *(uint2*)to = make_uint2(pack_halves(values[0], values[1]), pack_halves(values[2], values[3]));
}
DEVICE void store_run(half_t* to, const float (&values)[2]) { *(unsigned*)to = pack_halves(values[0], values[1]); }
DEVICE void store_run(half_t* to, const float (&values)[1]) { *to = float_to_half(values[0]); }
DEVICE void store_run(float* to, const float (&values)[8]) {
    *(float4*)to = make_float4(values[0], values[1], values[2], values[3]);
    *(float4*)(to + 4) = make_float4(values[4], values[5], values[6], values[7]);
}
DEVICE void store_run(float* to, const float (&values)[4]) { *(float4*)to = make_float4(values[0], values[1], values[2], values[3]); }
DEVICE void store_run(float* to, const float (&values)[2]) { *(float2*)to = make_float2(values[0], values[1]); }
DEVICE void store_run(float* to, const float (&values)[1]) { *to = values[0]; }
