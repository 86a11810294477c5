// epilogue.cuh: what an op does with its sums before it stores them. No include guard: every specialisation includes it with its own
// constants.
//   v = activation(sum + bias + residual);  with HAS_ADDEND: v = addend_activation(v + addend)
//   HAS_FIRST: y = v;  HAS_SECOND: second = second_activation(scale v + shift), what a pre-activated layer reads beside y; 2: it is
//   computed, not stored
//   OUT_TYPE      half_t or float, of y            RESIDUAL_TYPE, ADDEND_TYPE, SECOND_TYPE  likewise (any, where there is none)
//   OUT_CHANNELS  channels of y                    HAS_BIAS, HAS_RESIDUAL  0 or 1
//   OUT_STORED    channels written; those from OUT_CHANNELS on are zeros
//   OUT_LOW       0; or y is split: high halves, and OUT_LOW elements behind each the low half, what its rounding took
//   RESIDUAL_LOW  likewise of the residual
//   OUT_RUN       8, 4, 2 or 1: addresses, pitches and OUT_STORED of y and of what lies like it are multiples of it
//   OUT_PITCH, RESIDUAL_PITCH, ADDEND_PITCH, SECOND_PITCH  elements from one row to the next
//   ACTIVATION, ACTIVATION_A, ACTIVATION_B  see elements.cuh; likewise ADDEND_ACTIVATION and SECOND_ACTIVATION, both without slope
// bias, slope, scale and shift hold one float a channel, zeros up to a multiple of 8.

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

    // A run of 1, 2, 4 or 8 channels from a multiple of its length on.
    template <int length>
    MEMBER void put(int row, int channel, float (&values)[length]) const {
        add(row, channel, values);
        store(row, channel, values);
    }

    // Whether put does anything from a channel on.
    MEMBER bool takes(int channel) const { return channel < OUT_STORED; }

    // The first half of put, which only reads. Done for several runs before any is stored, they wait for memory together: the compiler
    // may not move a load before a store that could be to the same place. Any row that there is, any channel.
    template <int length>
    MEMBER void add(int row, int channel, float (&values)[length]) const {
        if constexpr (length > OUT_RUN) {
            float low[length / 2], high[length / 2];
            split(values, low, high);
            add(row, channel, low);
            add(row, channel + length / 2, high);
            join(low, high, values);
        } else {
            const int from = channel < OUT_STORED ? channel : 0;
            if (HAS_BIAS) add_run(bias + from, values);
            if (HAS_RESIDUAL) add_run(residual + row * RESIDUAL_PITCH + from, values);
            if (RESIDUAL_LOW) add_run(residual + row * RESIDUAL_PITCH + RESIDUAL_LOW + from, values);
        }
    }

    // The second half. Leaves in values the last that it made of them, zeros beyond the channels.
    template <int length>
    MEMBER void store(int row, int channel, float (&values)[length]) const {
        if constexpr (length > OUT_RUN) {
            float low[length / 2], high[length / 2];
            split(values, low, high);
            store(row, channel, low);
            store(row, channel + length / 2, high);
            join(low, high, values);
        } else if (channel < OUT_STORED) {
            finish(row, channel, values);
            if (HAS_FIRST) store_run(y + row * OUT_PITCH + channel, values);
            if (OUT_LOW) {
                float lows[length];
                UNROLL for (int i = 0; i < length; i++) lows[i] = rounding_of(values[i]);
                store_run(y + row * OUT_PITCH + OUT_LOW + channel, lows);
            }
            if (HAS_SECOND) {
                float scales[length], shifts[length];
                load_run(scale + channel, scales);
                load_run(shift + channel, shifts);
                UNROLL for (int i = 0; i < length; i++) {
                    values[i] = fmaf(values[i], scales[i], shifts[i]);
                    values[i] = activate<SECOND_ACTIVATION>(values[i], SECOND_ACTIVATION_A, SECOND_ACTIVATION_B, 0.f);
                    if (channel + i >= OUT_CHANNELS) values[i] = 0.f;
                }
                if (HAS_SECOND == 1) store_run(second + row * SECOND_PITCH + channel, values);
            }
        } else {
            UNROLL for (int i = 0; i < length; i++) values[i] = 0.f;
        }
    }

    MEMBER void put(int row, int channel, float value) const {
        float values[1] = {value};
        put(row, channel, values);
    }

    template <int length>
    MEMBER void finish(int row, int channel, float (&values)[length]) const {
        float slopes[length];
        UNROLL for (int i = 0; i < length; i++) slopes[i] = 0.f;
        if (ACTIVATION == ACTIVATION_PRELU) load_run(slope + channel, slopes);
        UNROLL for (int i = 0; i < length; i++) values[i] = activate<ACTIVATION>(values[i], ACTIVATION_A, ACTIVATION_B, slopes[i]);
        if (HAS_ADDEND) {
            add_run(addend + row * ADDEND_PITCH + channel, values);
            UNROLL for (int i = 0; i < length; i++)
                values[i] = activate<ADDEND_ACTIVATION>(values[i], ADDEND_ACTIVATION_A, ADDEND_ACTIVATION_B, 0.f);
        }
        UNROLL for (int i = 0; i < length; i++)
            if (channel + i >= OUT_CHANNELS) values[i] = 0.f;
    }

    template <int length, int half>
    static MEMBER void split(const float (&values)[length], float (&low)[half], float (&high)[half]) {
        UNROLL for (int i = 0; i < half; i++) low[i] = values[i], high[i] = values[half + i];
    }

    template <int length, int half>
    static MEMBER void join(const float (&low)[half], const float (&high)[half], float (&values)[length]) {
        UNROLL for (int i = 0; i < half; i++) values[i] = low[i], values[half + i] = high[i];
    }

    template <int length, typename T>
    static MEMBER void add_run(const T* from, float (&values)[length]) {
        float more[length];
        load_run(from, more);
        UNROLL for (int i = 0; i < length; i++) values[i] += more[i];
    }
};
