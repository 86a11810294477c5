namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// A triangle in sample coordinates: its barycentric coordinates and its nearness as linear functions of the position
/// relative to its first corner, where differences are small and float32 is exact enough to leave no cracks.
/// </summary>
internal readonly struct TriangleSetup
{
    // Neighbours overlap by this much, so that rounding leaves no hole between them.
    private const float Slack = 1e-4f;

    private readonly float _x0, _y0;
    private readonly Edge _ab, _bc, _ca;
    private readonly float _bX, _bY, _cX, _cY;
    private readonly float _near, _nearX, _nearY;

    /// <summary>Prepares the triangle a, b, c (x, y in samples, z nearness).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TriangleSetup(Vector3 a, Vector3 b, Vector3 c, int vertexA, int vertexB, int vertexC)
    {
        Vector3 ab = b - a, ac = c - a;
        float area = (ab.X * ac.Y) - (ab.Y * ac.X);
        (_x0, _y0) = (a.X, a.Y);
        (_bX, _bY) = (ac.Y / area, -ac.X / area);
        (_cX, _cY) = (-ab.Y / area, ab.X / area);
        _near = a.Z;
        _nearX = (_bX * ab.Z) + (_cX * ac.Z);
        _nearY = (_bY * ab.Z) + (_cY * ac.Z);
        _ca = new Edge(_bX, _bY, 0);
        _ab = new Edge(_cX, _cY, 0);
        _bc = new Edge(-_bX - _cX, -_bY - _cY, 1);
        (A, B, C) = (vertexA, vertexB, vertexC);
        Top = (int)MathF.Ceiling(MathF.Min(a.Y, MathF.Min(b.Y, c.Y)) - Slack);
        Bottom = (int)MathF.Floor(MathF.Max(a.Y, MathF.Max(b.Y, c.Y)) + Slack);
        Left = (int)MathF.Ceiling(MathF.Min(a.X, MathF.Min(b.X, c.X)) - Slack);
        Right = (int)MathF.Floor(MathF.Max(a.X, MathF.Max(b.X, c.X)) + Slack);
        ShowsBack = area > 0;
        IsVisible = area != 0 && float.IsFinite(area * a.Z) && Bottom >= Top && Right >= Left;
    }

    /// <summary>Vertex index of the first corner.</summary>
    public int A { get; }

    /// <summary>Vertex index of the second corner.</summary>
    public int B { get; }

    /// <summary>Vertex index of the third corner.</summary>
    public int C { get; }

    /// <summary>First sample row that may be covered.</summary>
    public int Top { get; }

    /// <summary>Last sample row that may be covered.</summary>
    public int Bottom { get; }

    /// <summary>First sample column that may be covered.</summary>
    public int Left { get; }

    /// <summary>Last sample column that may be covered.</summary>
    public int Right { get; }

    /// <summary>The viewer sees the inside of the surface: faces are counter-clockwise in camera axes, whose y points down.</summary>
    public bool ShowsBack { get; }

    /// <summary>There is something to draw.</summary>
    public bool IsVisible { get; }

    /// <summary>Nearness grows by this from one sample to the next.</summary>
    public float NearnessStep => _nearX;

    /// <summary>Nearness at a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Nearness(float x, float y) => _near + (_nearX * (x - _x0)) + (_nearY * (y - _y0));

    /// <summary>Shares of the three corners at a sample, kept inside the triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3 Weights(float x, float y)
    {
        float dx = x - _x0, dy = y - _y0;
        float b = Math.Clamp((_bX * dx) + (_bY * dy), 0, 1);
        float c = Math.Clamp((_cX * dx) + (_cY * dy), 0, 1 - b);
        return new Vector3(1 - b - c, b, c);
    }

    /// <summary>First and last covered sample of a row; first is greater than last if none is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int First, int Last) Span(int row)
    {
        float dy = row - _y0;
        float left = MathF.Max(MathF.Max(_ab.Left(dy), _bc.Left(dy)), _ca.Left(dy));
        float right = MathF.Min(MathF.Min(_ab.Right(dy), _bc.Right(dy)), _ca.Right(dy));
        return left > right
            ? (1, 0)
            : ((int)MathF.Ceiling(left + _x0 - Slack), (int)MathF.Floor(right + _x0 + Slack));
    }

    // Where a row crosses an edge: the triangle lies right of a left edge and left of a right edge. What a horizontal
    // edge would forbid, the range of rows forbids already.
    private readonly struct Edge
    {
        private const float Far = 1e9f;

        private readonly float _left, _leftStep, _right, _rightStep;

        // The triangle lies where slopeX x + slopeY y + offset >= 0.
        public Edge(float slopeX, float slopeY, float offset)
        {
            (_left, _leftStep, _right, _rightStep) = (-Far, 0, Far, 0);
            if (slopeX > 0)
            {
                (_left, _leftStep) = (-offset / slopeX, -slopeY / slopeX);
            }
            else if (slopeX < 0)
            {
                (_right, _rightStep) = (-offset / slopeX, -slopeY / slopeX);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Left(float dy) => _left + (_leftStep * dy);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Right(float dy) => _right + (_rightStep * dy);
    }
}
