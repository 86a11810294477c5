using HandMeshEngine.Rig;

namespace HandMeshEngine.Buffers;

/// <summary>Which part of the hand a face belongs to: that of most of its corners (docs/buffers.md). Reuses its buffers.</summary>
internal sealed class PartLabels
{
    private static readonly Lazy<byte[]> _left = new(() => OfRig(HandRig.Left));
    private static readonly Lazy<byte[]> _right = new(() => OfRig(HandRig.Right));

    private byte[] _corners = [];
    private byte[] _faces = [];

    /// <summary>A <see cref="HandPart"/> for each face.</summary>
    public ReadOnlySpan<byte> Of(HandMesh hand)
    {
        // The rig says it by its weights, whatever the pose; of another mesh only the joints are known.
        if (ReferenceEquals(hand.Surface, HandRig.Right.Surface))
        {
            return _right.Value;
        }

        if (ReferenceEquals(hand.Surface, HandRig.Left.Surface))
        {
            return _left.Value;
        }

        int faces = hand.Faces.Length / 3;
        if (_corners.Length < hand.Vertices.Length || _faces.Length < faces)
        {
            (_corners, _faces) = (new byte[hand.Vertices.Length], new byte[faces]);
        }

        NearestBones(hand.Vertices, hand.Joints, _corners);
        ToFaces(_corners, hand.Faces, _faces);
        return _faces.AsSpan(0, faces);
    }

    private static byte[] OfRig(HandRig rig)
    {
        byte[] partOfBone = new byte[rig.BoneNames.Length];
        Array.Fill(partOfBone, (byte)HandPart.Palm);
        for (int finger = 0; finger < rig.Chains.Length; finger++)
        {
            FingerChain chain = rig.Chains[finger];
            foreach (int bone in chain.IsThumb ? chain.Bones : chain.Bones[1..])
            {
                partOfBone[bone] = (byte)((int)HandPart.Thumb + finger);
            }

            partOfBone[chain.TipBone] = (byte)((int)HandPart.Thumb + finger);
        }

        byte[] corners = new byte[rig.RestVertices.Length], faces = new byte[rig.Surface.Faces.Length / 3];
        Span<float> shares = stackalloc float[8];
        for (int v = 0; v < corners.Length; v++)
        {
            shares.Clear();
            for (int k = 0; k < HandRig.Influences; k++)
            {
                shares[partOfBone[(rig.BoneIndices[v] >> (8 * k)) & 255]] += rig.Weights[v][k];
            }

            for (int part = (int)HandPart.Palm; part <= (int)HandPart.Little; part++)
            {
                corners[v] = corners[v] == 0 || shares[part] > shares[corners[v]] ? (byte)part : corners[v];
            }
        }

        ToFaces(corners, rig.Surface.Faces, faces);
        return faces;
    }

    // The bones of a hand as segments between joints: five from the wrist to the knuckles for the palm, three a finger.
    private static void NearestBones(ReadOnlySpan<Vector3> vertices, ReadOnlySpan<Vector3> joints, Span<byte> parts)
    {
        const int bones = HandMesh.JointCount - 1;
        Span<Vector3> along = stackalloc Vector3[bones];
        Span<float> scale = stackalloc float[bones];
        for (int i = 0; i < bones; i++)
        {
            along[i] = joints[i + 1] - joints[From(i)];
            float length = along[i].LengthSquared();
            scale[i] = length > 0 ? 1 / length : 0;
        }

        for (int v = 0; v < vertices.Length; v++)
        {
            float least = float.PositiveInfinity;
            int nearest = 0;
            for (int i = 0; i < bones; i++)
            {
                Vector3 offset = vertices[v] - joints[From(i)];
                float t = Math.Clamp(Vector3.Dot(offset, along[i]) * scale[i], 0, 1);
                float distance = (offset - (t * along[i])).LengthSquared();
                (least, nearest) = distance < least ? (distance, i) : (least, nearest);
            }

            parts[v] = (byte)(nearest % 4 == 0 ? HandPart.Palm : HandPart.Thumb + (nearest / 4));
        }

        static int From(int bone) => bone % 4 == 0 ? 0 : bone;
    }

    private static void ToFaces(ReadOnlySpan<byte> corners, ReadOnlySpan<int> faces, Span<byte> parts)
    {
        for (int f = 0; f < faces.Length; f += 3)
        {
            byte b = corners[faces[f + 1]];
            parts[f / 3] = b == corners[faces[f + 2]] ? b : corners[faces[f]];
        }
    }
}
