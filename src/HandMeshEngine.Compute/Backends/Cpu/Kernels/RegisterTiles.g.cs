// Written by tools/register-tiles; change the generator, not this file.
using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Backends.Cpu.Kernels;

/// <summary>The register tiles: sums of products for some pixels by some vectors of channels, and their store.</summary>
internal static unsafe class RegisterTiles<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>All tiles.</summary>
    public static ReadOnlySpan<TileShape> Shapes => All;

    private static readonly TileShape[] All =
    [
        new(1, 1), new(2, 1), new(4, 1), new(6, 1), new(7, 1), new(8, 1), new(10, 1), new(12, 1), new(13, 1), new(14, 1),
        new(1, 2), new(2, 2), new(4, 2), new(6, 2), new(7, 2), new(8, 2), new(10, 2), new(12, 2), new(13, 2), new(14, 2),
        new(6, 2, Pairs: true), new(8, 2, Pairs: true), new(12, 2, Pairs: true), new(14, 2, Pairs: true), new(16, 2, Pairs: true),
        new(1, 3), new(2, 3), new(4, 3), new(6, 3), new(7, 3), new(8, 3),
        new(4, 3, Pairs: true), new(8, 3, Pairs: true), new(10, 3, Pairs: true),
        new(1, 4), new(2, 4), new(4, 4), new(6, 4),
    ];

    /// <summary>The tile of a shape that is in <see cref="Shapes"/>; with or without prefetching of other weights.</summary>
    public static delegate*<TileCall*, void> Find(TileShape shape, bool prefetches) =>
        prefetches ? Find<Prefetching>(shape) : Find<NotPrefetching>(shape);

    private static delegate*<TileCall*, void> Find<TPrefetch>(TileShape shape)
        where TPrefetch : struct, IPrefetch => shape switch
    {
        (1, 1, false) => &Tile1x1<TPrefetch>,
        (2, 1, false) => &Tile2x1<TPrefetch>,
        (4, 1, false) => &Tile4x1<TPrefetch>,
        (6, 1, false) => &Tile6x1<TPrefetch>,
        (7, 1, false) => &Tile7x1<TPrefetch>,
        (8, 1, false) => &Tile8x1<TPrefetch>,
        (10, 1, false) => &Tile10x1<TPrefetch>,
        (12, 1, false) => &Tile12x1<TPrefetch>,
        (13, 1, false) => &Tile13x1<TPrefetch>,
        (14, 1, false) => &Tile14x1<TPrefetch>,
        (1, 2, false) => &Tile1x2<TPrefetch>,
        (2, 2, false) => &Tile2x2<TPrefetch>,
        (4, 2, false) => &Tile4x2<TPrefetch>,
        (6, 2, false) => &Tile6x2<TPrefetch>,
        (7, 2, false) => &Tile7x2<TPrefetch>,
        (8, 2, false) => &Tile8x2<TPrefetch>,
        (10, 2, false) => &Tile10x2<TPrefetch>,
        (12, 2, false) => &Tile12x2<TPrefetch>,
        (13, 2, false) => &Tile13x2<TPrefetch>,
        (14, 2, false) => &Tile14x2<TPrefetch>,
        (6, 2, true) => &Tile6x1AndHalf<TPrefetch>,
        (8, 2, true) => &Tile8x1AndHalf<TPrefetch>,
        (12, 2, true) => &Tile12x1AndHalf<TPrefetch>,
        (14, 2, true) => &Tile14x1AndHalf<TPrefetch>,
        (16, 2, true) => &Tile16x1AndHalf<TPrefetch>,
        (1, 3, false) => &Tile1x3<TPrefetch>,
        (2, 3, false) => &Tile2x3<TPrefetch>,
        (4, 3, false) => &Tile4x3<TPrefetch>,
        (6, 3, false) => &Tile6x3<TPrefetch>,
        (7, 3, false) => &Tile7x3<TPrefetch>,
        (8, 3, false) => &Tile8x3<TPrefetch>,
        (4, 3, true) => &Tile4x2AndHalf<TPrefetch>,
        (8, 3, true) => &Tile8x2AndHalf<TPrefetch>,
        (10, 3, true) => &Tile10x2AndHalf<TPrefetch>,
        (1, 4, false) => &Tile1x4<TPrefetch>,
        (2, 4, false) => &Tile2x4<TPrefetch>,
        (4, 4, false) => &Tile4x4<TPrefetch>,
        (6, 4, false) => &Tile6x4<TPrefetch>,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), $"there is no tile {shape}"),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            float* x0 = call->Input + inputRows[0];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                residualRows += 1;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
            }

            float* y0 = call->Output + outputRows[0];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
            }

            inputRows += 1;
            outputRows += 1;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                residualRows += 2;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
            }

            inputRows += 2;
            outputRows += 2;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                residualRows += 4;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
            }

            inputRows += 4;
            outputRows += 4;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            TVector s4a = b0;
            TVector s5a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                residualRows += 6;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];
            float* y4 = call->Output + outputRows[4];
            float* y5 = call->Output + outputRows[5];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
                TSimd.Store(s4a, y4);
                TSimd.Store(s5a, y5);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
                TSimd.StorePartial(s4a, y4, lanes);
                TSimd.StorePartial(s5a, y5, lanes);
            }

            inputRows += 6;
            outputRows += 6;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile7x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            TVector s4a = b0;
            TVector s5a = b0;
            TVector s6a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6));
                residualRows += 7;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];
            float* y4 = call->Output + outputRows[4];
            float* y5 = call->Output + outputRows[5];
            float* y6 = call->Output + outputRows[6];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
                TSimd.Store(s4a, y4);
                TSimd.Store(s5a, y5);
                TSimd.Store(s6a, y6);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
                TSimd.StorePartial(s4a, y4, lanes);
                TSimd.StorePartial(s5a, y5, lanes);
                TSimd.StorePartial(s6a, y6, lanes);
            }

            inputRows += 7;
            outputRows += 7;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            TVector s4a = b0;
            TVector s5a = b0;
            TVector s6a = b0;
            TVector s7a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                residualRows += 8;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];
            float* y4 = call->Output + outputRows[4];
            float* y5 = call->Output + outputRows[5];
            float* y6 = call->Output + outputRows[6];
            float* y7 = call->Output + outputRows[7];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
                TSimd.Store(s4a, y4);
                TSimd.Store(s5a, y5);
                TSimd.Store(s6a, y6);
                TSimd.Store(s7a, y7);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
                TSimd.StorePartial(s4a, y4, lanes);
                TSimd.StorePartial(s5a, y5, lanes);
                TSimd.StorePartial(s6a, y6, lanes);
                TSimd.StorePartial(s7a, y7, lanes);
            }

            inputRows += 8;
            outputRows += 8;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile10x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            TVector s4a = b0;
            TVector s5a = b0;
            TVector s6a = b0;
            TVector s7a = b0;
            TVector s8a = b0;
            TVector s9a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                s8a = TSimd.Add(s8a, TSimd.Load(r8));
                s9a = TSimd.Add(s9a, TSimd.Load(r9));
                residualRows += 10;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];
            float* y4 = call->Output + outputRows[4];
            float* y5 = call->Output + outputRows[5];
            float* y6 = call->Output + outputRows[6];
            float* y7 = call->Output + outputRows[7];
            float* y8 = call->Output + outputRows[8];
            float* y9 = call->Output + outputRows[9];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
                TSimd.Store(s4a, y4);
                TSimd.Store(s5a, y5);
                TSimd.Store(s6a, y6);
                TSimd.Store(s7a, y7);
                TSimd.Store(s8a, y8);
                TSimd.Store(s9a, y9);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
                TSimd.StorePartial(s4a, y4, lanes);
                TSimd.StorePartial(s5a, y5, lanes);
                TSimd.StorePartial(s6a, y6, lanes);
                TSimd.StorePartial(s7a, y7, lanes);
                TSimd.StorePartial(s8a, y8, lanes);
                TSimd.StorePartial(s9a, y9, lanes);
            }

            inputRows += 10;
            outputRows += 10;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            TVector s4a = b0;
            TVector s5a = b0;
            TVector s6a = b0;
            TVector s7a = b0;
            TVector s8a = b0;
            TVector s9a = b0;
            TVector s10a = b0;
            TVector s11a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                s8a = TSimd.Add(s8a, TSimd.Load(r8));
                s9a = TSimd.Add(s9a, TSimd.Load(r9));
                s10a = TSimd.Add(s10a, TSimd.Load(r10));
                s11a = TSimd.Add(s11a, TSimd.Load(r11));
                residualRows += 12;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];
            float* y4 = call->Output + outputRows[4];
            float* y5 = call->Output + outputRows[5];
            float* y6 = call->Output + outputRows[6];
            float* y7 = call->Output + outputRows[7];
            float* y8 = call->Output + outputRows[8];
            float* y9 = call->Output + outputRows[9];
            float* y10 = call->Output + outputRows[10];
            float* y11 = call->Output + outputRows[11];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
                TSimd.Store(s4a, y4);
                TSimd.Store(s5a, y5);
                TSimd.Store(s6a, y6);
                TSimd.Store(s7a, y7);
                TSimd.Store(s8a, y8);
                TSimd.Store(s9a, y9);
                TSimd.Store(s10a, y10);
                TSimd.Store(s11a, y11);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
                TSimd.StorePartial(s4a, y4, lanes);
                TSimd.StorePartial(s5a, y5, lanes);
                TSimd.StorePartial(s6a, y6, lanes);
                TSimd.StorePartial(s7a, y7, lanes);
                TSimd.StorePartial(s8a, y8, lanes);
                TSimd.StorePartial(s9a, y9, lanes);
                TSimd.StorePartial(s10a, y10, lanes);
                TSimd.StorePartial(s11a, y11, lanes);
            }

            inputRows += 12;
            outputRows += 12;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile13x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11);
                float* r12 = call->Residual + residualRows[12];
                TSimd.PrefetchNear(r12);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11);
                float* f12 = call->Output + outputRows[12];
                TSimd.PrefetchNear(f12);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            TVector s4a = b0;
            TVector s5a = b0;
            TVector s6a = b0;
            TVector s7a = b0;
            TVector s8a = b0;
            TVector s9a = b0;
            TVector s10a = b0;
            TVector s11a = b0;
            TVector s12a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* x12 = call->Input + inputRows[12];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a);
                    TVector i12 = TSimd.Broadcast(x12[k]);
                    s12a = TSimd.MultiplyAdd(i12, b0, s12a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                float* r12 = call->Residual + residualRows[12];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                s8a = TSimd.Add(s8a, TSimd.Load(r8));
                s9a = TSimd.Add(s9a, TSimd.Load(r9));
                s10a = TSimd.Add(s10a, TSimd.Load(r10));
                s11a = TSimd.Add(s11a, TSimd.Load(r11));
                s12a = TSimd.Add(s12a, TSimd.Load(r12));
                residualRows += 13;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a));
                s12a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12a), slope0, TSimd.Max(TSimd.Zero, s12a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a));
                s12a = TSimd.Min(high, TSimd.Max(low, s12a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];
            float* y4 = call->Output + outputRows[4];
            float* y5 = call->Output + outputRows[5];
            float* y6 = call->Output + outputRows[6];
            float* y7 = call->Output + outputRows[7];
            float* y8 = call->Output + outputRows[8];
            float* y9 = call->Output + outputRows[9];
            float* y10 = call->Output + outputRows[10];
            float* y11 = call->Output + outputRows[11];
            float* y12 = call->Output + outputRows[12];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
                TSimd.Store(s4a, y4);
                TSimd.Store(s5a, y5);
                TSimd.Store(s6a, y6);
                TSimd.Store(s7a, y7);
                TSimd.Store(s8a, y8);
                TSimd.Store(s9a, y9);
                TSimd.Store(s10a, y10);
                TSimd.Store(s11a, y11);
                TSimd.Store(s12a, y12);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
                TSimd.StorePartial(s4a, y4, lanes);
                TSimd.StorePartial(s5a, y5, lanes);
                TSimd.StorePartial(s6a, y6, lanes);
                TSimd.StorePartial(s7a, y7, lanes);
                TSimd.StorePartial(s8a, y8, lanes);
                TSimd.StorePartial(s9a, y9, lanes);
                TSimd.StorePartial(s10a, y10, lanes);
                TSimd.StorePartial(s11a, y11, lanes);
                TSimd.StorePartial(s12a, y12, lanes);
            }

            inputRows += 13;
            outputRows += 13;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile14x1<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11);
                float* r12 = call->Residual + residualRows[12];
                TSimd.PrefetchNear(r12);
                float* r13 = call->Residual + residualRows[13];
                TSimd.PrefetchNear(r13);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11);
                float* f12 = call->Output + outputRows[12];
                TSimd.PrefetchNear(f12);
                float* f13 = call->Output + outputRows[13];
                TSimd.PrefetchNear(f13);
            }

            TVector b0 = TSimd.Load(call->Bias);
            TVector s0a = b0;
            TVector s1a = b0;
            TVector s2a = b0;
            TVector s3a = b0;
            TVector s4a = b0;
            TVector s5a = b0;
            TVector s6a = b0;
            TVector s7a = b0;
            TVector s8a = b0;
            TVector s9a = b0;
            TVector s10a = b0;
            TVector s11a = b0;
            TVector s12a = b0;
            TVector s13a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* x12 = call->Input + inputRows[12];
            float* x13 = call->Input + inputRows[13];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a);
                    TVector i12 = TSimd.Broadcast(x12[k]);
                    s12a = TSimd.MultiplyAdd(i12, b0, s12a);
                    TVector i13 = TSimd.Broadcast(x13[k]);
                    s13a = TSimd.MultiplyAdd(i13, b0, s13a);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 1 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                float* r12 = call->Residual + residualRows[12];
                float* r13 = call->Residual + residualRows[13];
                s0a = TSimd.Add(s0a, TSimd.Load(r0));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                s8a = TSimd.Add(s8a, TSimd.Load(r8));
                s9a = TSimd.Add(s9a, TSimd.Load(r9));
                s10a = TSimd.Add(s10a, TSimd.Load(r10));
                s11a = TSimd.Add(s11a, TSimd.Load(r11));
                s12a = TSimd.Add(s12a, TSimd.Load(r12));
                s13a = TSimd.Add(s13a, TSimd.Load(r13));
                residualRows += 14;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a));
                s12a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12a), slope0, TSimd.Max(TSimd.Zero, s12a));
                s13a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s13a), slope0, TSimd.Max(TSimd.Zero, s13a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a));
                s12a = TSimd.Min(high, TSimd.Max(low, s12a));
                s13a = TSimd.Min(high, TSimd.Max(low, s13a));
            }

            float* y0 = call->Output + outputRows[0];
            float* y1 = call->Output + outputRows[1];
            float* y2 = call->Output + outputRows[2];
            float* y3 = call->Output + outputRows[3];
            float* y4 = call->Output + outputRows[4];
            float* y5 = call->Output + outputRows[5];
            float* y6 = call->Output + outputRows[6];
            float* y7 = call->Output + outputRows[7];
            float* y8 = call->Output + outputRows[8];
            float* y9 = call->Output + outputRows[9];
            float* y10 = call->Output + outputRows[10];
            float* y11 = call->Output + outputRows[11];
            float* y12 = call->Output + outputRows[12];
            float* y13 = call->Output + outputRows[13];

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0a, y0);
                TSimd.Store(s1a, y1);
                TSimd.Store(s2a, y2);
                TSimd.Store(s3a, y3);
                TSimd.Store(s4a, y4);
                TSimd.Store(s5a, y5);
                TSimd.Store(s6a, y6);
                TSimd.Store(s7a, y7);
                TSimd.Store(s8a, y8);
                TSimd.Store(s9a, y9);
                TSimd.Store(s10a, y10);
                TSimd.Store(s11a, y11);
                TSimd.Store(s12a, y12);
                TSimd.Store(s13a, y13);
            }
            else
            {
                TSimd.StorePartial(s0a, y0, lanes);
                TSimd.StorePartial(s1a, y1, lanes);
                TSimd.StorePartial(s2a, y2, lanes);
                TSimd.StorePartial(s3a, y3, lanes);
                TSimd.StorePartial(s4a, y4, lanes);
                TSimd.StorePartial(s5a, y5, lanes);
                TSimd.StorePartial(s6a, y6, lanes);
                TSimd.StorePartial(s7a, y7, lanes);
                TSimd.StorePartial(s8a, y8, lanes);
                TSimd.StorePartial(s9a, y9, lanes);
                TSimd.StorePartial(s10a, y10, lanes);
                TSimd.StorePartial(s11a, y11, lanes);
                TSimd.StorePartial(s12a, y12, lanes);
                TSimd.StorePartial(s13a, y13, lanes);
            }

            inputRows += 14;
            outputRows += 14;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            float* x0 = call->Input + inputRows[0];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                residualRows += 1;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
            }

            inputRows += 1;
            outputRows += 1;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                residualRows += 2;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
            }

            inputRows += 2;
            outputRows += 2;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                residualRows += 4;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
            }

            inputRows += 4;
            outputRows += 4;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0, s5b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                residualRows += 6;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
                TSimd.Store(s4b, y4 + TSimd.Width);
                TSimd.Store(s5b, y5 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
                TSimd.StorePartial(s4b, y4 + TSimd.Width, lanes);
                TSimd.StorePartial(s5b, y5 + TSimd.Width, lanes);
            }

            inputRows += 6;
            outputRows += 6;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile7x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width));
                residualRows += 7;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
                TSimd.Store(s4b, y4 + TSimd.Width);
                TSimd.Store(s5b, y5 + TSimd.Width);
                TSimd.Store(s6b, y6 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
                TSimd.StorePartial(s4b, y4 + TSimd.Width, lanes);
                TSimd.StorePartial(s5b, y5 + TSimd.Width, lanes);
                TSimd.StorePartial(s6b, y6 + TSimd.Width, lanes);
            }

            inputRows += 7;
            outputRows += 7;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0, s7b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width));
                residualRows += 8;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
                TSimd.Store(s4b, y4 + TSimd.Width);
                TSimd.Store(s5b, y5 + TSimd.Width);
                TSimd.Store(s6b, y6 + TSimd.Width);
                TSimd.Store(s7b, y7 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
                TSimd.StorePartial(s4b, y4 + TSimd.Width, lanes);
                TSimd.StorePartial(s5b, y5 + TSimd.Width, lanes);
                TSimd.StorePartial(s6b, y6 + TSimd.Width, lanes);
                TSimd.StorePartial(s7b, y7 + TSimd.Width, lanes);
            }

            inputRows += 8;
            outputRows += 8;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile10x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0, s7b = b1;
            TVector s8a = b0, s8b = b1;
            TVector s9a = b0, s9b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a); s8b = TSimd.MultiplyAdd(i8, b1, s8b);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a); s9b = TSimd.MultiplyAdd(i9, b1, s9b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.Load(r8 + TSimd.Width));
                s9a = TSimd.Add(s9a, TSimd.Load(r9)); s9b = TSimd.Add(s9b, TSimd.Load(r9 + TSimd.Width));
                residualRows += 10;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a)); s9b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9b), slope1, TSimd.Max(TSimd.Zero, s9b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a)); s9b = TSimd.Min(high, TSimd.Max(low, s9b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
                TSimd.Store(s4b, y4 + TSimd.Width);
                TSimd.Store(s5b, y5 + TSimd.Width);
                TSimd.Store(s6b, y6 + TSimd.Width);
                TSimd.Store(s7b, y7 + TSimd.Width);
                TSimd.Store(s8b, y8 + TSimd.Width);
                TSimd.Store(s9b, y9 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
                TSimd.StorePartial(s4b, y4 + TSimd.Width, lanes);
                TSimd.StorePartial(s5b, y5 + TSimd.Width, lanes);
                TSimd.StorePartial(s6b, y6 + TSimd.Width, lanes);
                TSimd.StorePartial(s7b, y7 + TSimd.Width, lanes);
                TSimd.StorePartial(s8b, y8 + TSimd.Width, lanes);
                TSimd.StorePartial(s9b, y9 + TSimd.Width, lanes);
            }

            inputRows += 10;
            outputRows += 10;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10); TSimd.PrefetchNear(r10 + TSimd.Width);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11); TSimd.PrefetchNear(r11 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10); TSimd.PrefetchNear(f10 + TSimd.Width);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11); TSimd.PrefetchNear(f11 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0, s7b = b1;
            TVector s8a = b0, s8b = b1;
            TVector s9a = b0, s9b = b1;
            TVector s10a = b0, s10b = b1;
            TVector s11a = b0, s11b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a); s8b = TSimd.MultiplyAdd(i8, b1, s8b);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a); s9b = TSimd.MultiplyAdd(i9, b1, s9b);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a); s10b = TSimd.MultiplyAdd(i10, b1, s10b);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a); s11b = TSimd.MultiplyAdd(i11, b1, s11b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.Load(r8 + TSimd.Width));
                s9a = TSimd.Add(s9a, TSimd.Load(r9)); s9b = TSimd.Add(s9b, TSimd.Load(r9 + TSimd.Width));
                s10a = TSimd.Add(s10a, TSimd.Load(r10)); s10b = TSimd.Add(s10b, TSimd.Load(r10 + TSimd.Width));
                s11a = TSimd.Add(s11a, TSimd.Load(r11)); s11b = TSimd.Add(s11b, TSimd.Load(r11 + TSimd.Width));
                residualRows += 12;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a)); s9b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9b), slope1, TSimd.Max(TSimd.Zero, s9b));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a)); s10b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10b), slope1, TSimd.Max(TSimd.Zero, s10b));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a)); s11b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11b), slope1, TSimd.Max(TSimd.Zero, s11b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a)); s9b = TSimd.Min(high, TSimd.Max(low, s9b));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a)); s10b = TSimd.Min(high, TSimd.Max(low, s10b));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a)); s11b = TSimd.Min(high, TSimd.Max(low, s11b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);
            float* y10 = call->Output + outputRows[10];
            TSimd.Store(s10a, y10);
            float* y11 = call->Output + outputRows[11];
            TSimd.Store(s11a, y11);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
                TSimd.Store(s4b, y4 + TSimd.Width);
                TSimd.Store(s5b, y5 + TSimd.Width);
                TSimd.Store(s6b, y6 + TSimd.Width);
                TSimd.Store(s7b, y7 + TSimd.Width);
                TSimd.Store(s8b, y8 + TSimd.Width);
                TSimd.Store(s9b, y9 + TSimd.Width);
                TSimd.Store(s10b, y10 + TSimd.Width);
                TSimd.Store(s11b, y11 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
                TSimd.StorePartial(s4b, y4 + TSimd.Width, lanes);
                TSimd.StorePartial(s5b, y5 + TSimd.Width, lanes);
                TSimd.StorePartial(s6b, y6 + TSimd.Width, lanes);
                TSimd.StorePartial(s7b, y7 + TSimd.Width, lanes);
                TSimd.StorePartial(s8b, y8 + TSimd.Width, lanes);
                TSimd.StorePartial(s9b, y9 + TSimd.Width, lanes);
                TSimd.StorePartial(s10b, y10 + TSimd.Width, lanes);
                TSimd.StorePartial(s11b, y11 + TSimd.Width, lanes);
            }

            inputRows += 12;
            outputRows += 12;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile13x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10); TSimd.PrefetchNear(r10 + TSimd.Width);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11); TSimd.PrefetchNear(r11 + TSimd.Width);
                float* r12 = call->Residual + residualRows[12];
                TSimd.PrefetchNear(r12); TSimd.PrefetchNear(r12 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10); TSimd.PrefetchNear(f10 + TSimd.Width);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11); TSimd.PrefetchNear(f11 + TSimd.Width);
                float* f12 = call->Output + outputRows[12];
                TSimd.PrefetchNear(f12); TSimd.PrefetchNear(f12 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0, s7b = b1;
            TVector s8a = b0, s8b = b1;
            TVector s9a = b0, s9b = b1;
            TVector s10a = b0, s10b = b1;
            TVector s11a = b0, s11b = b1;
            TVector s12a = b0, s12b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* x12 = call->Input + inputRows[12];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a); s8b = TSimd.MultiplyAdd(i8, b1, s8b);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a); s9b = TSimd.MultiplyAdd(i9, b1, s9b);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a); s10b = TSimd.MultiplyAdd(i10, b1, s10b);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a); s11b = TSimd.MultiplyAdd(i11, b1, s11b);
                    TVector i12 = TSimd.Broadcast(x12[k]);
                    s12a = TSimd.MultiplyAdd(i12, b0, s12a); s12b = TSimd.MultiplyAdd(i12, b1, s12b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                float* r12 = call->Residual + residualRows[12];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.Load(r8 + TSimd.Width));
                s9a = TSimd.Add(s9a, TSimd.Load(r9)); s9b = TSimd.Add(s9b, TSimd.Load(r9 + TSimd.Width));
                s10a = TSimd.Add(s10a, TSimd.Load(r10)); s10b = TSimd.Add(s10b, TSimd.Load(r10 + TSimd.Width));
                s11a = TSimd.Add(s11a, TSimd.Load(r11)); s11b = TSimd.Add(s11b, TSimd.Load(r11 + TSimd.Width));
                s12a = TSimd.Add(s12a, TSimd.Load(r12)); s12b = TSimd.Add(s12b, TSimd.Load(r12 + TSimd.Width));
                residualRows += 13;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a)); s9b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9b), slope1, TSimd.Max(TSimd.Zero, s9b));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a)); s10b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10b), slope1, TSimd.Max(TSimd.Zero, s10b));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a)); s11b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11b), slope1, TSimd.Max(TSimd.Zero, s11b));
                s12a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12a), slope0, TSimd.Max(TSimd.Zero, s12a)); s12b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12b), slope1, TSimd.Max(TSimd.Zero, s12b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a)); s9b = TSimd.Min(high, TSimd.Max(low, s9b));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a)); s10b = TSimd.Min(high, TSimd.Max(low, s10b));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a)); s11b = TSimd.Min(high, TSimd.Max(low, s11b));
                s12a = TSimd.Min(high, TSimd.Max(low, s12a)); s12b = TSimd.Min(high, TSimd.Max(low, s12b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);
            float* y10 = call->Output + outputRows[10];
            TSimd.Store(s10a, y10);
            float* y11 = call->Output + outputRows[11];
            TSimd.Store(s11a, y11);
            float* y12 = call->Output + outputRows[12];
            TSimd.Store(s12a, y12);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
                TSimd.Store(s4b, y4 + TSimd.Width);
                TSimd.Store(s5b, y5 + TSimd.Width);
                TSimd.Store(s6b, y6 + TSimd.Width);
                TSimd.Store(s7b, y7 + TSimd.Width);
                TSimd.Store(s8b, y8 + TSimd.Width);
                TSimd.Store(s9b, y9 + TSimd.Width);
                TSimd.Store(s10b, y10 + TSimd.Width);
                TSimd.Store(s11b, y11 + TSimd.Width);
                TSimd.Store(s12b, y12 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
                TSimd.StorePartial(s4b, y4 + TSimd.Width, lanes);
                TSimd.StorePartial(s5b, y5 + TSimd.Width, lanes);
                TSimd.StorePartial(s6b, y6 + TSimd.Width, lanes);
                TSimd.StorePartial(s7b, y7 + TSimd.Width, lanes);
                TSimd.StorePartial(s8b, y8 + TSimd.Width, lanes);
                TSimd.StorePartial(s9b, y9 + TSimd.Width, lanes);
                TSimd.StorePartial(s10b, y10 + TSimd.Width, lanes);
                TSimd.StorePartial(s11b, y11 + TSimd.Width, lanes);
                TSimd.StorePartial(s12b, y12 + TSimd.Width, lanes);
            }

            inputRows += 13;
            outputRows += 13;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile14x2<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10); TSimd.PrefetchNear(r10 + TSimd.Width);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11); TSimd.PrefetchNear(r11 + TSimd.Width);
                float* r12 = call->Residual + residualRows[12];
                TSimd.PrefetchNear(r12); TSimd.PrefetchNear(r12 + TSimd.Width);
                float* r13 = call->Residual + residualRows[13];
                TSimd.PrefetchNear(r13); TSimd.PrefetchNear(r13 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10); TSimd.PrefetchNear(f10 + TSimd.Width);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11); TSimd.PrefetchNear(f11 + TSimd.Width);
                float* f12 = call->Output + outputRows[12];
                TSimd.PrefetchNear(f12); TSimd.PrefetchNear(f12 + TSimd.Width);
                float* f13 = call->Output + outputRows[13];
                TSimd.PrefetchNear(f13); TSimd.PrefetchNear(f13 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0, s7b = b1;
            TVector s8a = b0, s8b = b1;
            TVector s9a = b0, s9b = b1;
            TVector s10a = b0, s10b = b1;
            TVector s11a = b0, s11b = b1;
            TVector s12a = b0, s12b = b1;
            TVector s13a = b0, s13b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* x12 = call->Input + inputRows[12];
            float* x13 = call->Input + inputRows[13];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a); s8b = TSimd.MultiplyAdd(i8, b1, s8b);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a); s9b = TSimd.MultiplyAdd(i9, b1, s9b);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a); s10b = TSimd.MultiplyAdd(i10, b1, s10b);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a); s11b = TSimd.MultiplyAdd(i11, b1, s11b);
                    TVector i12 = TSimd.Broadcast(x12[k]);
                    s12a = TSimd.MultiplyAdd(i12, b0, s12a); s12b = TSimd.MultiplyAdd(i12, b1, s12b);
                    TVector i13 = TSimd.Broadcast(x13[k]);
                    s13a = TSimd.MultiplyAdd(i13, b0, s13a); s13b = TSimd.MultiplyAdd(i13, b1, s13b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                float* r12 = call->Residual + residualRows[12];
                float* r13 = call->Residual + residualRows[13];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.Load(r8 + TSimd.Width));
                s9a = TSimd.Add(s9a, TSimd.Load(r9)); s9b = TSimd.Add(s9b, TSimd.Load(r9 + TSimd.Width));
                s10a = TSimd.Add(s10a, TSimd.Load(r10)); s10b = TSimd.Add(s10b, TSimd.Load(r10 + TSimd.Width));
                s11a = TSimd.Add(s11a, TSimd.Load(r11)); s11b = TSimd.Add(s11b, TSimd.Load(r11 + TSimd.Width));
                s12a = TSimd.Add(s12a, TSimd.Load(r12)); s12b = TSimd.Add(s12b, TSimd.Load(r12 + TSimd.Width));
                s13a = TSimd.Add(s13a, TSimd.Load(r13)); s13b = TSimd.Add(s13b, TSimd.Load(r13 + TSimd.Width));
                residualRows += 14;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a)); s9b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9b), slope1, TSimd.Max(TSimd.Zero, s9b));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a)); s10b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10b), slope1, TSimd.Max(TSimd.Zero, s10b));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a)); s11b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11b), slope1, TSimd.Max(TSimd.Zero, s11b));
                s12a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12a), slope0, TSimd.Max(TSimd.Zero, s12a)); s12b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12b), slope1, TSimd.Max(TSimd.Zero, s12b));
                s13a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s13a), slope0, TSimd.Max(TSimd.Zero, s13a)); s13b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s13b), slope1, TSimd.Max(TSimd.Zero, s13b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a)); s9b = TSimd.Min(high, TSimd.Max(low, s9b));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a)); s10b = TSimd.Min(high, TSimd.Max(low, s10b));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a)); s11b = TSimd.Min(high, TSimd.Max(low, s11b));
                s12a = TSimd.Min(high, TSimd.Max(low, s12a)); s12b = TSimd.Min(high, TSimd.Max(low, s12b));
                s13a = TSimd.Min(high, TSimd.Max(low, s13a)); s13b = TSimd.Min(high, TSimd.Max(low, s13b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);
            float* y10 = call->Output + outputRows[10];
            TSimd.Store(s10a, y10);
            float* y11 = call->Output + outputRows[11];
            TSimd.Store(s11a, y11);
            float* y12 = call->Output + outputRows[12];
            TSimd.Store(s12a, y12);
            float* y13 = call->Output + outputRows[13];
            TSimd.Store(s13a, y13);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0b, y0 + TSimd.Width);
                TSimd.Store(s1b, y1 + TSimd.Width);
                TSimd.Store(s2b, y2 + TSimd.Width);
                TSimd.Store(s3b, y3 + TSimd.Width);
                TSimd.Store(s4b, y4 + TSimd.Width);
                TSimd.Store(s5b, y5 + TSimd.Width);
                TSimd.Store(s6b, y6 + TSimd.Width);
                TSimd.Store(s7b, y7 + TSimd.Width);
                TSimd.Store(s8b, y8 + TSimd.Width);
                TSimd.Store(s9b, y9 + TSimd.Width);
                TSimd.Store(s10b, y10 + TSimd.Width);
                TSimd.Store(s11b, y11 + TSimd.Width);
                TSimd.Store(s12b, y12 + TSimd.Width);
                TSimd.Store(s13b, y13 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartial(s0b, y0 + TSimd.Width, lanes);
                TSimd.StorePartial(s1b, y1 + TSimd.Width, lanes);
                TSimd.StorePartial(s2b, y2 + TSimd.Width, lanes);
                TSimd.StorePartial(s3b, y3 + TSimd.Width, lanes);
                TSimd.StorePartial(s4b, y4 + TSimd.Width, lanes);
                TSimd.StorePartial(s5b, y5 + TSimd.Width, lanes);
                TSimd.StorePartial(s6b, y6 + TSimd.Width, lanes);
                TSimd.StorePartial(s7b, y7 + TSimd.Width, lanes);
                TSimd.StorePartial(s8b, y8 + TSimd.Width, lanes);
                TSimd.StorePartial(s9b, y9 + TSimd.Width, lanes);
                TSimd.StorePartial(s10b, y10 + TSimd.Width, lanes);
                TSimd.StorePartial(s11b, y11 + TSimd.Width, lanes);
                TSimd.StorePartial(s12b, y12 + TSimd.Width, lanes);
                TSimd.StorePartial(s13b, y13 + TSimd.Width, lanes);
            }

            inputRows += 14;
            outputRows += 14;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x1AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.LoadHalfTwice(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.LoadHalfTwice(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    s0b = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b1, s0b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    s2b = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b1, s2b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    s4b = TSimd.MultiplyAdd(TSimd.JoinHalves(i4, i5), b1, s4b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.LoadHalves(r0 + TSimd.Width, r1 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.LoadHalves(r2 + TSimd.Width, r3 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.LoadHalves(r4 + TSimd.Width, r5 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                residualRows += 6;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.LoadHalfTwice(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width);
                TSimd.StoreHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width);
                TSimd.StoreHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartialHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width, lanes);
            }

            inputRows += 6;
            outputRows += 6;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.LoadHalfTwice(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.LoadHalfTwice(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    s0b = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b1, s0b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    s2b = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b1, s2b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    s4b = TSimd.MultiplyAdd(TSimd.JoinHalves(i4, i5), b1, s4b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    s6b = TSimd.MultiplyAdd(TSimd.JoinHalves(i6, i7), b1, s6b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.LoadHalves(r0 + TSimd.Width, r1 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.LoadHalves(r2 + TSimd.Width, r3 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.LoadHalves(r4 + TSimd.Width, r5 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.LoadHalves(r6 + TSimd.Width, r7 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                residualRows += 8;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.LoadHalfTwice(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width);
                TSimd.StoreHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width);
                TSimd.StoreHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width);
                TSimd.StoreHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartialHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width, lanes);
            }

            inputRows += 8;
            outputRows += 8;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x1AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10); TSimd.PrefetchNear(r10 + TSimd.Width);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11); TSimd.PrefetchNear(r11 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10); TSimd.PrefetchNear(f10 + TSimd.Width);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11); TSimd.PrefetchNear(f11 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.LoadHalfTwice(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0;
            TVector s8a = b0, s8b = b1;
            TVector s9a = b0;
            TVector s10a = b0, s10b = b1;
            TVector s11a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.LoadHalfTwice(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    s0b = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b1, s0b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    s2b = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b1, s2b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    s4b = TSimd.MultiplyAdd(TSimd.JoinHalves(i4, i5), b1, s4b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    s6b = TSimd.MultiplyAdd(TSimd.JoinHalves(i6, i7), b1, s6b);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a);
                    s8b = TSimd.MultiplyAdd(TSimd.JoinHalves(i8, i9), b1, s8b);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a);
                    s10b = TSimd.MultiplyAdd(TSimd.JoinHalves(i10, i11), b1, s10b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.LoadHalves(r0 + TSimd.Width, r1 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.LoadHalves(r2 + TSimd.Width, r3 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.LoadHalves(r4 + TSimd.Width, r5 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.LoadHalves(r6 + TSimd.Width, r7 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.LoadHalves(r8 + TSimd.Width, r9 + TSimd.Width));
                s9a = TSimd.Add(s9a, TSimd.Load(r9));
                s10a = TSimd.Add(s10a, TSimd.Load(r10)); s10b = TSimd.Add(s10b, TSimd.LoadHalves(r10 + TSimd.Width, r11 + TSimd.Width));
                s11a = TSimd.Add(s11a, TSimd.Load(r11));
                residualRows += 12;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.LoadHalfTwice(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a)); s10b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10b), slope1, TSimd.Max(TSimd.Zero, s10b));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a)); s10b = TSimd.Min(high, TSimd.Max(low, s10b));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);
            float* y10 = call->Output + outputRows[10];
            TSimd.Store(s10a, y10);
            float* y11 = call->Output + outputRows[11];
            TSimd.Store(s11a, y11);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width);
                TSimd.StoreHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width);
                TSimd.StoreHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width);
                TSimd.StoreHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width);
                TSimd.StoreHalves(s8b, y8 + TSimd.Width, y9 + TSimd.Width);
                TSimd.StoreHalves(s10b, y10 + TSimd.Width, y11 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartialHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s8b, y8 + TSimd.Width, y9 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s10b, y10 + TSimd.Width, y11 + TSimd.Width, lanes);
            }

            inputRows += 12;
            outputRows += 12;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile14x1AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10); TSimd.PrefetchNear(r10 + TSimd.Width);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11); TSimd.PrefetchNear(r11 + TSimd.Width);
                float* r12 = call->Residual + residualRows[12];
                TSimd.PrefetchNear(r12); TSimd.PrefetchNear(r12 + TSimd.Width);
                float* r13 = call->Residual + residualRows[13];
                TSimd.PrefetchNear(r13); TSimd.PrefetchNear(r13 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10); TSimd.PrefetchNear(f10 + TSimd.Width);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11); TSimd.PrefetchNear(f11 + TSimd.Width);
                float* f12 = call->Output + outputRows[12];
                TSimd.PrefetchNear(f12); TSimd.PrefetchNear(f12 + TSimd.Width);
                float* f13 = call->Output + outputRows[13];
                TSimd.PrefetchNear(f13); TSimd.PrefetchNear(f13 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.LoadHalfTwice(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0;
            TVector s8a = b0, s8b = b1;
            TVector s9a = b0;
            TVector s10a = b0, s10b = b1;
            TVector s11a = b0;
            TVector s12a = b0, s12b = b1;
            TVector s13a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* x12 = call->Input + inputRows[12];
            float* x13 = call->Input + inputRows[13];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.LoadHalfTwice(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    s0b = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b1, s0b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    s2b = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b1, s2b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    s4b = TSimd.MultiplyAdd(TSimd.JoinHalves(i4, i5), b1, s4b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    s6b = TSimd.MultiplyAdd(TSimd.JoinHalves(i6, i7), b1, s6b);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a);
                    s8b = TSimd.MultiplyAdd(TSimd.JoinHalves(i8, i9), b1, s8b);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a);
                    s10b = TSimd.MultiplyAdd(TSimd.JoinHalves(i10, i11), b1, s10b);
                    TVector i12 = TSimd.Broadcast(x12[k]);
                    s12a = TSimd.MultiplyAdd(i12, b0, s12a);
                    TVector i13 = TSimd.Broadcast(x13[k]);
                    s13a = TSimd.MultiplyAdd(i13, b0, s13a);
                    s12b = TSimd.MultiplyAdd(TSimd.JoinHalves(i12, i13), b1, s12b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                float* r12 = call->Residual + residualRows[12];
                float* r13 = call->Residual + residualRows[13];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.LoadHalves(r0 + TSimd.Width, r1 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.LoadHalves(r2 + TSimd.Width, r3 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.LoadHalves(r4 + TSimd.Width, r5 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.LoadHalves(r6 + TSimd.Width, r7 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.LoadHalves(r8 + TSimd.Width, r9 + TSimd.Width));
                s9a = TSimd.Add(s9a, TSimd.Load(r9));
                s10a = TSimd.Add(s10a, TSimd.Load(r10)); s10b = TSimd.Add(s10b, TSimd.LoadHalves(r10 + TSimd.Width, r11 + TSimd.Width));
                s11a = TSimd.Add(s11a, TSimd.Load(r11));
                s12a = TSimd.Add(s12a, TSimd.Load(r12)); s12b = TSimd.Add(s12b, TSimd.LoadHalves(r12 + TSimd.Width, r13 + TSimd.Width));
                s13a = TSimd.Add(s13a, TSimd.Load(r13));
                residualRows += 14;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.LoadHalfTwice(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a)); s10b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10b), slope1, TSimd.Max(TSimd.Zero, s10b));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a));
                s12a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12a), slope0, TSimd.Max(TSimd.Zero, s12a)); s12b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12b), slope1, TSimd.Max(TSimd.Zero, s12b));
                s13a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s13a), slope0, TSimd.Max(TSimd.Zero, s13a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a)); s10b = TSimd.Min(high, TSimd.Max(low, s10b));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a));
                s12a = TSimd.Min(high, TSimd.Max(low, s12a)); s12b = TSimd.Min(high, TSimd.Max(low, s12b));
                s13a = TSimd.Min(high, TSimd.Max(low, s13a));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);
            float* y10 = call->Output + outputRows[10];
            TSimd.Store(s10a, y10);
            float* y11 = call->Output + outputRows[11];
            TSimd.Store(s11a, y11);
            float* y12 = call->Output + outputRows[12];
            TSimd.Store(s12a, y12);
            float* y13 = call->Output + outputRows[13];
            TSimd.Store(s13a, y13);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width);
                TSimd.StoreHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width);
                TSimd.StoreHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width);
                TSimd.StoreHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width);
                TSimd.StoreHalves(s8b, y8 + TSimd.Width, y9 + TSimd.Width);
                TSimd.StoreHalves(s10b, y10 + TSimd.Width, y11 + TSimd.Width);
                TSimd.StoreHalves(s12b, y12 + TSimd.Width, y13 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartialHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s8b, y8 + TSimd.Width, y9 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s10b, y10 + TSimd.Width, y11 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s12b, y12 + TSimd.Width, y13 + TSimd.Width, lanes);
            }

            inputRows += 14;
            outputRows += 14;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile16x1AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width);
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width);
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width);
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width);
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width);
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width);
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width);
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width);
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width);
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width);
                float* r10 = call->Residual + residualRows[10];
                TSimd.PrefetchNear(r10); TSimd.PrefetchNear(r10 + TSimd.Width);
                float* r11 = call->Residual + residualRows[11];
                TSimd.PrefetchNear(r11); TSimd.PrefetchNear(r11 + TSimd.Width);
                float* r12 = call->Residual + residualRows[12];
                TSimd.PrefetchNear(r12); TSimd.PrefetchNear(r12 + TSimd.Width);
                float* r13 = call->Residual + residualRows[13];
                TSimd.PrefetchNear(r13); TSimd.PrefetchNear(r13 + TSimd.Width);
                float* r14 = call->Residual + residualRows[14];
                TSimd.PrefetchNear(r14); TSimd.PrefetchNear(r14 + TSimd.Width);
                float* r15 = call->Residual + residualRows[15];
                TSimd.PrefetchNear(r15); TSimd.PrefetchNear(r15 + TSimd.Width);
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width);
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width);
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width);
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width);
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width);
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width);
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width);
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width);
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width);
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width);
                float* f10 = call->Output + outputRows[10];
                TSimd.PrefetchNear(f10); TSimd.PrefetchNear(f10 + TSimd.Width);
                float* f11 = call->Output + outputRows[11];
                TSimd.PrefetchNear(f11); TSimd.PrefetchNear(f11 + TSimd.Width);
                float* f12 = call->Output + outputRows[12];
                TSimd.PrefetchNear(f12); TSimd.PrefetchNear(f12 + TSimd.Width);
                float* f13 = call->Output + outputRows[13];
                TSimd.PrefetchNear(f13); TSimd.PrefetchNear(f13 + TSimd.Width);
                float* f14 = call->Output + outputRows[14];
                TSimd.PrefetchNear(f14); TSimd.PrefetchNear(f14 + TSimd.Width);
                float* f15 = call->Output + outputRows[15];
                TSimd.PrefetchNear(f15); TSimd.PrefetchNear(f15 + TSimd.Width);
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.LoadHalfTwice(call->Bias + TSimd.Width);
            TVector s0a = b0, s0b = b1;
            TVector s1a = b0;
            TVector s2a = b0, s2b = b1;
            TVector s3a = b0;
            TVector s4a = b0, s4b = b1;
            TVector s5a = b0;
            TVector s6a = b0, s6b = b1;
            TVector s7a = b0;
            TVector s8a = b0, s8b = b1;
            TVector s9a = b0;
            TVector s10a = b0, s10b = b1;
            TVector s11a = b0;
            TVector s12a = b0, s12b = b1;
            TVector s13a = b0;
            TVector s14a = b0, s14b = b1;
            TVector s15a = b0;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* x10 = call->Input + inputRows[10];
            float* x11 = call->Input + inputRows[11];
            float* x12 = call->Input + inputRows[12];
            float* x13 = call->Input + inputRows[13];
            float* x14 = call->Input + inputRows[14];
            float* x15 = call->Input + inputRows[15];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.LoadHalfTwice(w + TSimd.Width);
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a);
                    s0b = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b1, s0b);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a);
                    s2b = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b1, s2b);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a);
                    s4b = TSimd.MultiplyAdd(TSimd.JoinHalves(i4, i5), b1, s4b);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a);
                    s6b = TSimd.MultiplyAdd(TSimd.JoinHalves(i6, i7), b1, s6b);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a);
                    s8b = TSimd.MultiplyAdd(TSimd.JoinHalves(i8, i9), b1, s8b);
                    TVector i10 = TSimd.Broadcast(x10[k]);
                    s10a = TSimd.MultiplyAdd(i10, b0, s10a);
                    TVector i11 = TSimd.Broadcast(x11[k]);
                    s11a = TSimd.MultiplyAdd(i11, b0, s11a);
                    s10b = TSimd.MultiplyAdd(TSimd.JoinHalves(i10, i11), b1, s10b);
                    TVector i12 = TSimd.Broadcast(x12[k]);
                    s12a = TSimd.MultiplyAdd(i12, b0, s12a);
                    TVector i13 = TSimd.Broadcast(x13[k]);
                    s13a = TSimd.MultiplyAdd(i13, b0, s13a);
                    s12b = TSimd.MultiplyAdd(TSimd.JoinHalves(i12, i13), b1, s12b);
                    TVector i14 = TSimd.Broadcast(x14[k]);
                    s14a = TSimd.MultiplyAdd(i14, b0, s14a);
                    TVector i15 = TSimd.Broadcast(x15[k]);
                    s15a = TSimd.MultiplyAdd(i15, b0, s15a);
                    s14b = TSimd.MultiplyAdd(TSimd.JoinHalves(i14, i15), b1, s14b);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 2 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                float* r10 = call->Residual + residualRows[10];
                float* r11 = call->Residual + residualRows[11];
                float* r12 = call->Residual + residualRows[12];
                float* r13 = call->Residual + residualRows[13];
                float* r14 = call->Residual + residualRows[14];
                float* r15 = call->Residual + residualRows[15];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.LoadHalves(r0 + TSimd.Width, r1 + TSimd.Width));
                s1a = TSimd.Add(s1a, TSimd.Load(r1));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.LoadHalves(r2 + TSimd.Width, r3 + TSimd.Width));
                s3a = TSimd.Add(s3a, TSimd.Load(r3));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.LoadHalves(r4 + TSimd.Width, r5 + TSimd.Width));
                s5a = TSimd.Add(s5a, TSimd.Load(r5));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.LoadHalves(r6 + TSimd.Width, r7 + TSimd.Width));
                s7a = TSimd.Add(s7a, TSimd.Load(r7));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.LoadHalves(r8 + TSimd.Width, r9 + TSimd.Width));
                s9a = TSimd.Add(s9a, TSimd.Load(r9));
                s10a = TSimd.Add(s10a, TSimd.Load(r10)); s10b = TSimd.Add(s10b, TSimd.LoadHalves(r10 + TSimd.Width, r11 + TSimd.Width));
                s11a = TSimd.Add(s11a, TSimd.Load(r11));
                s12a = TSimd.Add(s12a, TSimd.Load(r12)); s12b = TSimd.Add(s12b, TSimd.LoadHalves(r12 + TSimd.Width, r13 + TSimd.Width));
                s13a = TSimd.Add(s13a, TSimd.Load(r13));
                s14a = TSimd.Add(s14a, TSimd.Load(r14)); s14b = TSimd.Add(s14b, TSimd.LoadHalves(r14 + TSimd.Width, r15 + TSimd.Width));
                s15a = TSimd.Add(s15a, TSimd.Load(r15));
                residualRows += 16;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.LoadHalfTwice(call->Slope + TSimd.Width);
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a));
                s10a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10a), slope0, TSimd.Max(TSimd.Zero, s10a)); s10b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s10b), slope1, TSimd.Max(TSimd.Zero, s10b));
                s11a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s11a), slope0, TSimd.Max(TSimd.Zero, s11a));
                s12a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12a), slope0, TSimd.Max(TSimd.Zero, s12a)); s12b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s12b), slope1, TSimd.Max(TSimd.Zero, s12b));
                s13a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s13a), slope0, TSimd.Max(TSimd.Zero, s13a));
                s14a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s14a), slope0, TSimd.Max(TSimd.Zero, s14a)); s14b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s14b), slope1, TSimd.Max(TSimd.Zero, s14b));
                s15a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s15a), slope0, TSimd.Max(TSimd.Zero, s15a));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a));
                s10a = TSimd.Min(high, TSimd.Max(low, s10a)); s10b = TSimd.Min(high, TSimd.Max(low, s10b));
                s11a = TSimd.Min(high, TSimd.Max(low, s11a));
                s12a = TSimd.Min(high, TSimd.Max(low, s12a)); s12b = TSimd.Min(high, TSimd.Max(low, s12b));
                s13a = TSimd.Min(high, TSimd.Max(low, s13a));
                s14a = TSimd.Min(high, TSimd.Max(low, s14a)); s14b = TSimd.Min(high, TSimd.Max(low, s14b));
                s15a = TSimd.Min(high, TSimd.Max(low, s15a));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);
            float* y10 = call->Output + outputRows[10];
            TSimd.Store(s10a, y10);
            float* y11 = call->Output + outputRows[11];
            TSimd.Store(s11a, y11);
            float* y12 = call->Output + outputRows[12];
            TSimd.Store(s12a, y12);
            float* y13 = call->Output + outputRows[13];
            TSimd.Store(s13a, y13);
            float* y14 = call->Output + outputRows[14];
            TSimd.Store(s14a, y14);
            float* y15 = call->Output + outputRows[15];
            TSimd.Store(s15a, y15);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width);
                TSimd.StoreHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width);
                TSimd.StoreHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width);
                TSimd.StoreHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width);
                TSimd.StoreHalves(s8b, y8 + TSimd.Width, y9 + TSimd.Width);
                TSimd.StoreHalves(s10b, y10 + TSimd.Width, y11 + TSimd.Width);
                TSimd.StoreHalves(s12b, y12 + TSimd.Width, y13 + TSimd.Width);
                TSimd.StoreHalves(s14b, y14 + TSimd.Width, y15 + TSimd.Width);
            }
            else
            {
                TSimd.StorePartialHalves(s0b, y0 + TSimd.Width, y1 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s2b, y2 + TSimd.Width, y3 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s4b, y4 + TSimd.Width, y5 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s6b, y6 + TSimd.Width, y7 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s8b, y8 + TSimd.Width, y9 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s10b, y10 + TSimd.Width, y11 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s12b, y12 + TSimd.Width, y13 + TSimd.Width, lanes);
                TSimd.StorePartialHalves(s14b, y14 + TSimd.Width, y15 + TSimd.Width, lanes);
            }

            inputRows += 16;
            outputRows += 16;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x3<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            float* x0 = call->Input + inputRows[0];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width)));
                residualRows += 1;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0c, y0 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0c, y0 + (2 * TSimd.Width), lanes);
            }

            inputRows += 1;
            outputRows += 1;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x3<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1, s1c = b2;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width)));
                residualRows += 2;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0c, y0 + (2 * TSimd.Width));
                TSimd.Store(s1c, y1 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0c, y0 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s1c, y1 + (2 * TSimd.Width), lanes);
            }

            inputRows += 2;
            outputRows += 2;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x3<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1, s1c = b2;
            TVector s2a = b0, s2b = b1, s2c = b2;
            TVector s3a = b0, s3b = b1, s3c = b2;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b); s2c = TSimd.MultiplyAdd(i2, b2, s2c);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b); s3c = TSimd.MultiplyAdd(i3, b2, s3c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width)));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.Load(r2 + (2 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width)); s3c = TSimd.Add(s3c, TSimd.Load(r3 + (2 * TSimd.Width)));
                residualRows += 4;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b)); s3c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3c), slope2, TSimd.Max(TSimd.Zero, s3c));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b)); s3c = TSimd.Min(high, TSimd.Max(low, s3c));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0c, y0 + (2 * TSimd.Width));
                TSimd.Store(s1c, y1 + (2 * TSimd.Width));
                TSimd.Store(s2c, y2 + (2 * TSimd.Width));
                TSimd.Store(s3c, y3 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0c, y0 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s1c, y1 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s2c, y2 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s3c, y3 + (2 * TSimd.Width), lanes);
            }

            inputRows += 4;
            outputRows += 4;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x3<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width));
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width); TSimd.PrefetchNear(r4 + (2 * TSimd.Width));
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width); TSimd.PrefetchNear(r5 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width));
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width); TSimd.PrefetchNear(f4 + (2 * TSimd.Width));
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width); TSimd.PrefetchNear(f5 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1, s1c = b2;
            TVector s2a = b0, s2b = b1, s2c = b2;
            TVector s3a = b0, s3b = b1, s3c = b2;
            TVector s4a = b0, s4b = b1, s4c = b2;
            TVector s5a = b0, s5b = b1, s5c = b2;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b); s2c = TSimd.MultiplyAdd(i2, b2, s2c);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b); s3c = TSimd.MultiplyAdd(i3, b2, s3c);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b); s4c = TSimd.MultiplyAdd(i4, b2, s4c);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b); s5c = TSimd.MultiplyAdd(i5, b2, s5c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width)));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.Load(r2 + (2 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width)); s3c = TSimd.Add(s3c, TSimd.Load(r3 + (2 * TSimd.Width)));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width)); s4c = TSimd.Add(s4c, TSimd.Load(r4 + (2 * TSimd.Width)));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width)); s5c = TSimd.Add(s5c, TSimd.Load(r5 + (2 * TSimd.Width)));
                residualRows += 6;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b)); s3c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3c), slope2, TSimd.Max(TSimd.Zero, s3c));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b)); s4c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4c), slope2, TSimd.Max(TSimd.Zero, s4c));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b)); s5c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5c), slope2, TSimd.Max(TSimd.Zero, s5c));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b)); s3c = TSimd.Min(high, TSimd.Max(low, s3c));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b)); s4c = TSimd.Min(high, TSimd.Max(low, s4c));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b)); s5c = TSimd.Min(high, TSimd.Max(low, s5c));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            TSimd.Store(s4b, y4 + TSimd.Width);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            TSimd.Store(s5b, y5 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0c, y0 + (2 * TSimd.Width));
                TSimd.Store(s1c, y1 + (2 * TSimd.Width));
                TSimd.Store(s2c, y2 + (2 * TSimd.Width));
                TSimd.Store(s3c, y3 + (2 * TSimd.Width));
                TSimd.Store(s4c, y4 + (2 * TSimd.Width));
                TSimd.Store(s5c, y5 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0c, y0 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s1c, y1 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s2c, y2 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s3c, y3 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s4c, y4 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s5c, y5 + (2 * TSimd.Width), lanes);
            }

            inputRows += 6;
            outputRows += 6;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile7x3<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width));
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width); TSimd.PrefetchNear(r4 + (2 * TSimd.Width));
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width); TSimd.PrefetchNear(r5 + (2 * TSimd.Width));
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width); TSimd.PrefetchNear(r6 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width));
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width); TSimd.PrefetchNear(f4 + (2 * TSimd.Width));
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width); TSimd.PrefetchNear(f5 + (2 * TSimd.Width));
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width); TSimd.PrefetchNear(f6 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1, s1c = b2;
            TVector s2a = b0, s2b = b1, s2c = b2;
            TVector s3a = b0, s3b = b1, s3c = b2;
            TVector s4a = b0, s4b = b1, s4c = b2;
            TVector s5a = b0, s5b = b1, s5c = b2;
            TVector s6a = b0, s6b = b1, s6c = b2;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b); s2c = TSimd.MultiplyAdd(i2, b2, s2c);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b); s3c = TSimd.MultiplyAdd(i3, b2, s3c);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b); s4c = TSimd.MultiplyAdd(i4, b2, s4c);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b); s5c = TSimd.MultiplyAdd(i5, b2, s5c);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b); s6c = TSimd.MultiplyAdd(i6, b2, s6c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width)));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.Load(r2 + (2 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width)); s3c = TSimd.Add(s3c, TSimd.Load(r3 + (2 * TSimd.Width)));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width)); s4c = TSimd.Add(s4c, TSimd.Load(r4 + (2 * TSimd.Width)));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width)); s5c = TSimd.Add(s5c, TSimd.Load(r5 + (2 * TSimd.Width)));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width)); s6c = TSimd.Add(s6c, TSimd.Load(r6 + (2 * TSimd.Width)));
                residualRows += 7;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b)); s3c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3c), slope2, TSimd.Max(TSimd.Zero, s3c));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b)); s4c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4c), slope2, TSimd.Max(TSimd.Zero, s4c));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b)); s5c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5c), slope2, TSimd.Max(TSimd.Zero, s5c));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b)); s6c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6c), slope2, TSimd.Max(TSimd.Zero, s6c));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b)); s3c = TSimd.Min(high, TSimd.Max(low, s3c));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b)); s4c = TSimd.Min(high, TSimd.Max(low, s4c));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b)); s5c = TSimd.Min(high, TSimd.Max(low, s5c));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b)); s6c = TSimd.Min(high, TSimd.Max(low, s6c));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            TSimd.Store(s4b, y4 + TSimd.Width);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            TSimd.Store(s5b, y5 + TSimd.Width);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            TSimd.Store(s6b, y6 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0c, y0 + (2 * TSimd.Width));
                TSimd.Store(s1c, y1 + (2 * TSimd.Width));
                TSimd.Store(s2c, y2 + (2 * TSimd.Width));
                TSimd.Store(s3c, y3 + (2 * TSimd.Width));
                TSimd.Store(s4c, y4 + (2 * TSimd.Width));
                TSimd.Store(s5c, y5 + (2 * TSimd.Width));
                TSimd.Store(s6c, y6 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0c, y0 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s1c, y1 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s2c, y2 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s3c, y3 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s4c, y4 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s5c, y5 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s6c, y6 + (2 * TSimd.Width), lanes);
            }

            inputRows += 7;
            outputRows += 7;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x3<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width));
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width); TSimd.PrefetchNear(r4 + (2 * TSimd.Width));
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width); TSimd.PrefetchNear(r5 + (2 * TSimd.Width));
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width); TSimd.PrefetchNear(r6 + (2 * TSimd.Width));
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width); TSimd.PrefetchNear(r7 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width));
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width); TSimd.PrefetchNear(f4 + (2 * TSimd.Width));
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width); TSimd.PrefetchNear(f5 + (2 * TSimd.Width));
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width); TSimd.PrefetchNear(f6 + (2 * TSimd.Width));
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width); TSimd.PrefetchNear(f7 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1, s1c = b2;
            TVector s2a = b0, s2b = b1, s2c = b2;
            TVector s3a = b0, s3b = b1, s3c = b2;
            TVector s4a = b0, s4b = b1, s4c = b2;
            TVector s5a = b0, s5b = b1, s5c = b2;
            TVector s6a = b0, s6b = b1, s6c = b2;
            TVector s7a = b0, s7b = b1, s7c = b2;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b); s2c = TSimd.MultiplyAdd(i2, b2, s2c);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b); s3c = TSimd.MultiplyAdd(i3, b2, s3c);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b); s4c = TSimd.MultiplyAdd(i4, b2, s4c);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b); s5c = TSimd.MultiplyAdd(i5, b2, s5c);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b); s6c = TSimd.MultiplyAdd(i6, b2, s6c);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b); s7c = TSimd.MultiplyAdd(i7, b2, s7c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width)));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.Load(r2 + (2 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width)); s3c = TSimd.Add(s3c, TSimd.Load(r3 + (2 * TSimd.Width)));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width)); s4c = TSimd.Add(s4c, TSimd.Load(r4 + (2 * TSimd.Width)));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width)); s5c = TSimd.Add(s5c, TSimd.Load(r5 + (2 * TSimd.Width)));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width)); s6c = TSimd.Add(s6c, TSimd.Load(r6 + (2 * TSimd.Width)));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width)); s7c = TSimd.Add(s7c, TSimd.Load(r7 + (2 * TSimd.Width)));
                residualRows += 8;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b)); s3c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3c), slope2, TSimd.Max(TSimd.Zero, s3c));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b)); s4c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4c), slope2, TSimd.Max(TSimd.Zero, s4c));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b)); s5c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5c), slope2, TSimd.Max(TSimd.Zero, s5c));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b)); s6c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6c), slope2, TSimd.Max(TSimd.Zero, s6c));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b)); s7c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7c), slope2, TSimd.Max(TSimd.Zero, s7c));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b)); s3c = TSimd.Min(high, TSimd.Max(low, s3c));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b)); s4c = TSimd.Min(high, TSimd.Max(low, s4c));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b)); s5c = TSimd.Min(high, TSimd.Max(low, s5c));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b)); s6c = TSimd.Min(high, TSimd.Max(low, s6c));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b)); s7c = TSimd.Min(high, TSimd.Max(low, s7c));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            TSimd.Store(s4b, y4 + TSimd.Width);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            TSimd.Store(s5b, y5 + TSimd.Width);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            TSimd.Store(s6b, y6 + TSimd.Width);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            TSimd.Store(s7b, y7 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0c, y0 + (2 * TSimd.Width));
                TSimd.Store(s1c, y1 + (2 * TSimd.Width));
                TSimd.Store(s2c, y2 + (2 * TSimd.Width));
                TSimd.Store(s3c, y3 + (2 * TSimd.Width));
                TSimd.Store(s4c, y4 + (2 * TSimd.Width));
                TSimd.Store(s5c, y5 + (2 * TSimd.Width));
                TSimd.Store(s6c, y6 + (2 * TSimd.Width));
                TSimd.Store(s7c, y7 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0c, y0 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s1c, y1 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s2c, y2 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s3c, y3 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s4c, y4 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s5c, y5 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s6c, y6 + (2 * TSimd.Width), lanes);
                TSimd.StorePartial(s7c, y7 + (2 * TSimd.Width), lanes);
            }

            inputRows += 8;
            outputRows += 8;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.LoadHalfTwice(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1, s2c = b2;
            TVector s3a = b0, s3b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.LoadHalfTwice(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    s0c = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b2, s0c);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    s2c = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b2, s2c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.LoadHalves(r0 + (2 * TSimd.Width), r1 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.LoadHalves(r2 + (2 * TSimd.Width), r3 + (2 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                residualRows += 4;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.LoadHalfTwice(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0c, y0 + (2 * TSimd.Width), y1 + (2 * TSimd.Width));
                TSimd.StoreHalves(s2c, y2 + (2 * TSimd.Width), y3 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartialHalves(s0c, y0 + (2 * TSimd.Width), y1 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s2c, y2 + (2 * TSimd.Width), y3 + (2 * TSimd.Width), lanes);
            }

            inputRows += 4;
            outputRows += 4;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width));
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width); TSimd.PrefetchNear(r4 + (2 * TSimd.Width));
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width); TSimd.PrefetchNear(r5 + (2 * TSimd.Width));
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width); TSimd.PrefetchNear(r6 + (2 * TSimd.Width));
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width); TSimd.PrefetchNear(r7 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width));
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width); TSimd.PrefetchNear(f4 + (2 * TSimd.Width));
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width); TSimd.PrefetchNear(f5 + (2 * TSimd.Width));
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width); TSimd.PrefetchNear(f6 + (2 * TSimd.Width));
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width); TSimd.PrefetchNear(f7 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.LoadHalfTwice(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1, s2c = b2;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1, s4c = b2;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1, s6c = b2;
            TVector s7a = b0, s7b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.LoadHalfTwice(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    s0c = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b2, s0c);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    s2c = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b2, s2c);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    s4c = TSimd.MultiplyAdd(TSimd.JoinHalves(i4, i5), b2, s4c);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b);
                    s6c = TSimd.MultiplyAdd(TSimd.JoinHalves(i6, i7), b2, s6c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.LoadHalves(r0 + (2 * TSimd.Width), r1 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.LoadHalves(r2 + (2 * TSimd.Width), r3 + (2 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width)); s4c = TSimd.Add(s4c, TSimd.LoadHalves(r4 + (2 * TSimd.Width), r5 + (2 * TSimd.Width)));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width)); s6c = TSimd.Add(s6c, TSimd.LoadHalves(r6 + (2 * TSimd.Width), r7 + (2 * TSimd.Width)));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width));
                residualRows += 8;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.LoadHalfTwice(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b)); s4c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4c), slope2, TSimd.Max(TSimd.Zero, s4c));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b)); s6c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6c), slope2, TSimd.Max(TSimd.Zero, s6c));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b)); s4c = TSimd.Min(high, TSimd.Max(low, s4c));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b)); s6c = TSimd.Min(high, TSimd.Max(low, s6c));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            TSimd.Store(s4b, y4 + TSimd.Width);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            TSimd.Store(s5b, y5 + TSimd.Width);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            TSimd.Store(s6b, y6 + TSimd.Width);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            TSimd.Store(s7b, y7 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0c, y0 + (2 * TSimd.Width), y1 + (2 * TSimd.Width));
                TSimd.StoreHalves(s2c, y2 + (2 * TSimd.Width), y3 + (2 * TSimd.Width));
                TSimd.StoreHalves(s4c, y4 + (2 * TSimd.Width), y5 + (2 * TSimd.Width));
                TSimd.StoreHalves(s6c, y6 + (2 * TSimd.Width), y7 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartialHalves(s0c, y0 + (2 * TSimd.Width), y1 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s2c, y2 + (2 * TSimd.Width), y3 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s4c, y4 + (2 * TSimd.Width), y5 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s6c, y6 + (2 * TSimd.Width), y7 + (2 * TSimd.Width), lanes);
            }

            inputRows += 8;
            outputRows += 8;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile10x2AndHalf<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width));
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width); TSimd.PrefetchNear(r4 + (2 * TSimd.Width));
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width); TSimd.PrefetchNear(r5 + (2 * TSimd.Width));
                float* r6 = call->Residual + residualRows[6];
                TSimd.PrefetchNear(r6); TSimd.PrefetchNear(r6 + TSimd.Width); TSimd.PrefetchNear(r6 + (2 * TSimd.Width));
                float* r7 = call->Residual + residualRows[7];
                TSimd.PrefetchNear(r7); TSimd.PrefetchNear(r7 + TSimd.Width); TSimd.PrefetchNear(r7 + (2 * TSimd.Width));
                float* r8 = call->Residual + residualRows[8];
                TSimd.PrefetchNear(r8); TSimd.PrefetchNear(r8 + TSimd.Width); TSimd.PrefetchNear(r8 + (2 * TSimd.Width));
                float* r9 = call->Residual + residualRows[9];
                TSimd.PrefetchNear(r9); TSimd.PrefetchNear(r9 + TSimd.Width); TSimd.PrefetchNear(r9 + (2 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width));
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width); TSimd.PrefetchNear(f4 + (2 * TSimd.Width));
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width); TSimd.PrefetchNear(f5 + (2 * TSimd.Width));
                float* f6 = call->Output + outputRows[6];
                TSimd.PrefetchNear(f6); TSimd.PrefetchNear(f6 + TSimd.Width); TSimd.PrefetchNear(f6 + (2 * TSimd.Width));
                float* f7 = call->Output + outputRows[7];
                TSimd.PrefetchNear(f7); TSimd.PrefetchNear(f7 + TSimd.Width); TSimd.PrefetchNear(f7 + (2 * TSimd.Width));
                float* f8 = call->Output + outputRows[8];
                TSimd.PrefetchNear(f8); TSimd.PrefetchNear(f8 + TSimd.Width); TSimd.PrefetchNear(f8 + (2 * TSimd.Width));
                float* f9 = call->Output + outputRows[9];
                TSimd.PrefetchNear(f9); TSimd.PrefetchNear(f9 + TSimd.Width); TSimd.PrefetchNear(f9 + (2 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.LoadHalfTwice(call->Bias + (2 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2;
            TVector s1a = b0, s1b = b1;
            TVector s2a = b0, s2b = b1, s2c = b2;
            TVector s3a = b0, s3b = b1;
            TVector s4a = b0, s4b = b1, s4c = b2;
            TVector s5a = b0, s5b = b1;
            TVector s6a = b0, s6b = b1, s6c = b2;
            TVector s7a = b0, s7b = b1;
            TVector s8a = b0, s8b = b1, s8c = b2;
            TVector s9a = b0, s9b = b1;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* x6 = call->Input + inputRows[6];
            float* x7 = call->Input + inputRows[7];
            float* x8 = call->Input + inputRows[8];
            float* x9 = call->Input + inputRows[9];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.LoadHalfTwice(w + (2 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b);
                    s0c = TSimd.MultiplyAdd(TSimd.JoinHalves(i0, i1), b2, s0c);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b);
                    s2c = TSimd.MultiplyAdd(TSimd.JoinHalves(i2, i3), b2, s2c);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b);
                    s4c = TSimd.MultiplyAdd(TSimd.JoinHalves(i4, i5), b2, s4c);
                    TVector i6 = TSimd.Broadcast(x6[k]);
                    s6a = TSimd.MultiplyAdd(i6, b0, s6a); s6b = TSimd.MultiplyAdd(i6, b1, s6b);
                    TVector i7 = TSimd.Broadcast(x7[k]);
                    s7a = TSimd.MultiplyAdd(i7, b0, s7a); s7b = TSimd.MultiplyAdd(i7, b1, s7b);
                    s6c = TSimd.MultiplyAdd(TSimd.JoinHalves(i6, i7), b2, s6c);
                    TVector i8 = TSimd.Broadcast(x8[k]);
                    s8a = TSimd.MultiplyAdd(i8, b0, s8a); s8b = TSimd.MultiplyAdd(i8, b1, s8b);
                    TVector i9 = TSimd.Broadcast(x9[k]);
                    s9a = TSimd.MultiplyAdd(i9, b0, s9a); s9b = TSimd.MultiplyAdd(i9, b1, s9b);
                    s8c = TSimd.MultiplyAdd(TSimd.JoinHalves(i8, i9), b2, s8c);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 3 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                float* r6 = call->Residual + residualRows[6];
                float* r7 = call->Residual + residualRows[7];
                float* r8 = call->Residual + residualRows[8];
                float* r9 = call->Residual + residualRows[9];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.LoadHalves(r0 + (2 * TSimd.Width), r1 + (2 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.LoadHalves(r2 + (2 * TSimd.Width), r3 + (2 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width)); s4c = TSimd.Add(s4c, TSimd.LoadHalves(r4 + (2 * TSimd.Width), r5 + (2 * TSimd.Width)));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width));
                s6a = TSimd.Add(s6a, TSimd.Load(r6)); s6b = TSimd.Add(s6b, TSimd.Load(r6 + TSimd.Width)); s6c = TSimd.Add(s6c, TSimd.LoadHalves(r6 + (2 * TSimd.Width), r7 + (2 * TSimd.Width)));
                s7a = TSimd.Add(s7a, TSimd.Load(r7)); s7b = TSimd.Add(s7b, TSimd.Load(r7 + TSimd.Width));
                s8a = TSimd.Add(s8a, TSimd.Load(r8)); s8b = TSimd.Add(s8b, TSimd.Load(r8 + TSimd.Width)); s8c = TSimd.Add(s8c, TSimd.LoadHalves(r8 + (2 * TSimd.Width), r9 + (2 * TSimd.Width)));
                s9a = TSimd.Add(s9a, TSimd.Load(r9)); s9b = TSimd.Add(s9b, TSimd.Load(r9 + TSimd.Width));
                residualRows += 10;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.LoadHalfTwice(call->Slope + (2 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b)); s4c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4c), slope2, TSimd.Max(TSimd.Zero, s4c));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b));
                s6a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6a), slope0, TSimd.Max(TSimd.Zero, s6a)); s6b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6b), slope1, TSimd.Max(TSimd.Zero, s6b)); s6c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s6c), slope2, TSimd.Max(TSimd.Zero, s6c));
                s7a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7a), slope0, TSimd.Max(TSimd.Zero, s7a)); s7b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s7b), slope1, TSimd.Max(TSimd.Zero, s7b));
                s8a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8a), slope0, TSimd.Max(TSimd.Zero, s8a)); s8b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8b), slope1, TSimd.Max(TSimd.Zero, s8b)); s8c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s8c), slope2, TSimd.Max(TSimd.Zero, s8c));
                s9a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9a), slope0, TSimd.Max(TSimd.Zero, s9a)); s9b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s9b), slope1, TSimd.Max(TSimd.Zero, s9b));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b)); s4c = TSimd.Min(high, TSimd.Max(low, s4c));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b));
                s6a = TSimd.Min(high, TSimd.Max(low, s6a)); s6b = TSimd.Min(high, TSimd.Max(low, s6b)); s6c = TSimd.Min(high, TSimd.Max(low, s6c));
                s7a = TSimd.Min(high, TSimd.Max(low, s7a)); s7b = TSimd.Min(high, TSimd.Max(low, s7b));
                s8a = TSimd.Min(high, TSimd.Max(low, s8a)); s8b = TSimd.Min(high, TSimd.Max(low, s8b)); s8c = TSimd.Min(high, TSimd.Max(low, s8c));
                s9a = TSimd.Min(high, TSimd.Max(low, s9a)); s9b = TSimd.Min(high, TSimd.Max(low, s9b));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            TSimd.Store(s4b, y4 + TSimd.Width);
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            TSimd.Store(s5b, y5 + TSimd.Width);
            float* y6 = call->Output + outputRows[6];
            TSimd.Store(s6a, y6);
            TSimd.Store(s6b, y6 + TSimd.Width);
            float* y7 = call->Output + outputRows[7];
            TSimd.Store(s7a, y7);
            TSimd.Store(s7b, y7 + TSimd.Width);
            float* y8 = call->Output + outputRows[8];
            TSimd.Store(s8a, y8);
            TSimd.Store(s8b, y8 + TSimd.Width);
            float* y9 = call->Output + outputRows[9];
            TSimd.Store(s9a, y9);
            TSimd.Store(s9b, y9 + TSimd.Width);

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width / 2)
            {
                TSimd.StoreHalves(s0c, y0 + (2 * TSimd.Width), y1 + (2 * TSimd.Width));
                TSimd.StoreHalves(s2c, y2 + (2 * TSimd.Width), y3 + (2 * TSimd.Width));
                TSimd.StoreHalves(s4c, y4 + (2 * TSimd.Width), y5 + (2 * TSimd.Width));
                TSimd.StoreHalves(s6c, y6 + (2 * TSimd.Width), y7 + (2 * TSimd.Width));
                TSimd.StoreHalves(s8c, y8 + (2 * TSimd.Width), y9 + (2 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartialHalves(s0c, y0 + (2 * TSimd.Width), y1 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s2c, y2 + (2 * TSimd.Width), y3 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s4c, y4 + (2 * TSimd.Width), y5 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s6c, y6 + (2 * TSimd.Width), y7 + (2 * TSimd.Width), lanes);
                TSimd.StorePartialHalves(s8c, y8 + (2 * TSimd.Width), y9 + (2 * TSimd.Width), lanes);
            }

            inputRows += 10;
            outputRows += 10;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x4<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width)); TSimd.PrefetchNear(r0 + (3 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width)); TSimd.PrefetchNear(f0 + (3 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width)); TVector b3 = TSimd.Load(call->Bias + (3 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2, s0d = b3;
            float* x0 = call->Input + inputRows[0];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width)); b3 = TSimd.Load(w + (3 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c); s0d = TSimd.MultiplyAdd(i0, b3, s0d);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 4 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width))); s0d = TSimd.Add(s0d, TSimd.Load(r0 + (3 * TSimd.Width)));
                residualRows += 1;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                TVector slope3 = TSimd.Load(call->Slope + (3 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c)); s0d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0d), slope3, TSimd.Max(TSimd.Zero, s0d));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c)); s0d = TSimd.Min(high, TSimd.Max(low, s0d));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            TSimd.Store(s0c, y0 + (2 * TSimd.Width));

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0d, y0 + (3 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0d, y0 + (3 * TSimd.Width), lanes);
            }

            inputRows += 1;
            outputRows += 1;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x4<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width)); TSimd.PrefetchNear(r0 + (3 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width)); TSimd.PrefetchNear(r1 + (3 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width)); TSimd.PrefetchNear(f0 + (3 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width)); TSimd.PrefetchNear(f1 + (3 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width)); TVector b3 = TSimd.Load(call->Bias + (3 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2, s0d = b3;
            TVector s1a = b0, s1b = b1, s1c = b2, s1d = b3;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width)); b3 = TSimd.Load(w + (3 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c); s0d = TSimd.MultiplyAdd(i0, b3, s0d);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c); s1d = TSimd.MultiplyAdd(i1, b3, s1d);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 4 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width))); s0d = TSimd.Add(s0d, TSimd.Load(r0 + (3 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width))); s1d = TSimd.Add(s1d, TSimd.Load(r1 + (3 * TSimd.Width)));
                residualRows += 2;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                TVector slope3 = TSimd.Load(call->Slope + (3 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c)); s0d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0d), slope3, TSimd.Max(TSimd.Zero, s0d));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c)); s1d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1d), slope3, TSimd.Max(TSimd.Zero, s1d));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c)); s0d = TSimd.Min(high, TSimd.Max(low, s0d));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c)); s1d = TSimd.Min(high, TSimd.Max(low, s1d));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            TSimd.Store(s0c, y0 + (2 * TSimd.Width));
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            TSimd.Store(s1c, y1 + (2 * TSimd.Width));

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0d, y0 + (3 * TSimd.Width));
                TSimd.Store(s1d, y1 + (3 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0d, y0 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s1d, y1 + (3 * TSimd.Width), lanes);
            }

            inputRows += 2;
            outputRows += 2;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x4<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width)); TSimd.PrefetchNear(r0 + (3 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width)); TSimd.PrefetchNear(r1 + (3 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width)); TSimd.PrefetchNear(r2 + (3 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width)); TSimd.PrefetchNear(r3 + (3 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width)); TSimd.PrefetchNear(f0 + (3 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width)); TSimd.PrefetchNear(f1 + (3 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width)); TSimd.PrefetchNear(f2 + (3 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width)); TSimd.PrefetchNear(f3 + (3 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width)); TVector b3 = TSimd.Load(call->Bias + (3 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2, s0d = b3;
            TVector s1a = b0, s1b = b1, s1c = b2, s1d = b3;
            TVector s2a = b0, s2b = b1, s2c = b2, s2d = b3;
            TVector s3a = b0, s3b = b1, s3c = b2, s3d = b3;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width)); b3 = TSimd.Load(w + (3 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c); s0d = TSimd.MultiplyAdd(i0, b3, s0d);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c); s1d = TSimd.MultiplyAdd(i1, b3, s1d);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b); s2c = TSimd.MultiplyAdd(i2, b2, s2c); s2d = TSimd.MultiplyAdd(i2, b3, s2d);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b); s3c = TSimd.MultiplyAdd(i3, b2, s3c); s3d = TSimd.MultiplyAdd(i3, b3, s3d);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 4 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width))); s0d = TSimd.Add(s0d, TSimd.Load(r0 + (3 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width))); s1d = TSimd.Add(s1d, TSimd.Load(r1 + (3 * TSimd.Width)));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.Load(r2 + (2 * TSimd.Width))); s2d = TSimd.Add(s2d, TSimd.Load(r2 + (3 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width)); s3c = TSimd.Add(s3c, TSimd.Load(r3 + (2 * TSimd.Width))); s3d = TSimd.Add(s3d, TSimd.Load(r3 + (3 * TSimd.Width)));
                residualRows += 4;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                TVector slope3 = TSimd.Load(call->Slope + (3 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c)); s0d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0d), slope3, TSimd.Max(TSimd.Zero, s0d));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c)); s1d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1d), slope3, TSimd.Max(TSimd.Zero, s1d));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c)); s2d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2d), slope3, TSimd.Max(TSimd.Zero, s2d));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b)); s3c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3c), slope2, TSimd.Max(TSimd.Zero, s3c)); s3d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3d), slope3, TSimd.Max(TSimd.Zero, s3d));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c)); s0d = TSimd.Min(high, TSimd.Max(low, s0d));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c)); s1d = TSimd.Min(high, TSimd.Max(low, s1d));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c)); s2d = TSimd.Min(high, TSimd.Max(low, s2d));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b)); s3c = TSimd.Min(high, TSimd.Max(low, s3c)); s3d = TSimd.Min(high, TSimd.Max(low, s3d));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            TSimd.Store(s0c, y0 + (2 * TSimd.Width));
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            TSimd.Store(s1c, y1 + (2 * TSimd.Width));
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            TSimd.Store(s2c, y2 + (2 * TSimd.Width));
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);
            TSimd.Store(s3c, y3 + (2 * TSimd.Width));

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0d, y0 + (3 * TSimd.Width));
                TSimd.Store(s1d, y1 + (3 * TSimd.Width));
                TSimd.Store(s2d, y2 + (3 * TSimd.Width));
                TSimd.Store(s3d, y3 + (3 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0d, y0 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s1d, y1 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s2d, y2 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s3d, y3 + (3 * TSimd.Width), lanes);
            }

            inputRows += 4;
            outputRows += 4;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6x4<TPrefetch>(TileCall* call)
        where TPrefetch : struct, IPrefetch
    {
        int* inputRows = call->InputRows;
        int* outputRows = call->OutputRows;
        int* residualRows = call->ResidualRows;
        nint ahead = call->Ahead;
        nint second = ahead + call->AheadSecond;
        int tiles = call->Tiles;
        do
        {
            if (call->Residual != null)
            {
                // Read only at the end of the tile: by then it is near.
                float* r0 = call->Residual + residualRows[0];
                TSimd.PrefetchNear(r0); TSimd.PrefetchNear(r0 + TSimd.Width); TSimd.PrefetchNear(r0 + (2 * TSimd.Width)); TSimd.PrefetchNear(r0 + (3 * TSimd.Width));
                float* r1 = call->Residual + residualRows[1];
                TSimd.PrefetchNear(r1); TSimd.PrefetchNear(r1 + TSimd.Width); TSimd.PrefetchNear(r1 + (2 * TSimd.Width)); TSimd.PrefetchNear(r1 + (3 * TSimd.Width));
                float* r2 = call->Residual + residualRows[2];
                TSimd.PrefetchNear(r2); TSimd.PrefetchNear(r2 + TSimd.Width); TSimd.PrefetchNear(r2 + (2 * TSimd.Width)); TSimd.PrefetchNear(r2 + (3 * TSimd.Width));
                float* r3 = call->Residual + residualRows[3];
                TSimd.PrefetchNear(r3); TSimd.PrefetchNear(r3 + TSimd.Width); TSimd.PrefetchNear(r3 + (2 * TSimd.Width)); TSimd.PrefetchNear(r3 + (3 * TSimd.Width));
                float* r4 = call->Residual + residualRows[4];
                TSimd.PrefetchNear(r4); TSimd.PrefetchNear(r4 + TSimd.Width); TSimd.PrefetchNear(r4 + (2 * TSimd.Width)); TSimd.PrefetchNear(r4 + (3 * TSimd.Width));
                float* r5 = call->Residual + residualRows[5];
                TSimd.PrefetchNear(r5); TSimd.PrefetchNear(r5 + TSimd.Width); TSimd.PrefetchNear(r5 + (2 * TSimd.Width)); TSimd.PrefetchNear(r5 + (3 * TSimd.Width));
            }

            if (call->OutputIsFar)
            {
                float* f0 = call->Output + outputRows[0];
                TSimd.PrefetchNear(f0); TSimd.PrefetchNear(f0 + TSimd.Width); TSimd.PrefetchNear(f0 + (2 * TSimd.Width)); TSimd.PrefetchNear(f0 + (3 * TSimd.Width));
                float* f1 = call->Output + outputRows[1];
                TSimd.PrefetchNear(f1); TSimd.PrefetchNear(f1 + TSimd.Width); TSimd.PrefetchNear(f1 + (2 * TSimd.Width)); TSimd.PrefetchNear(f1 + (3 * TSimd.Width));
                float* f2 = call->Output + outputRows[2];
                TSimd.PrefetchNear(f2); TSimd.PrefetchNear(f2 + TSimd.Width); TSimd.PrefetchNear(f2 + (2 * TSimd.Width)); TSimd.PrefetchNear(f2 + (3 * TSimd.Width));
                float* f3 = call->Output + outputRows[3];
                TSimd.PrefetchNear(f3); TSimd.PrefetchNear(f3 + TSimd.Width); TSimd.PrefetchNear(f3 + (2 * TSimd.Width)); TSimd.PrefetchNear(f3 + (3 * TSimd.Width));
                float* f4 = call->Output + outputRows[4];
                TSimd.PrefetchNear(f4); TSimd.PrefetchNear(f4 + TSimd.Width); TSimd.PrefetchNear(f4 + (2 * TSimd.Width)); TSimd.PrefetchNear(f4 + (3 * TSimd.Width));
                float* f5 = call->Output + outputRows[5];
                TSimd.PrefetchNear(f5); TSimd.PrefetchNear(f5 + TSimd.Width); TSimd.PrefetchNear(f5 + (2 * TSimd.Width)); TSimd.PrefetchNear(f5 + (3 * TSimd.Width));
            }

            TVector b0 = TSimd.Load(call->Bias); TVector b1 = TSimd.Load(call->Bias + TSimd.Width); TVector b2 = TSimd.Load(call->Bias + (2 * TSimd.Width)); TVector b3 = TSimd.Load(call->Bias + (3 * TSimd.Width));
            TVector s0a = b0, s0b = b1, s0c = b2, s0d = b3;
            TVector s1a = b0, s1b = b1, s1c = b2, s1d = b3;
            TVector s2a = b0, s2b = b1, s2c = b2, s2d = b3;
            TVector s3a = b0, s3b = b1, s3c = b2, s3d = b3;
            TVector s4a = b0, s4b = b1, s4c = b2, s4d = b3;
            TVector s5a = b0, s5b = b1, s5c = b2, s5d = b3;
            float* x0 = call->Input + inputRows[0];
            float* x1 = call->Input + inputRows[1];
            float* x2 = call->Input + inputRows[2];
            float* x3 = call->Input + inputRows[3];
            float* x4 = call->Input + inputRows[4];
            float* x5 = call->Input + inputRows[5];
            float* w = call->Weights;
            int* segment = call->Segments;
            int* lastSegment = segment + call->SegmentCount;
            nint length = call->SegmentLength;
            do
            {
                nint k = *segment++;
                nint end = k + length;
                do
                {
                    b0 = TSimd.Load(w); b1 = TSimd.Load(w + TSimd.Width); b2 = TSimd.Load(w + (2 * TSimd.Width)); b3 = TSimd.Load(w + (3 * TSimd.Width));
                    TVector i0 = TSimd.Broadcast(x0[k]);
                    s0a = TSimd.MultiplyAdd(i0, b0, s0a); s0b = TSimd.MultiplyAdd(i0, b1, s0b); s0c = TSimd.MultiplyAdd(i0, b2, s0c); s0d = TSimd.MultiplyAdd(i0, b3, s0d);
                    TVector i1 = TSimd.Broadcast(x1[k]);
                    s1a = TSimd.MultiplyAdd(i1, b0, s1a); s1b = TSimd.MultiplyAdd(i1, b1, s1b); s1c = TSimd.MultiplyAdd(i1, b2, s1c); s1d = TSimd.MultiplyAdd(i1, b3, s1d);
                    TVector i2 = TSimd.Broadcast(x2[k]);
                    s2a = TSimd.MultiplyAdd(i2, b0, s2a); s2b = TSimd.MultiplyAdd(i2, b1, s2b); s2c = TSimd.MultiplyAdd(i2, b2, s2c); s2d = TSimd.MultiplyAdd(i2, b3, s2d);
                    TVector i3 = TSimd.Broadcast(x3[k]);
                    s3a = TSimd.MultiplyAdd(i3, b0, s3a); s3b = TSimd.MultiplyAdd(i3, b1, s3b); s3c = TSimd.MultiplyAdd(i3, b2, s3c); s3d = TSimd.MultiplyAdd(i3, b3, s3d);
                    TVector i4 = TSimd.Broadcast(x4[k]);
                    s4a = TSimd.MultiplyAdd(i4, b0, s4a); s4b = TSimd.MultiplyAdd(i4, b1, s4b); s4c = TSimd.MultiplyAdd(i4, b2, s4c); s4d = TSimd.MultiplyAdd(i4, b3, s4d);
                    TVector i5 = TSimd.Broadcast(x5[k]);
                    s5a = TSimd.MultiplyAdd(i5, b0, s5a); s5b = TSimd.MultiplyAdd(i5, b1, s5b); s5c = TSimd.MultiplyAdd(i5, b2, s5c); s5d = TSimd.MultiplyAdd(i5, b3, s5d);
                    if (TPrefetch.IsOn)
                    {
                        TSimd.Prefetch((byte*)w + ahead);
                        TSimd.Prefetch((byte*)w + second);
                    }

                    w += 4 * TSimd.Width;
                    k++;
                }
                while (k < end);
            }
            while (segment < lastSegment);

            if (call->Residual != null)
            {
                float* r0 = call->Residual + residualRows[0];
                float* r1 = call->Residual + residualRows[1];
                float* r2 = call->Residual + residualRows[2];
                float* r3 = call->Residual + residualRows[3];
                float* r4 = call->Residual + residualRows[4];
                float* r5 = call->Residual + residualRows[5];
                s0a = TSimd.Add(s0a, TSimd.Load(r0)); s0b = TSimd.Add(s0b, TSimd.Load(r0 + TSimd.Width)); s0c = TSimd.Add(s0c, TSimd.Load(r0 + (2 * TSimd.Width))); s0d = TSimd.Add(s0d, TSimd.Load(r0 + (3 * TSimd.Width)));
                s1a = TSimd.Add(s1a, TSimd.Load(r1)); s1b = TSimd.Add(s1b, TSimd.Load(r1 + TSimd.Width)); s1c = TSimd.Add(s1c, TSimd.Load(r1 + (2 * TSimd.Width))); s1d = TSimd.Add(s1d, TSimd.Load(r1 + (3 * TSimd.Width)));
                s2a = TSimd.Add(s2a, TSimd.Load(r2)); s2b = TSimd.Add(s2b, TSimd.Load(r2 + TSimd.Width)); s2c = TSimd.Add(s2c, TSimd.Load(r2 + (2 * TSimd.Width))); s2d = TSimd.Add(s2d, TSimd.Load(r2 + (3 * TSimd.Width)));
                s3a = TSimd.Add(s3a, TSimd.Load(r3)); s3b = TSimd.Add(s3b, TSimd.Load(r3 + TSimd.Width)); s3c = TSimd.Add(s3c, TSimd.Load(r3 + (2 * TSimd.Width))); s3d = TSimd.Add(s3d, TSimd.Load(r3 + (3 * TSimd.Width)));
                s4a = TSimd.Add(s4a, TSimd.Load(r4)); s4b = TSimd.Add(s4b, TSimd.Load(r4 + TSimd.Width)); s4c = TSimd.Add(s4c, TSimd.Load(r4 + (2 * TSimd.Width))); s4d = TSimd.Add(s4d, TSimd.Load(r4 + (3 * TSimd.Width)));
                s5a = TSimd.Add(s5a, TSimd.Load(r5)); s5b = TSimd.Add(s5b, TSimd.Load(r5 + TSimd.Width)); s5c = TSimd.Add(s5c, TSimd.Load(r5 + (2 * TSimd.Width))); s5d = TSimd.Add(s5d, TSimd.Load(r5 + (3 * TSimd.Width)));
                residualRows += 6;
            }

            if (call->Slope != null)
            {
                TVector slope0 = TSimd.Load(call->Slope);
                TVector slope1 = TSimd.Load(call->Slope + TSimd.Width);
                TVector slope2 = TSimd.Load(call->Slope + (2 * TSimd.Width));
                TVector slope3 = TSimd.Load(call->Slope + (3 * TSimd.Width));
                s0a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0a), slope0, TSimd.Max(TSimd.Zero, s0a)); s0b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0b), slope1, TSimd.Max(TSimd.Zero, s0b)); s0c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0c), slope2, TSimd.Max(TSimd.Zero, s0c)); s0d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s0d), slope3, TSimd.Max(TSimd.Zero, s0d));
                s1a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1a), slope0, TSimd.Max(TSimd.Zero, s1a)); s1b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1b), slope1, TSimd.Max(TSimd.Zero, s1b)); s1c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1c), slope2, TSimd.Max(TSimd.Zero, s1c)); s1d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s1d), slope3, TSimd.Max(TSimd.Zero, s1d));
                s2a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2a), slope0, TSimd.Max(TSimd.Zero, s2a)); s2b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2b), slope1, TSimd.Max(TSimd.Zero, s2b)); s2c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2c), slope2, TSimd.Max(TSimd.Zero, s2c)); s2d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s2d), slope3, TSimd.Max(TSimd.Zero, s2d));
                s3a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3a), slope0, TSimd.Max(TSimd.Zero, s3a)); s3b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3b), slope1, TSimd.Max(TSimd.Zero, s3b)); s3c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3c), slope2, TSimd.Max(TSimd.Zero, s3c)); s3d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s3d), slope3, TSimd.Max(TSimd.Zero, s3d));
                s4a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4a), slope0, TSimd.Max(TSimd.Zero, s4a)); s4b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4b), slope1, TSimd.Max(TSimd.Zero, s4b)); s4c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4c), slope2, TSimd.Max(TSimd.Zero, s4c)); s4d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s4d), slope3, TSimd.Max(TSimd.Zero, s4d));
                s5a = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5a), slope0, TSimd.Max(TSimd.Zero, s5a)); s5b = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5b), slope1, TSimd.Max(TSimd.Zero, s5b)); s5c = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5c), slope2, TSimd.Max(TSimd.Zero, s5c)); s5d = TSimd.MultiplyAdd(TSimd.Min(TSimd.Zero, s5d), slope3, TSimd.Max(TSimd.Zero, s5d));
            }
            else
            {
                TVector low = TSimd.Broadcast(call->Low);
                TVector high = TSimd.Broadcast(call->High);
                s0a = TSimd.Min(high, TSimd.Max(low, s0a)); s0b = TSimd.Min(high, TSimd.Max(low, s0b)); s0c = TSimd.Min(high, TSimd.Max(low, s0c)); s0d = TSimd.Min(high, TSimd.Max(low, s0d));
                s1a = TSimd.Min(high, TSimd.Max(low, s1a)); s1b = TSimd.Min(high, TSimd.Max(low, s1b)); s1c = TSimd.Min(high, TSimd.Max(low, s1c)); s1d = TSimd.Min(high, TSimd.Max(low, s1d));
                s2a = TSimd.Min(high, TSimd.Max(low, s2a)); s2b = TSimd.Min(high, TSimd.Max(low, s2b)); s2c = TSimd.Min(high, TSimd.Max(low, s2c)); s2d = TSimd.Min(high, TSimd.Max(low, s2d));
                s3a = TSimd.Min(high, TSimd.Max(low, s3a)); s3b = TSimd.Min(high, TSimd.Max(low, s3b)); s3c = TSimd.Min(high, TSimd.Max(low, s3c)); s3d = TSimd.Min(high, TSimd.Max(low, s3d));
                s4a = TSimd.Min(high, TSimd.Max(low, s4a)); s4b = TSimd.Min(high, TSimd.Max(low, s4b)); s4c = TSimd.Min(high, TSimd.Max(low, s4c)); s4d = TSimd.Min(high, TSimd.Max(low, s4d));
                s5a = TSimd.Min(high, TSimd.Max(low, s5a)); s5b = TSimd.Min(high, TSimd.Max(low, s5b)); s5c = TSimd.Min(high, TSimd.Max(low, s5c)); s5d = TSimd.Min(high, TSimd.Max(low, s5d));
            }

            float* y0 = call->Output + outputRows[0];
            TSimd.Store(s0a, y0);
            TSimd.Store(s0b, y0 + TSimd.Width);
            TSimd.Store(s0c, y0 + (2 * TSimd.Width));
            float* y1 = call->Output + outputRows[1];
            TSimd.Store(s1a, y1);
            TSimd.Store(s1b, y1 + TSimd.Width);
            TSimd.Store(s1c, y1 + (2 * TSimd.Width));
            float* y2 = call->Output + outputRows[2];
            TSimd.Store(s2a, y2);
            TSimd.Store(s2b, y2 + TSimd.Width);
            TSimd.Store(s2c, y2 + (2 * TSimd.Width));
            float* y3 = call->Output + outputRows[3];
            TSimd.Store(s3a, y3);
            TSimd.Store(s3b, y3 + TSimd.Width);
            TSimd.Store(s3c, y3 + (2 * TSimd.Width));
            float* y4 = call->Output + outputRows[4];
            TSimd.Store(s4a, y4);
            TSimd.Store(s4b, y4 + TSimd.Width);
            TSimd.Store(s4c, y4 + (2 * TSimd.Width));
            float* y5 = call->Output + outputRows[5];
            TSimd.Store(s5a, y5);
            TSimd.Store(s5b, y5 + TSimd.Width);
            TSimd.Store(s5c, y5 + (2 * TSimd.Width));

            int lanes = call->LastLanes;
            if (lanes == TSimd.Width)
            {
                TSimd.Store(s0d, y0 + (3 * TSimd.Width));
                TSimd.Store(s1d, y1 + (3 * TSimd.Width));
                TSimd.Store(s2d, y2 + (3 * TSimd.Width));
                TSimd.Store(s3d, y3 + (3 * TSimd.Width));
                TSimd.Store(s4d, y4 + (3 * TSimd.Width));
                TSimd.Store(s5d, y5 + (3 * TSimd.Width));
            }
            else
            {
                TSimd.StorePartial(s0d, y0 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s1d, y1 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s2d, y2 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s3d, y3 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s4d, y4 + (3 * TSimd.Width), lanes);
                TSimd.StorePartial(s5d, y5 + (3 * TSimd.Width), lanes);
            }

            inputRows += 6;
            outputRows += 6;
            ahead += call->AheadStep;
            second += call->AheadStep;
        }
        while (--tiles > 0);
    }
}
