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

// Eight neighbouring channels as fp32; the address is a multiple of 8 elements.
DEVICE void load_eight(const half_t* from, float (&values)[8]) {
    const uint4 packed = *(const uint4*)from; // NVRTC 12.4 loads four words one by one where there is only a reference
    unpack_halves(packed, values);
}
DEVICE void load_eight(const float* from, float (&values)[8]) {
    const float4 low = *(const float4*)from, high = *(const float4*)(from + 4);
    values[0] = low.x, values[1] = low.y, values[2] = low.z, values[3] = low.w;
    values[4] = high.x, values[5] = high.y, values[6] = high.z, values[7] = high.w;
}

DEVICE void store_eight(half_t* to, const float (&values)[8]) { *(uint4*)to = pack_halves(values); }
DEVICE void store_eight(float* to, const float (&values)[8]) {
    *(float4*)to = make_float4(values[0], values[1], values[2], values[3]);
    *(float4*)(to + 4) = make_float4(values[4], values[5], values[6], values[7]);
}

// Two neighbouring channels; the address is a multiple of 2 elements.
DEVICE void store_two(half_t* to, float low, float high) { *(unsigned*)to = pack_halves(low, high); }
DEVICE void store_two(float* to, float low, float high) { *(float2*)to = make_float2(low, high); }
