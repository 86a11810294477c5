// warpnormalize.cu: pixels to network input; a thread computes the three channels of one output pixel.
//   y[n, row, column, c] = sample_c(M_n (column, row, 1)) SCALE_c + OFFSET_c, channel 0 of y blue if SWAP
//   SAMPLING 0: exact bilinear taps   1: OpenCV's warpAffine (positions in 1/32 pixel, 15-bit weights, rounded to 8 bits)
//   2: OpenCV's resize of a crop (11-bit weights, rounded to 8 bits)
//   REPLICATE 1: tap indices are clamped to the image; 0: a tap outside counts zero.
// Positions are computed in fp64: in fp32 they would be off by 1e-3 pixels in a large image, and OpenCV's modes want its roundings.
// FROM_MAP 0: source is the image of the run, described by `image`; 1: a map NHWC [1 or n, MAP_HEIGHT, MAP_WIDTH, MAP_PITCH].
// matrices: double [n, 3, 3] row-major. y: NHWC, OUT_PITCH elements a pixel, channels from 3 to 7 zeros, 16-byte aligned.
// Constants: IMAGES, OUT_HEIGHT, OUT_WIDTH, OUT_PITCH, SAMPLING, REPLICATE, SWAP, SCALE_0..2, OFFSET_0..2, FROM_MAP, MAP_IMAGES, MAP_HEIGHT,
// MAP_WIDTH, MAP_PITCH, MAP_TYPE, OUT_TYPE, ENTRY.
// Launch: grid (IMAGES OUT_HEIGHT OUT_WIDTH / 128 rounded up), 128 threads, no shared memory.
#include "prelude.cuh"
#include "elements.cuh"

// Written by the host before each run.
struct Image {
    const unsigned char* pixels;
    int width, height, stride; // stride in bytes
    int pixel_bytes, red;      // offset of red in a pixel, blue is at 2 - red
};

struct Source {
#if FROM_MAP
    const MAP_TYPE* pixels;
    static const int width = MAP_WIDTH, height = MAP_HEIGHT;
    MEMBER float get(int channel, int x, int y) const { return load_float(pixels + ((y * MAP_WIDTH + x) * MAP_PITCH + channel)); }
#else
    const unsigned char* pixels;
    int width, height, stride, pixel_bytes, red;
    MEMBER float get(int channel, int x, int y) const {
        const int byte = channel == 0 ? red : channel == 2 ? 2 - red : 1;
        return (float)pixels[(size_t)y * stride + x * pixel_bytes + byte];
    }
#endif

    // The position may be any whole number that fits an int.
    MEMBER float tap(int channel, int x, int y) const {
        if (REPLICATE) x = min(max(x, 0), width - 1), y = min(max(y, 0), height - 1);
        return (unsigned)x < (unsigned)width && (unsigned)y < (unsigned)height ? get(channel, x, y) : 0.f;
    }
};

// Beyond this nothing lies in an image; keeps far and unordered positions inside an int.
DEVICE double bounded(double position) { return fmin(fmax(position, -1e6), 1e6); }

DEVICE void sample_bilinear(const Source& source, const double* m, int column, int row, float (&values)[3]) {
    const double w = m[6] * column + m[7] * row + m[8];
    const double x = bounded((m[0] * column + m[1] * row + m[2]) / w), y = bounded((m[3] * column + m[4] * row + m[5]) / w);
    const int x0 = (int)floor(x), y0 = (int)floor(y);
    const float fx = (float)(x - x0), fy = (float)(y - y0);
    UNROLL for (int c = 0; c < 3; c++) {
        const float upper = (1.f - fx) * source.tap(c, x0, y0) + fx * source.tap(c, x0 + 1, y0);
        const float lower = (1.f - fx) * source.tap(c, x0, y0 + 1) + fx * source.tap(c, x0 + 1, y0 + 1);
        values[c] = (1.f - fy) * upper + fy * lower;
    }
}

// OpenCV's order of roundings, so no contraction to fused products.
DEVICE int fixed_position(double step, double along, double offset, int column, int row) {
    const double base = __dmul_rn(__dadd_rn(__dmul_rn(along, (double)row), offset), 1024.0);
    return (int)rint(bounded(base)) + 16 + (int)rint(bounded(__dmul_rn(__dmul_rn(step, (double)column), 1024.0)));
}

