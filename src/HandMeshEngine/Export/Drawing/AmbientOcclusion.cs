using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HandMeshEngine.Export.Drawing;

/// <summary>
/// How much of its surroundings every vertex sees past the rest of the same hand (ambient occlusion): every other vertex
/// is a small disc that hides what lies behind it. Makes fingers stand out from the palm, from any viewpoint.
/// </summary>
internal sealed class AmbientOcclusion
{
    // Farther parts of the hand count less and, from here on, not at all, metres.
    private const float Reach = 0.06f;
    private const float Strength = 1.4f;

    private float[] _x = [], _y = [], _z = [], _normalX = [], _normalY = [], _normalZ = [], _area = [];

    /// <summary>Computes how much every vertex sees, 0 (enclosed) to 1 (free).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one picture per process is usual: no time to warm up
    public void Compute(HandMesh hand, Span<float> visible)
    {
        int padded = Load(hand);
        Vector256<float> falloff = Vector256.Create(-1 / (Reach * Reach));
        for (int i = 0; i < visible.Length; i++)
        {
            Vector256<float> x = Vector256.Create(_x[i]), y = Vector256.Create(_y[i]), z = Vector256.Create(_z[i]);
            Vector256<float> nx = Vector256.Create(_normalX[i]), ny = Vector256.Create(_normalY[i]), nz = Vector256.Create(_normalZ[i]);
            Vector256<float> hidden = Vector256<float>.Zero;
            for (int j = 0; j < padded; j += Vector256<float>.Count)
            {
                Vector256<float> dx = At(_x, j) - x, dy = At(_y, j) - y, dz = At(_z, j) - z;
                Vector256<float> squared = (dx * dx) + (dy * dy) + (dz * dz) + Vector256.Create(1e-8f);
                Vector256<float> mine = Vector256.Max((nx * dx) + (ny * dy) + (nz * dz), Vector256<float>.Zero);
                Vector256<float> theirs = Vector256.Max(
                    -((At(_normalX, j) * dx) + (At(_normalY, j) * dy) + (At(_normalZ, j) * dz)), Vector256<float>.Zero);
                Vector256<float> near = Vector256.Max(Vector256.FusedMultiplyAdd(squared, falloff, Vector256<float>.One), Vector256<float>.Zero);
                Vector256<float> area = At(_area, j);
                hidden += area * mine * theirs * near / (squared * ((squared * MathF.PI) + area));
            }

            visible[i] = 1 / (1 + (Strength * Vector256.Sum(hidden)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(float[] values, int index) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)index);

    // Coordinates apart, so that eight vertices fit a vector; the padding has no area and hides nothing.
    private int Load(HandMesh hand)
    {
        ReadOnlySpan<Vector3> vertices = hand.Vertices, normals = hand.Normals;
        int padded = (vertices.Length + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        if (_x.Length != padded)
        {
            (_x, _y, _z) = (new float[padded], new float[padded], new float[padded]);
            (_normalX, _normalY, _normalZ, _area) = (new float[padded], new float[padded], new float[padded], new float[padded]);
        }

        Array.Clear(_area);
        for (int i = 0; i < vertices.Length; i++)
        {
            (_x[i], _y[i], _z[i]) = (vertices[i].X, vertices[i].Y, vertices[i].Z);
            (_normalX[i], _normalY[i], _normalZ[i]) = (normals[i].X, normals[i].Y, normals[i].Z);
        }

        ReadOnlySpan<int> faces = hand.Faces;
        for (int f = 0; f < faces.Length; f += 3)
        {
            (int a, int b, int c) = (faces[f], faces[f + 1], faces[f + 2]);
            float third = Vector3.Cross(vertices[b] - vertices[a], vertices[c] - vertices[a]).Length() / 6;
            _area[a] += third;
            _area[b] += third;
            _area[c] += third;
        }

        return padded;
    }
}
