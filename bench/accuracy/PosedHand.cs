namespace HandMeshEngine.Bench.Accuracy;

/// <summary>The rig with somebody's proportions in a pose, upright in its own frame: the truth of a scene.</summary>
internal sealed class PosedHand
{
    private readonly HandRig _rig;
    private readonly BoneMap[] _bones;

    public PosedHand(Person person, HandPose pose)
    {
        _rig = person.Side == Handedness.Right ? HandRig.Right : HandRig.Left;
        _bones = new BoneMap[_rig.Heads.Length];
        Palmar = PalmarSide(_rig);
        Vector3d along = (_rig.RestJoints[9] - _rig.RestJoints[0]).Normalized();
        Vector3d across = Vector3d.Cross(along, Palmar).Normalized();
        Vector3d thick = Vector3d.Cross(across, along);
        Matrix3d palm = Matrix3d.Outer(along, along) + (Matrix3d.Outer(across, across) * person.PalmWidth) + (Matrix3d.Outer(thick, thick) * person.PalmThickness);
        Vector3d wrist = _rig.Heads[_rig.WristBone];
        var root = new BoneMap(palm, wrist - (palm * wrist));
        _bones[_rig.WristBone] = root;
        for (int finger = 0; finger < _rig.Chains.Length; finger++)
        {
            Pose(_rig.Chains[finger], finger, person, pose, root);
        }

        Joints[0] = wrist;
        foreach (FingerChain chain in _rig.Chains)
        {
            for (int i = 0; i < 4; i++)
            {
                // Knuckles where the network puts them move with the palm.
                int last = chain.Bones.Length - 1;
                int bone = chain.IsThumb ? Math.Min(i, last) : i == 0 ? 0 : Math.Min(i + 1, last);
                Vector3d rest = i == 3 ? chain.Heads[^1] : _rig.KeyJoints[chain.FirstJoint + i];
                Joints[chain.FirstJoint + i] = At(_bones[chain.Bones[bone]], rest);
            }
        }

        new Skinner().Skin(_rig, _bones, Vertices);
        Resize(person.Size / HandSize.Bones(Joints), wrist);
    }

    /// <summary>[21] metres.</summary>
    public Vector3d[] Joints { get; } = new Vector3d[HandMesh.JointCount];

    /// <summary>[1360] metres.</summary>
    public Vector3[] Vertices { get; } = new Vector3[HandRig.Right.Surface.VertexCount];

    /// <summary>Unit vector out of the palm at rest.</summary>
    public Vector3d Palmar { get; }

    /// <summary>Its faces.</summary>
    public MeshSurface Surface => _rig.Surface;

    /// <summary>The rig that was posed.</summary>
    public HandRig Rig => _rig;

    /// <summary>Size of the hand by that of the rig.</summary>
    public double Scale { get; private set; } = 1;

    // The thumb stands on the palm's side of the hand.
    private static Vector3d PalmarSide(HandRig rig)
    {
        Vector3d normal = Vector3d.Cross(rig.RestJoints[5] - rig.RestJoints[0], rig.RestJoints[17] - rig.RestJoints[0]).Normalized();
        return normal * Math.Sign(Vector3d.Dot(rig.RestJoints[4] - rig.RestJoints[0], normal));
    }

    private static Vector3d At(in BoneMap bone, Vector3d point) => (bone.Linear * point) + bone.Offset;

    private static Matrix3d Turn(Vector3d from, Vector3d toward, double angle)
    {
        Vector3d axis = Vector3d.Cross(from, toward).Normalized() * Math.Sin(angle / 2);
        return Rotations.FromQuaternion(Math.Cos(angle / 2), axis.X, axis.Y, axis.Z);
    }

    private void Pose(FingerChain chain, int finger, Person person, HandPose pose, in BoneMap palm)
    {
        Matrix3d turn = Matrix3d.Identity;
        Vector3d place = At(palm, chain.Heads[0]);
        Vector3d inward = chain.IsThumb ? _rig.RestJoints[13] - chain.Heads[^1] : Palmar;
        for (int i = 0; i < chain.Bones.Length; i++)
        {
            Vector3d direction = (chain.Heads[i + 1] - chain.Heads[i]).Normalized();
            if (!chain.IsThumb && i == 0)
            {
                _bones[chain.Bones[0]] = palm;
                place = At(palm, chain.Heads[1]);
                continue;
            }

            if (chain.IsThumb)
            {
                turn *= i == 0 ? Turn(direction, inward, pose.Thumb[0]) * Turn(direction, Palmar, pose.Thumb[1]) : Turn(direction, inward, pose.Thumb[i + 1]);
            }
            else
            {
                double aside = i == 1 ? pose.Spread * (finger - 2.2) : 0;
                Vector3d little = _rig.RestJoints[17] - _rig.RestJoints[5];
                turn *= Turn(direction, little, aside) * Turn(direction, Palmar, pose.Bends[(3 * (finger - 1)) + i - 1]);
            }

            double length = person.Lengths[(3 * finger) + (chain.IsThumb ? i : i - 1)];
            Matrix3d shape = (Matrix3d.Identity * person.Girth) + (Matrix3d.Outer(direction, direction) * (length - person.Girth));
            Matrix3d linear = turn * shape;
            _bones[chain.Bones[i]] = new BoneMap(linear, place - (linear * chain.Heads[i]));
            place = At(_bones[chain.Bones[i]], chain.Heads[i + 1]);
        }

        _bones[chain.TipBone] = _bones[chain.Bones[^1]];
    }

    private void Resize(double factor, Vector3d wrist)
    {
        Scale = factor;
        foreach (ref Vector3d joint in Joints.AsSpan())
        {
            joint = (joint - wrist) * factor;
        }

        foreach (ref Vector3 vertex in Vertices.AsSpan())
        {
            vertex = (vertex - wrist.ToSingle()) * (float)factor;
        }
    }
}
