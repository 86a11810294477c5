namespace HandMeshEngine;

/// <summary>
/// Pixel indices of an upright image as those of the frame that stores it: x = Xu u + Xv v + X0, y = Yu u + Yv v + Y0. The linear part
/// turns and reflects: its inverse is its transpose, and it turns directions as well.
/// </summary>
public readonly record struct PixelMap(int Xu, int Xv, int X0, int Yu, int Yv, int Y0)
{
    /// <summary>Nothing moves.</summary>
    public bool IsIdentity => Xu == 1 && Yv == 1;

    /// <summary>The map of an orientation for a stored frame of this size.</summary>
    public static PixelMap ToStored(FrameOrientation orientation, int width, int height)
    {
        PixelMap turn = orientation.QuarterTurns switch
        {
            0 => new(1, 0, 0, 0, 1, 0),
            1 => new(0, 1, 0, -1, 0, height - 1),
            2 => new(-1, 0, width - 1, 0, -1, height - 1),
            _ => new(0, -1, width - 1, 1, 0, 0),
        };
        int last = (orientation.IsSideways ? height : width) - 1;
        return orientation.Mirrored
            ? new(-turn.Xu, turn.Xv, turn.X0 + (turn.Xu * last), -turn.Yu, turn.Yv, turn.Y0 + (turn.Yu * last))
            : turn;
    }

    /// <summary>The stored pixel of an upright one.</summary>
    public (int X, int Y) Apply(int u, int v) => ((Xu * u) + (Xv * v) + X0, (Yu * u) + (Yv * v) + Y0);

    /// <summary>Writes O M: a matrix [3, 3] that ends in upright positions becomes one that ends in stored positions.</summary>
    public void Prepend(ReadOnlySpan<double> upright, Span<double> stored)
    {
        for (int column = 0; column < 3; column++)
        {
            double u = upright[column], v = upright[3 + column], w = upright[6 + column];
            stored[column] = (Xu * u) + (Xv * v) + (X0 * w);
            stored[3 + column] = (Yu * u) + (Yv * v) + (Y0 * w);
            stored[6 + column] = w;
        }
    }

    /// <summary>The same for a matrix that ends in rays: they are turned, nothing is shifted.</summary>
    public void Turn(ReadOnlySpan<double> upright, Span<double> stored) => (this with { X0 = 0, Y0 = 0 }).Prepend(upright, stored);
}
