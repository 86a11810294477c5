// epilogue.cuh: what an op does with its sums before it stores them. No include guard: every specialisation includes it with its own
// constants.
//   v = activation(sum + bias + residual);  with HAS_ADDEND: v = addend_activation(v + addend)
//   HAS_FIRST: y = v;  HAS_SECOND: second = second_activation(scale v + shift), what a pre-activated layer reads beside y
//   OUT_TYPE      half_t or float, of y            RESIDUAL_TYPE, ADDEND_TYPE, SECOND_TYPE  likewise (any, where there is none)
//   OUT_CHANNELS  channels of y                    HAS_BIAS, HAS_RESIDUAL  0 or 1
//   OUT_STORED    channels written; those from OUT_CHANNELS on are zeros
//   OUT_LOW       0; or y is a pair: halves, and OUT_LOW elements behind each what its rounding took (kernels that put eight)
//   OUT_PITCH, RESIDUAL_PITCH, ADDEND_PITCH, SECOND_PITCH  elements from one row to the next
//   ACTIVATION, ACTIVATION_A, ACTIVATION_B  see elements.cuh; likewise ADDEND_ACTIVATION and SECOND_ACTIVATION, both without slope
// bias, slope, scale and shift hold one float a channel.

// The last parameters of every kernel with an epilogue, and how it gets them.
#undef EPILOGUE_PARAMETERS
#define EPILOGUE_PARAMETERS \
    OUT_TYPE *RESTRICT y, const float *RESTRICT bias, const RESIDUAL_TYPE *RESTRICT residual, \
        const float *RESTRICT slope, const ADDEND_TYPE *RESTRICT addend, SECOND_TYPE *RESTRICT second, \
        const float *RESTRICT scale, const float *RESTRICT shift
#undef EPILOGUE
#define EPILOGUE {y, bias, residual, slope, addend, second, scale, shift}

struct Epilogue {
    OUT_TYPE* y;                    // [rows, OUT_PITCH]
    const float* bias;              // [OUT_CHANNELS]
    const RESIDUAL_TYPE* residual;  // [rows, RESIDUAL_PITCH]
    const float* slope;             // [OUT_CHANNELS]
    const ADDEND_TYPE* addend;      // [rows, ADDEND_PITCH]
    SECOND_TYPE* second;            // [rows, SECOND_PITCH]
    const float* scale;             // [OUT_CHANNELS]
    const float* shift;             // [OUT_CHANNELS]

    MEMBER float finish(float sum, int row, int channel) const {
        if (channel >= OUT_CHANNELS) return 0.f;
        if (HAS_BIAS) sum += bias[channel];
        if (HAS_RESIDUAL) sum += load_float(residual + row * RESIDUAL_PITCH + channel);
        sum = activate<ACTIVATION>(sum, ACTIVATION_A, ACTIVATION_B, ACTIVATION == ACTIVATION_PRELU ? slope[channel] : 0.f);
        if (HAS_ADDEND)
            sum = activate<ADDEND_ACTIVATION>(sum + load_float(addend + row * ADDEND_PITCH + channel), ADDEND_ACTIVATION_A,
                                              ADDEND_ACTIVATION_B, 0.f);
        return sum;
    }

    MEMBER float finish_second(float value, int channel) const {
        if (channel >= OUT_CHANNELS) return 0.f;
        return activate<SECOND_ACTIVATION>(fmaf(value, scale[channel], shift[channel]), SECOND_ACTIVATION_A, SECOND_ACTIVATION_B, 0.f);
    }

    MEMBER void put(int row, int channel, float sum) const {
        if (channel >= OUT_STORED) return;
        const float value = finish(sum, row, channel);
        if (HAS_FIRST) store_float(y + row * OUT_PITCH + channel, value);
        if (HAS_SECOND) store_float(second + row * SECOND_PITCH + channel, finish_second(value, channel));
    }

    // Channels channel and channel + 1; channel is even.
    MEMBER void put_two(int row, int channel, float low, float high) const {
        if (OUT_STORED % 2 == 0 && OUT_PITCH % 2 == 0) {
            if (channel >= OUT_STORED) return;
            low = finish(low, row, channel), high = finish(high, row, channel + 1);
            if (HAS_FIRST) store_two(y + row * OUT_PITCH + channel, low, high);
            if (HAS_SECOND)
                store_two(second + row * SECOND_PITCH + channel, finish_second(low, channel), finish_second(high, channel + 1));
        } else {
            put(row, channel, low);
            put(row, channel + 1, high);
        }
    }

    // Eight channels from a multiple of 8 on, where y is aligned.
    MEMBER void put_eight(int row, int channel, float (&sums)[8]) const {
        UNROLL for (int i = 0; i < 8; i++) sums[i] = finish(sums[i], row, channel + i);
        if (HAS_FIRST) store_eight(y + row * OUT_PITCH + channel, sums);
        if (OUT_LOW) {
            UNROLL for (int i = 0; i < 8; i++) sums[i] -= half_to_float(float_to_half(sums[i]));
            store_eight(y + row * OUT_PITCH + OUT_LOW + channel, sums);
        }
        if (HAS_SECOND) {
            UNROLL for (int i = 0; i < 8; i++) sums[i] = finish_second(sums[i], channel + i);
            store_eight(second + row * SECOND_PITCH + channel, sums);
        }
    }
};
