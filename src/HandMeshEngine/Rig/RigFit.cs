namespace HandMeshEngine.Rig;

/// <summary>
/// Poses the rig on 21 joints, closed form: a palm similarity, then each finger bone turned and stretched onto its
/// joints (docs/systems/mediapipe-hand.md 8). Holds its last result; one caller at a time.
/// </summary>
internal sealed class RigFit
{
    // Across a bone the rig is this much thicker than its length ratio says; measured on silhouettes.
    private const double Girth = 1.15;
    private const double LeastStretch = 0.5;
    private const double MostStretch = 1.8;

    private readonly BoneMap[] _bones = new BoneMap[25];
    private readonly BonePose[] _poses = new BonePose[25];

    /// <summary>One affine map a bone, skin order: rest vertex to posed vertex.</summary>
    public ReadOnlySpan<BoneMap> Bones => _bones;

    /// <summary>The same maps taken apart, skin order; tips carry no weight and are not among them.</summary>
    public ReadOnlySpan<BonePose> Poses => _poses;

    /// <summary>R of the palm similarity x -> s R x + t.</summary>
    public Matrix3d PalmRotation { get; private set; }

    /// <summary>s of the palm similarity.</summary>
    public double PalmScale { get; private set; }

    /// <summary>t of the palm similarity, metres.</summary>
    public Vector3d PalmTranslation { get; private set; }

    // Wrist and the four knuckles move as one plate.
    private static ReadOnlySpan<int> Palm => [0, 5, 9, 13, 17];

    /// <summary>Fits <paramref name="rig"/> to 21 landmarks (metres, any frame).</summary>
    public void Solve(HandRig rig, ReadOnlySpan<Vector3d> joints) => Solve(rig, rig.KeyJoints, joints);

    /// <summary>Fits <paramref name="rig"/> to 21 joints (metres, any frame).</summary>
    /// <param name="rig">Rest pose.</param>
    /// <param name="key">[21] where the joints lie on the resting rig, one of its two sets.</param>
    /// <param name="joints">[21] where they are to go.</param>
    /// <param name="movesPalm">The joints are the network's landmarks: wrist and knuckles are moved to where the rig has them (8.1).</param>
    public void Solve(HandRig rig, Vector3d[] key, ReadOnlySpan<Vector3d> joints, bool movesPalm = false)
    {
        AlignPalm(key, joints);
        double size = HandSize.Bones(joints) / HandSize.Bones(key);
        if (movesPalm)
        {
            Span<Vector3d> moved = stackalloc Vector3d[HandMesh.JointCount];
            joints.CopyTo(moved);
            LandmarkOffsets.Apply(moved, PalmRotation * rig.PalmAxis * size, PalmRotation * rig.PalmNormal * size);
            Solve(rig, key, moved);
            return;
        }

        Place(rig.WristBone, PalmRotation, rig.PalmAxis, PalmScale, size, rig.Heads[rig.WristBone], joints[0]);
        foreach (FingerChain chain in rig.Chains)
        {
            PoseFinger(rig, key, chain, joints, size);
        }
    }

    // Umeyama's similarity from the rig's key points to the joints.
    private void AlignPalm(ReadOnlySpan<Vector3d> key, ReadOnlySpan<Vector3d> joints)
    {
        Span<Vector3d> from = stackalloc Vector3d[Palm.Length], to = stackalloc Vector3d[Palm.Length];
        for (int i = 0; i < Palm.Length; i++)
        {
            (from[i], to[i]) = (key[Palm[i]], joints[Palm[i]]);
        }

        Vector3d fromMean = Vector3d.Mean(from), toMean = Vector3d.Mean(to);
        for (int i = 0; i < Palm.Length; i++)
        {
            from[i] -= fromMean;
            to[i] -= toMean;
        }

        PalmRotation = Rotations.Align(from, to);
        double matched = 0, spread = 0;
        for (int i = 0; i < Palm.Length; i++)
        {
            matched += Vector3d.Dot(to[i], PalmRotation * from[i]);
            spread += from[i].LengthSquared;
        }

        PalmScale = matched / spread;
        PalmTranslation = toMean - (PalmScale * (PalmRotation * fromMean));
    }

    private void PoseFinger(HandRig rig, Vector3d[] key, FingerChain chain, ReadOnlySpan<Vector3d> joints, double size)
    {
        Span<Vector3d> targets = stackalloc Vector3d[chain.Heads.Length];
        int knuckle = targets.Length - 4;
        joints.Slice(chain.FirstJoint, 4).CopyTo(targets[knuckle..]);
        if (!chain.IsThumb)
        {
            int joint = chain.FirstJoint;
            targets[knuckle] += PalmScale * (PalmRotation * (rig.RestJoints[joint] - key[joint]));
            targets[0] = joints[0] + (PalmScale * (PalmRotation * (chain.Heads[0] - key[0])));
        }

        Matrix3d rotation = PalmRotation;
        for (int i = 0; i < chain.Bones.Length; i++)
        {
            Vector3d rest = chain.Heads[i + 1] - chain.Heads[i], target = targets[i + 1] - targets[i];
            Vector3d direction = rest.Normalized();
            rotation = Rotations.Minimal(rotation * direction, target.Normalized()) * rotation;
            double stretch = size * Math.Clamp(target.Length / (size * rest.Length), LeastStretch, MostStretch);
            Place(chain.Bones[i], rotation, direction, stretch, size, chain.Heads[i], targets[i]);
        }

        _bones[chain.TipBone] = _bones[chain.Bones[^1]];
    }

    // Turned by R; along the bone stretched, across it grown by the girth.
    private void Place(int bone, in Matrix3d rotation, Vector3d along, double stretch, double size, Vector3d head, Vector3d target)
    {
        double girth = Girth * size;
        Matrix3d linear = rotation * ((Matrix3d.Identity * girth) + (Matrix3d.Outer(along, along) * (stretch - girth)));
        _bones[bone] = new BoneMap(linear, target - (linear * head));
        _poses[bone] = new BonePose(rotation, target, girth, stretch);
    }
}
