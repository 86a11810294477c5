// epilogue.cuh: what an op with weights does with its sums: y = activation(sum + bias + residual). No include guard: every
// specialisation includes it with its own constants.
//   OUT_TYPE      half_t or float, of y            RESIDUAL_TYPE  of the residual (any, if there is none)
//   OUT_CHANNELS  channels of y                    HAS_BIAS, HAS_RESIDUAL  0 or 1
//   OUT_STORED    channels written; those from OUT_CHANNELS on are zeros
//   OUT_PITCH, RESIDUAL_PITCH  elements from one row to the next
//   ACTIVATION, ACTIVATION_A, ACTIVATION_B  see elements.cuh
// bias and slope hold one float a channel.
struct Epilogue {
    OUT_TYPE* y;                    // [rows, OUT_PITCH]
    const float* bias;              // [OUT_CHANNELS]
    const RESIDUAL_TYPE* residual;  // [rows, RESIDUAL_PITCH]
    const float* slope;             // [OUT_CHANNELS]

    MEMBER float finish(float sum, int row, int channel) const {
        if (channel >= OUT_CHANNELS) return 0.f;
        if (HAS_BIAS) sum += bias[channel];
        if (HAS_RESIDUAL) sum += load_float(residual + row * RESIDUAL_PITCH + channel);
        return activate<ACTIVATION>(sum, ACTIVATION_A, ACTIVATION_B, ACTIVATION == ACTIVATION_PRELU ? slope[channel] : 0.f);
    }

    MEMBER void put(int row, int channel, float sum) const {
        if (channel < OUT_STORED) store_float(y + row * OUT_PITCH + channel, finish(sum, row, channel));
    }

    // Channels channel and channel + 1; channel is even.
    MEMBER void put_two(int row, int channel, float low, float high) const {
        if (OUT_STORED % 2 == 0 && OUT_PITCH % 2 == 0) {
            if (channel < OUT_STORED)
                store_two(y + row * OUT_PITCH + channel, finish(low, row, channel), finish(high, row, channel + 1));
        } else {
            put(row, channel, low);
            put(row, channel + 1, high);
        }
    }

    // Eight channels from a multiple of 8 on, where y is aligned.
    MEMBER void put_eight(int row, int channel, float (&sums)[8]) const {
        UNROLL for (int i = 0; i < 8; i++) sums[i] = finish(sums[i], row, channel + i);
        store_eight(y + row * OUT_PITCH + channel, sums);
    }
};
