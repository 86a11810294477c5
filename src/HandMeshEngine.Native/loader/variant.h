/* Which builds of the engine this processor runs, best first. NativeAOT compiles for one instruction set, and the engine computes with
 * vectors as wide as that set has, so there are three builds: x86-64-v2 (SSE4.2), v3 (AVX2, FMA) and v4 (AVX-512). */
#ifndef HANDMESH_VARIANT_H
#define HANDMESH_VARIANT_H

#include <cpuid.h>
#include <stdlib.h>
#include <string.h>

#define HANDMESH_VARIANTS 3

static const char *const handmesh_variants[HANDMESH_VARIANTS] = {"v4", "v3", "v2"};

static int handmesh_variant_runs(int variant)
{
    unsigned int eax, ebx, ecx = 0, edx, extended = 0;
    __builtin_cpu_init();
    __get_cpuid(1, &eax, &ebx, &ecx, &edx);
    __get_cpuid(0x80000001, &eax, &ebx, &extended, &edx);
    int v2 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
    /* What the compiler's own question, which asks the operating system too, has no name for: MOVBE, F16C, LZCNT. */
    int v3 = v2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
        && (ecx & 1u << 22) && (ecx & 1u << 29) && (extended & 1u << 5);
    int v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return variant == 0 ? v4 : variant == 1 ? v3 : v2;
}

/* HANDMESH_BUILD names the only build to try. */
static int handmesh_variant_is_wanted(int variant)
{
    const char *wanted = getenv("HANDMESH_BUILD");
    return wanted == NULL || *wanted == 0 || strcmp(wanted, handmesh_variants[variant]) == 0;
}

#endif