DEVICE void sample_opencv_warp(const Source& source, const double* m, int column, int row, float (&values)[3]) {
    int x = fixed_position(m[0], m[1], m[2], column, row) >> 5, y = fixed_position(m[3], m[4], m[5], column, row) >> 5;
    const int fx = x & 31, fy = y & 31;
    x >>= 5, y >>= 5;
    UNROLL for (int c = 0; c < 3; c++) {
        const int sum = (32 - fx) * (32 - fy) * 32 * (int)source.tap(c, x, y) + fx * (32 - fy) * 32 * (int)source.tap(c, x + 1, y) +
                        (32 - fx) * fy * 32 * (int)source.tap(c, x, y + 1) + fx * fy * 32 * (int)source.tap(c, x + 1, y + 1);
        values[c] = (float)((sum + 16384) >> 15);
    }
}

struct Axis {
    int start, extent, way, index; // of the crop in the image: first pixel, how many, the way to the next; first tap in the crop
    float fraction;
};

// |ratio| = crop extent / to, offset = crop start + (ratio - way) / 2; a negative ratio mirrors.
DEVICE Axis resize_axis(double ratio, double offset, int to, int i) {
    Axis axis;
    axis.way = ratio > 0.0 ? 1 : ratio < 0.0 ? -1 : 0;
    axis.start = (int)rint(bounded(__dadd_rn(__dadd_rn(offset, -__dmul_rn(0.5, ratio)), 0.5 * axis.way)));
    axis.extent = (int)rint(bounded(__dmul_rn(fabs(ratio), (double)to)));
    const float position = (float)__dadd_rn(__dmul_rn(i + 0.5, (double)axis.extent / (double)to), -0.5);
    axis.index = (int)floorf(position);
    axis.fraction = position - (float)axis.index;
    return axis;
}

DEVICE void sample_opencv_resize(const Source& source, const double* m, int column, int row, float (&values)[3]) {
    Axis h = resize_axis(m[0], m[2], OUT_WIDTH, column);
    const Axis v = resize_axis(m[4], m[5], OUT_HEIGHT, row);
    if (h.index < 0) h.index = 0, h.fraction = 0.f;
    if (h.index >= h.extent - 1) h.index = h.extent - 1, h.fraction = 0.f;
    const int a0 = (int)rintf((1.f - h.fraction) * 2048.f), a1 = (int)rintf(h.fraction * 2048.f);
    const int b0 = (int)rintf((1.f - v.fraction) * 2048.f), b1 = (int)rintf(v.fraction * 2048.f);
    const int left = h.start + h.way * h.index, right = h.start + h.way * min(h.index + 1, h.extent - 1);
    const int upper = v.start + v.way * min(max(v.index, 0), v.extent - 1);
    const int lower = v.start + v.way * min(max(v.index + 1, 0), v.extent - 1);
    UNROLL for (int c = 0; c < 3; c++) {
        const int top = a0 * (int)source.tap(c, left, upper) + a1 * (int)source.tap(c, right, upper);
        const int bottom = a0 * (int)source.tap(c, left, lower) + a1 * (int)source.tap(c, right, lower);
        const int value = (((b0 * (top >> 4)) >> 16) + ((b1 * (bottom >> 4)) >> 16) + 2) >> 2;
        values[c] = (float)min(max(value, 0), 255);
    }
}

KERNEL(128) ENTRY(const Image* RESTRICT image, const MAP_TYPE* RESTRICT map, const double* RESTRICT matrices,
                  OUT_TYPE* RESTRICT y) {
    const int pixel = (int)(BLOCK.x * 128 + threadIdx.x);
    if (pixel >= IMAGES * OUT_HEIGHT * OUT_WIDTH) return;
    wait_for_predecessor_and_release();
    const int line = pixel / OUT_WIDTH, column = pixel - line * OUT_WIDTH, n = line / OUT_HEIGHT, row = line - n * OUT_HEIGHT;
#if FROM_MAP
    const Source source = {map + (MAP_IMAGES == 1 ? 0 : n) * (MAP_HEIGHT * MAP_WIDTH * MAP_PITCH)};
#else
    const Source source = {image->pixels, image->width, image->height, image->stride, image->pixel_bytes, image->red};
#endif
    const double* m = matrices + 9 * n;
    float values[3];
    if (SAMPLING == 0) sample_bilinear(source, m, column, row, values);
    if (SAMPLING == 1) sample_opencv_warp(source, m, column, row, values);
    if (SAMPLING == 2) sample_opencv_resize(source, m, column, row, values);
    const float results[8] = {(SWAP ? values[2] : values[0]) * SCALE_0 + OFFSET_0, values[1] * SCALE_1 + OFFSET_1,
                              (SWAP ? values[0] : values[2]) * SCALE_2 + OFFSET_2, 0.f, 0.f, 0.f, 0.f, 0.f};
    store_run(y + pixel * OUT_PITCH, results);
}
