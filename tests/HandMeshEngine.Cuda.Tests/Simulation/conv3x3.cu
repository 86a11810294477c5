// conv3x3.cu: what the simulator is tried on. 3x3 convolution, stride 1, padding 1, halves in NHWC, as an implicit GEMM on tensor
// cores with three stages of asynchronous copies, bias and leaky ReLU; and a softmax by warps.
// -D: HEIGHT WIDTH CIN COUT. Grid: (ceil(HEIGHT * WIDTH / 64), COUT / 64), 128 threads, 24576 bytes of shared memory.
#include "prelude.cuh"
#include "mma.cuh"

#define TILE 64
#define DEPTH 32
#define STAGES 3
#define STEPS (9 * CIN / DEPTH)
#define STAGE_BYTES (2 * TILE * DEPTH * 2)

// Rows of 64 bytes; the 16-byte chunk is exchanged with that of every other row pair, so that eight rows lie in eight bank groups.
DEVICE unsigned place(unsigned row, unsigned chunk) { return row * (DEPTH * 2u) + ((chunk ^ ((row >> 1) & 3u)) << 4); }

KERNEL(128)
conv3x3(const half_t* __restrict__ x, const half_t* __restrict__ w, const float* __restrict__ bias, half_t* __restrict__ y, float slope) {
    SHARED_MEMORY(smem);
    const unsigned base = shared_address(smem);
    const int thread = (int)threadIdx.x, lane = thread & 31, warp = thread >> 5, chunk = thread & 3;
    const int warp_row = (warp & 1) * 32, warp_column = (warp >> 1) * 32;
    const int first_pixel = (int)blockIdx.x * TILE, first_channel = (int)blockIdx.y * TILE;

    auto load = [&](int step, int stage) {
        const int tap = step / (CIN / DEPTH), c = (step - tap * (CIN / DEPTH)) * DEPTH + chunk * 8;
        const int dy = tap / 3 - 1, dx = tap % 3 - 1;
        UNROLL for (int i = 0; i < 2; i++) {
            const int row = (thread >> 2) + i * 32, pixel = first_pixel + row;
            const int py = pixel / WIDTH + dy, px = pixel % WIDTH + dx;
            const bool inside = pixel < HEIGHT * WIDTH && (unsigned)py < (unsigned)HEIGHT && (unsigned)px < (unsigned)WIDTH;
            const unsigned to = base + (unsigned)stage * STAGE_BYTES + place((unsigned)row, (unsigned)chunk);
            copy_async_16(to, inside ? x + ((size_t)(py * WIDTH + px) * CIN + c) : x, inside);
            copy_async_16(to + TILE * DEPTH * 2, w + (size_t)(first_channel + row) * (9 * CIN) + step * DEPTH + chunk * 8, true);
        }
    };
    float sums[2][4][4];
    UNROLL for (int i = 0; i < 2; i++) UNROLL for (int j = 0; j < 4; j++) UNROLL for (int k = 0; k < 4; k++) sums[i][j][k] = 0.f;

    UNROLL for (int s = 0; s < STAGES - 1; s++) {
        load(s, s);
        copy_async_commit();
    }
    for (int step = 0; step < STEPS; step++) {
        copy_async_wait<STAGES - 2>();
        __syncthreads();
        if (step + STAGES - 1 < STEPS) load(step + STAGES - 1, (step + STAGES - 1) % STAGES);
        copy_async_commit();
        const unsigned left = base + (unsigned)(step % STAGES) * STAGE_BYTES, right = left + TILE * DEPTH * 2u;
        UNROLL for (int k = 0; k < DEPTH / 16; k++) {
            unsigned a[2][4], b[2][4];
            UNROLL for (int i = 0; i < 2; i++)
                load_matrix_x4(a[i], left + place((unsigned)(warp_row + i * 16 + (lane & 15)), (unsigned)(k * 2 + (lane >> 4))));
            UNROLL for (int j = 0; j < 2; j++)
                load_matrix_x4(b[j], right + place((unsigned)(warp_column + j * 16 + (lane & 7) + ((lane >> 4) << 3)), (unsigned)(k * 2 + ((lane >> 3) & 1))));
            UNROLL for (int i = 0; i < 2; i++) UNROLL for (int j = 0; j < 4; j++)
                mma_16x8x16(sums[i][j], a[i], b[j >> 1][(j & 1) * 2], b[j >> 1][(j & 1) * 2 + 1]);
        }
    }
    UNROLL for (int i = 0; i < 2; i++) UNROLL for (int h = 0; h < 2; h++) {
        const int pixel = first_pixel + warp_row + i * 16 + h * 8 + (lane >> 2);
        if (pixel < HEIGHT * WIDTH) UNROLL for (int j = 0; j < 4; j++) {
            const int n = first_channel + warp_column + j * 8 + (lane & 3) * 2;
            float v0 = sums[i][j][h * 2] + bias[n], v1 = sums[i][j][h * 2 + 1] + bias[n + 1];
            v0 = v0 > 0.f ? v0 : v0 * slope, v1 = v1 > 0.f ? v1 : v1 * slope;
            *(unsigned*)(y + (size_t)pixel * COUT + n) = pack_halves(v0, v1);
        }
    }
}

// One warp a row. Grid: ceil(rows / 4), 128 threads.
KERNEL(128)
softmax_rows(const float* __restrict__ x, float* __restrict__ y, int rows, int columns) {
    const int row = (int)(blockIdx.x * 4 + (threadIdx.x >> 5)), lane = (int)(threadIdx.x & 31);
    if (row >= rows) return;
    float most = -3.4e38f, sum = 0.f;
    for (int c = lane; c < columns; c += 32) most = fmaxf(most, x[(size_t)row * columns + c]);
    most = warp_max(most);
    for (int c = lane; c < columns; c += 32) sum += __expf(x[(size_t)row * columns + c] - most);
    sum = warp_sum(sum);
    for (int c = lane; c < columns; c += 32) y[(size_t)row * columns + c] = __expf(x[(size_t)row * columns + c] - most) / sum;
}
