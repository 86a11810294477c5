using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HandMeshEngine.Buffers;

/// <summary>
/// A few rows of a picture while faces are drawn into them: the nearest inverse distance of every pixel and its label. Small enough to
/// stay in the processor's cache while it is filled and read.
/// </summary>
internal sealed class PixelBand
{
    /// <summary>Rows of a band.</summary>
    public const int Rows = 16;

    private float[] _nearness = [];
    private int[] _labels = [];
    private int _stride;
    private int _top;
    private int _left;
    private int _right;

    /// <summary>Moves the band and makes it empty.</summary>
    /// <param name="top">First row.</param>
    /// <param name="left">First column that is drawn into.</param>
    /// <param name="right">Last column that is drawn into.</param>
    /// <param name="width">Columns of the picture.</param>
    public void Clear(int top, int left, int right, int width)
    {
        (_top, _left, _right) = (top, left, right);
        _stride = width + Vector256<float>.Count; // room for the last vector of a row
        if (_nearness.Length < _stride * Rows)
        {
            (_nearness, _labels) = (new float[_stride * Rows], new int[_stride * Rows]);
        }

        for (int row = 0; row < Rows && left <= right; row++)
        {
            _nearness.AsSpan((row * _stride) + left, right - left + Vector256<float>.Count).Clear();
        }
    }

    /// <summary>Draws the part of a face that lies in the band, at a pinhole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(in DrawnFace face)
    {
        ref float nearness = ref MemoryMarshal.GetArrayDataReference(_nearness);
        ref int labels = ref MemoryMarshal.GetArrayDataReference(_labels);
        Vector256<float> lanes = Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
        Vector256<float> x0 = Vector256.Create(face.Edge0.X), x1 = Vector256.Create(face.Edge1.X), x2 = Vector256.Create(face.Edge2.X);
        Vector256<float> slope = Vector256.Create(face.Nearness.X), least = Vector256.Create(face.Least), most = Vector256.Create(face.Most);
        Vector256<int> label = Vector256.Create(face.Label);
        int last = Math.Min(face.Bottom, _top + Rows - 1);
        for (int row = Math.Max(face.Top, _top); row <= last; row++)
        {
            Vector256<float> row0 = Vector256.Create((face.Edge0.Y * row) + face.Edge0.Z);
            Vector256<float> row1 = Vector256.Create((face.Edge1.Y * row) + face.Edge1.Z);
            Vector256<float> row2 = Vector256.Create((face.Edge2.Y * row) + face.Edge2.Z);
            Vector256<float> start = Vector256.Create((face.Nearness.Y * (row - face.Anchor.Y)) + face.Nearness.Z);
            for (int column = face.Left; column <= face.Right; column += Vector256<float>.Count)
            {
                Vector256<float> u = Vector256.Create((float)column) + lanes;
                Vector256<float> inside = Vector256.GreaterThanOrEqual(Vector256.MultiplyAddEstimate(x0, u, row0), Vector256<float>.Zero)
                    & Vector256.GreaterThanOrEqual(Vector256.MultiplyAddEstimate(x1, u, row1), Vector256<float>.Zero)
                    & Vector256.GreaterThanOrEqual(Vector256.MultiplyAddEstimate(x2, u, row2), Vector256<float>.Zero);
                if (inside == Vector256<float>.Zero)
                {
                    continue;
                }

                Vector256<float> mine = Vector256.MultiplyAddEstimate(slope, u - Vector256.Create(face.Anchor.X), start);
                Keep(ref nearness, ref labels, ((row - _top) * _stride) + column, inside, Vector256.MinNative(Vector256.MaxNative(mine, least), most), label);
            }
        }
    }

    /// <summary>Draws the part of a face that lies in the band, behind a lens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(in DrawnFace face, PixelRays rays)
    {
        ref float nearness = ref MemoryMarshal.GetArrayDataReference(_nearness);
        ref int labels = ref MemoryMarshal.GetArrayDataReference(_labels);
        Vector256<float> least = Vector256.Create(face.Least), most = Vector256.Create(face.Most);
        Vector256<int> label = Vector256.Create(face.Label);
        int last = Math.Min(face.Bottom, _top + Rows - 1);
        for (int row = Math.Max(face.Top, _top); row <= last; row++)
        {
            for (int column = face.Left; column <= face.Right; column += Vector256<float>.Count)
            {
                nuint at = (nuint)((row * rays.Stride) + column);
                Vector256<float> x = Vector256.LoadUnsafe(in rays.X, at), y = Vector256.LoadUnsafe(in rays.Y, at), z = Vector256.LoadUnsafe(in rays.Z, at);
                Vector256<float> inside = Vector256.GreaterThanOrEqual(Dot(face.Edge0, x, y, z), Vector256<float>.Zero)
                    & Vector256.GreaterThanOrEqual(Dot(face.Edge1, x, y, z), Vector256<float>.Zero)
                    & Vector256.GreaterThanOrEqual(Dot(face.Edge2, x, y, z), Vector256<float>.Zero);
                if (inside == Vector256<float>.Zero)
                {
                    continue;
                }

                Vector256<float> mine = Vector256.MinNative(Vector256.MaxNative(Dot(face.Nearness, x, y, z), least), most);
                Keep(ref nearness, ref labels, ((row - _top) * _stride) + column, inside, mine, label);
            }
        }
    }

