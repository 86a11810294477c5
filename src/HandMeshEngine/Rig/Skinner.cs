using System.Runtime.Intrinsics;

namespace HandMeshEngine.Rig;

/// <summary>Moves the rest vertices with their bones: vertex = sum over bones of weight times bone map. One caller at a time.</summary>
internal sealed class Skinner
{
    private const int Columns = 4;

    private readonly Vector128<float>[] _columns = new Vector128<float>[256 * Columns]; // [bone, column], lane 3 is 0

    /// <summary>Skins a rig.</summary>
    /// <param name="rig">Rest vertices, weights, bone indices.</param>
    /// <param name="bones">One map a bone, skin order.</param>
    /// <param name="vertices">[1360], written.</param>
    public void Skin(HandRig rig, ReadOnlySpan<BoneMap> bones, Span<Vector3> vertices)
    {
        for (int bone = 0; bone < bones.Length; bone++)
        {
            Matrix3d m = bones[bone].Linear;
            _columns[(bone * Columns) + 0] = Column(m.M00, m.M10, m.M20);
            _columns[(bone * Columns) + 1] = Column(m.M01, m.M11, m.M21);
            _columns[(bone * Columns) + 2] = Column(m.M02, m.M12, m.M22);
            _columns[(bone * Columns) + 3] = Column(bones[bone].Offset.X, bones[bone].Offset.Y, bones[bone].Offset.Z);
        }

        for (int v = 0; v < vertices.Length; v++)
        {
            Vector128<float> x = Vector128.Create(rig.RestVertices[v].X);
            Vector128<float> y = Vector128.Create(rig.RestVertices[v].Y);
            Vector128<float> z = Vector128.Create(rig.RestVertices[v].Z);
            Vector4 weights = rig.Weights[v];
            uint indices = rig.BoneIndices[v];
            Vector128<float> sum = Weighted((int)(indices & 255), weights.X, x, y, z);
            sum += Weighted((int)((indices >> 8) & 255), weights.Y, x, y, z);
            sum += Weighted((int)((indices >> 16) & 255), weights.Z, x, y, z);
            sum += Weighted((int)(indices >> 24), weights.W, x, y, z);
            vertices[v] = sum.AsVector3();
        }
    }

    private static Vector128<float> Column(double x, double y, double z) => Vector128.Create((float)x, (float)y, (float)z, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Weighted(int bone, float weight, Vector128<float> x, Vector128<float> y, Vector128<float> z)
    {
        ReadOnlySpan<Vector128<float>> c = _columns.AsSpan(bone * Columns, Columns);
        Vector128<float> moved = Vector128.FusedMultiplyAdd(c[0], x, Vector128.FusedMultiplyAdd(c[1], y, Vector128.FusedMultiplyAdd(c[2], z, c[3])));
        return moved * weight;
    }
}
