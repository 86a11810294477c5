// functions.cu: what NVRTC's own library expands to: long polynomials, slow paths in local memory, calls, double precision.
// Grid: any, one thread an element; out holds FUNCTIONS rows of count values. -D: FUNCTIONS, the number of rows (checked).
__device__ __noinline__ float horner(float a, int n) {
    float r = a;
    for (int i = 0; i < n; i++) r = r * a + 1.f;
    return r;
}

struct settings {
    int unused;
    float scale;
    double divisor;
    float table[6];
};

__constant__ float squares[4] = {0.f, 1.f, 4.f, 9.f};
__device__ unsigned visitors = 0;

extern "C" __global__ void __launch_bounds__(64) functions(const float* in, float* out, int count, const settings* global, int which) {
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= count) return;
    const float x = in[i];
    int row = 0;
#define PUT(value) out[row++ * count + i] = (float)(value)
    PUT(sinf(x));
    PUT(cosf(x * 100000.f));
    PUT(expf(x));
    PUT(logf(fabsf(x)));
    PUT(tanhf(x));
    PUT(powf(fabsf(x), 1.3f));
    PUT(erff(x));
    PUT(sqrtf(fabsf(x)));
    PUT(x / global->scale);
    PUT(fmodf(x, 0.7f));
    PUT(rintf(x) + 10.f * floorf(x) + 100.f * truncf(x));
    PUT((double)x / global->divisor + sqrt((double)x * x + 1.0) + 1.0 / (2.0 + x * (double)x));
    PUT(horner(x * 0.1f, which));
    PUT(squares[i & 3]);
    PUT(i / (which + 1) * 100 + i % (which + 2));
    PUT((long long)i * 123456789012345ll / (which + 7) % 1000);
    float local[8];
    for (int k = 0; k < 8; k++) local[k] = x * k;
    PUT(local[(i * 5) & 7]);
    switch (i % 7) {
        case 0: PUT(1.f); break;
        case 1: PUT(x + 1.f); break;
        case 2: PUT(x * 2.f); break;
        case 3: PUT(-x); break;
        case 4: PUT(horner(x * 0.1f, 3)); break;
        case 5: PUT(atan2f(x, 2.f)); break;
        default: PUT(global->table[which]); break;
    }
    PUT(atomicAdd(&visitors, 1u) < (unsigned)count);
    PUT(__int_as_float(__float_as_int(x) ^ 0x80000000) + __popc(i) + __clz(i) + __ffs(i) + __brev((unsigned)i) / 4294967296.f);
    PUT(fminf(fmaxf(x, -1.f), 1.f) + (x > 0.f ? 10.f : 20.f) + (isnan(x) ? 100.f : 0.f));
    if (row != FUNCTIONS) asm volatile("trap;");
}
