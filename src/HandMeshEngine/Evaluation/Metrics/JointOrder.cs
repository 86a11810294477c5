namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// How a data set numbers the 21 joints, as ours[i] = theirs[take[i]] (docs/evaluation.md, Joint orders). Ours is FreiHAND's,
/// MediaPipe's and Ge et al.'s: 0 wrist, then thumb, index, middle, ring, little with four joints each, base to tip.
/// </summary>
public sealed class JointOrder
{
    private readonly int[] _take;

    private JointOrder(string name, int[] take) => (Name, _take) = (name, take);

    /// <summary>FreiHAND, MediaPipe, Ge et al.: this library's order.</summary>
    public static JointOrder FreiHand { get; } = new("freihand", [.. Enumerable.Range(0, HandMesh.JointCount)]);

    /// <summary>HO-3D v2 and v3: wrist, three joints of index, middle, little, ring, thumb, then the tips from the thumb on.</summary>
    public static JointOrder Ho3d { get; } = new("ho3d", [0, 13, 14, 15, 16, 1, 2, 3, 17, 4, 5, 6, 18, 10, 11, 12, 19, 7, 8, 9, 20]);

    /// <summary>HandMesh's joint regressor: as HO-3D, tips index, middle, little, ring, thumb.</summary>
    public static JointOrder HandMeshRegressor { get; } = new("handmesh", [0, 13, 14, 15, 20, 1, 2, 3, 16, 4, 5, 6, 17, 10, 11, 12, 19, 7, 8, 9, 18]);

    /// <summary>RHD, one hand: wrist, then each finger from tip to base.</summary>
    public static JointOrder Rhd { get; } = new("rhd", [0, 4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9, 16, 15, 14, 13, 20, 19, 18, 17]);

    /// <summary>STB: middle of the palm, then little, ring, middle, index, thumb. Its joint 0 is no wrist: <see cref="WristFromPalm"/>.</summary>
    public static JointOrder Stb { get; } = new("stb", [0, 17, 18, 19, 20, 13, 14, 15, 16, 9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4]);

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>ours[i] = theirs[Take[i]].</summary>
    public ReadOnlySpan<int> Take => _take;

    /// <summary>Copies joints from the data set's order into ours.</summary>
    /// <param name="theirs">[21] joints.</param>
    /// <param name="ours">Receives 21 joints; must not overlap.</param>
    /// <exception cref="ArgumentException">A count is not 21.</exception>
    public void ToOurs(ReadOnlySpan<Vector3d> theirs, Span<Vector3d> ours)
    {
        Require21(theirs.Length, ours.Length);
        for (int i = 0; i < _take.Length; i++)
        {
            ours[i] = theirs[_take[i]];
        }
    }

    /// <summary>Copies joints from our order into the data set's.</summary>
    /// <param name="ours">[21] joints.</param>
    /// <param name="theirs">Receives 21 joints; must not overlap.</param>
    /// <exception cref="ArgumentException">A count is not 21.</exception>
    public void FromOurs(ReadOnlySpan<Vector3d> ours, Span<Vector3d> theirs)
    {
        Require21(ours.Length, theirs.Length);
        for (int i = 0; i < _take.Length; i++)
        {
            theirs[_take[i]] = ours[i];
        }
    }

    /// <summary>STB's rule for the wrist: twice the palm less the base of the ring finger.</summary>
    public static Vector3d WristFromPalm(Vector3d palm, Vector3d ringBase) => (2 * palm) - ringBase;

    /// <summary>RHD's rule for the palm: midway between the wrist and the base of the middle finger.</summary>
    public static Vector3d PalmFromWrist(Vector3d wrist, Vector3d middleBase) => (wrist + middleBase) * 0.5;

    private static void Require21(int from, int to)
    {
        if (from != HandMesh.JointCount || to < HandMesh.JointCount)
        {
            throw new ArgumentException($"a joint order maps {HandMesh.JointCount} joints, not {from}; check that these are the joints of one hand");
        }
    }
}