    /// <summary>Writes the rows of the band that the picture has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in HandBuffers buffers, PixelRays rays)
    {
        for (int row = 0; row < Rows && _top + row < buffers.Height; row++)
        {
            int y = _top + row;
            WriteDepth(buffers.DepthRow(y), buffers.Measure, buffers.Background, row, rays);
            WriteBytes(buffers.MaskRow(y), row, isMask: true);
            WriteBytes(buffers.PartsRow(y), row, isMask: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Dot(Vector3 n, Vector256<float> x, Vector256<float> y, Vector256<float> z) =>
        Vector256.MultiplyAddEstimate(
            Vector256.Create(n.X), x, Vector256.MultiplyAddEstimate(Vector256.Create(n.Y), y, Vector256.Create(n.Z) * z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(ref float nearness, ref int labels, int at, Vector256<float> inside, Vector256<float> mine, Vector256<int> label)
    {
        Vector256<float> there = Vector256.LoadUnsafe(ref nearness, (nuint)at);
        Vector256<float> wins = inside & Vector256.GreaterThan(mine, there);
        Vector256.ConditionalSelect(wins, mine, there).StoreUnsafe(ref nearness, (nuint)at);
        Vector256.ConditionalSelect(wins.AsInt32(), label, Vector256.LoadUnsafe(ref labels, (nuint)at)).StoreUnsafe(ref labels, (nuint)at);
    }

    private void WriteDepth(Span<float> depth, DepthMeasure measure, float background, int row, PixelRays rays)
    {
        if (depth.IsEmpty)
        {
            return;
        }

        (int left, int right) = _left <= _right ? (_left, _right) : (0, -1);
        depth[..left].Fill(background);
        depth[(right + 1)..].Fill(background);
        ref float to = ref MemoryMarshal.GetReference(depth);
        ref float from = ref MemoryMarshal.GetArrayDataReference(_nearness);
        Vector256<float> lanes = Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f), one = Vector256<float>.One;
        Camera camera = rays.Camera;
        float sx = (float)(1 / camera.Fx), cx = (float)(-camera.Cx / camera.Fx), y = (float)((_top + row - camera.Cy) / camera.Fy);
        bool turns = rays.HasLens != (measure == DepthMeasure.AlongRay);
        for (int column = left; column <= right; column += Vector256<float>.Count)
        {
            Vector256<float> mine = Vector256.LoadUnsafe(ref from, (nuint)((row * _stride) + column)), metres = one / mine;
            if (turns && rays.HasLens)
            {
                metres *= Vector256.LoadUnsafe(in rays.Z, (nuint)(((_top + row) * rays.Stride) + column));
            }
            else if (turns)
            {
                Vector256<float> x = Vector256.MultiplyAddEstimate(Vector256.Create(sx), Vector256.Create((float)column) + lanes, Vector256.Create(cx));
                metres *= Vector256.Sqrt(Vector256.MultiplyAddEstimate(x, x, Vector256.Create((y * y) + 1)));
            }

            metres = Vector256.ConditionalSelect(Vector256.GreaterThan(mine, Vector256<float>.Zero), metres, Vector256.Create(background));
            if (column + Vector256<float>.Count <= depth.Length)
            {
                metres.StoreUnsafe(ref to, (nuint)column);
            }
            else
            {
                for (int i = 0; column + i <= right; i++)
                {
                    depth[column + i] = metres[i];
                }
            }
        }

        // The last vector may have written beyond the faces, but only what holds there.
    }

    private void WriteBytes(Span<byte> bytes, int row, bool isMask)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        (int left, int right) = _left <= _right ? (_left, _right) : (0, -1);
        bytes[..left].Clear();
        bytes[(right + 1)..].Clear();
        ref float from = ref MemoryMarshal.GetArrayDataReference(_nearness);
        ref int labels = ref MemoryMarshal.GetArrayDataReference(_labels);
        ref byte to = ref MemoryMarshal.GetReference(bytes);
        for (int column = left; column <= right; column += Vector256<float>.Count)
        {
            nuint at = (nuint)((row * _stride) + column);
            Vector256<int> covered = Vector256.GreaterThan(Vector256.LoadUnsafe(ref from, at), Vector256<float>.Zero).AsInt32();
            Vector256<int> values = covered & (isMask ? Vector256.Create(255) : Vector256.LoadUnsafe(ref labels, at));
            Vector128<short> pairs = Vector128.Narrow(values.GetLower(), values.GetUpper());
            ulong eight = Vector128.Narrow(pairs.AsUInt16(), pairs.AsUInt16()).AsUInt64()[0];
            if (column + Vector256<float>.Count <= bytes.Length)
            {
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, column), eight);
            }
            else
            {
                for (int i = 0; column + i <= right; i++)
                {
                    bytes[column + i] = (byte)(eight >> (8 * i));
                }
            }
        }
    }
}
