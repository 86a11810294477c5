using HandMeshEngine.Rig;

namespace HandMeshEngine;

/// <summary>
/// A hand as joints that turn, in the frame of its mesh: WebXR's 25 joints, rotations for an avatar or a robot, joint angles. Every
/// system's 21 joints are fitted by the same skeleton, the default system's mesh with it (<see cref="HandSkeleton"/>,
/// docs/tracking.md). Belongs to a <see cref="HandMesh"/> and changes with it.
/// </summary>
public sealed class HandPose
{
    private readonly RigFit _fit = new();
    private readonly Vector3d[] _places = new Vector3d[HandMesh.JointCount];
    private readonly JointPose[] _joints = new JointPose[HandSkeleton.JointCount];
    private readonly JointPose[] _landmarks = new JointPose[HandMesh.JointCount];
    private readonly Quaternion[] _local = new Quaternion[HandSkeleton.JointCount];
    private readonly Vector3[] _scales = new Vector3[HandSkeleton.JointCount];
    private readonly JointAngles[] _angles = new JointAngles[HandSkeleton.JointCount];
    private readonly JointLimits[] _limits = new JointLimits[HandSkeleton.JointCount];

    internal HandPose()
    {
    }

    /// <summary>Which hand it is.</summary>
    public Handedness Handedness { get; private set; }

    /// <summary>[25] WebXR's joints, see <see cref="HandJoint"/>.</summary>
    public ReadOnlySpan<JointPose> Joints => _joints;

    /// <summary>One of them.</summary>
    public JointPose this[HandJoint joint] => _joints[(int)joint];

    /// <summary>[21] the joints of <see cref="HandMesh.Joints"/>, at their places, with the orientations of the 25.</summary>
    public ReadOnlySpan<JointPose> Landmarks => _landmarks;

    /// <summary>OpenXR's first joint: the middle of the middle finger's metacarpal.</summary>
    public JointPose Palm { get; private set; }

    /// <summary>[25] orientation in the axes of the parent; the wrist's is the one in the mesh's frame.</summary>
    public ReadOnlySpan<Quaternion> LocalRotations => _local;

    /// <summary>[25] by how much each bone is larger than at rest, in its own axes: across, across, along. Tips have their bone's.</summary>
    public ReadOnlySpan<Vector3> Scales => _scales;

    /// <summary>[25] the local rotations as angles.</summary>
    public ReadOnlySpan<JointAngles> Angles => _angles;

    /// <summary>[25] what people cannot do (<see cref="JointRange"/>).</summary>
    public ReadOnlySpan<JointLimits> Limits => _limits;

    /// <summary>True if any joint is bent further than people can.</summary>
    public bool IsBeyondLimits => _limits.AsSpan().ContainsAnyExcept(JointLimits.None);

    /// <summary>Fits the skeleton to a hand's joints.</summary>
    internal void Solve(HandMesh hand)
    {
        HandSkeleton skeleton = HandSkeleton.Of(hand.Handedness);
        Handedness = hand.Handedness;
        for (int i = 0; i < _places.Length; i++)
        {
            _places[i] = Vector3d.From(hand.Joints[i]);
        }

        bool isShape = HandSize.Bones(_places) > 0;
        HandRig rig = skeleton.Rig;
        if (isShape)
        {
            // The default system's knuckles lie beyond the rig's, those of other systems' joints do not.
            _fit.Solve(rig, hand.Surface == rig.Surface ? rig.KeyJoints : rig.RestJoints, _places, hand.PalmIsMoved);
        }

        for (int i = 0; i < _joints.Length; i++)
        {
            bool isTip = HandSkeleton.IsTip((HandJoint)i);
            int bone = skeleton.BoneOf[isTip ? i - 1 : i];
            BonePose pose = isShape ? _fit.Poses[bone] : new BonePose(Matrix3d.Identity, _places[0], 1, 1);
            Vector3 place = isTip ? hand.Joints[4 * ((i + 1) / 5)] : pose.Head.ToSingle();
            _joints[i] = new JointPose(place, Rotations.ToQuaternion(pose.Rotation * rig.Orientations[bone]), HandSkeleton.Nearest(hand.Vertices, place));
            _scales[i] = new Vector3((float)pose.Girth, (float)pose.Girth, (float)pose.Stretch);
        }

        for (int i = 0; i < _landmarks.Length; i++)
        {
            JointPose joint = this[HandSkeleton.JointOf(i)];
            Vector3 place = hand.Joints[i];
            _landmarks[i] = place == joint.Position ? joint : joint with { Position = place, Radius = HandSkeleton.Nearest(hand.Vertices, place) };
        }

        JointPose middle = this[HandJoint.MiddleMetacarpal];
        Vector3 palm = (middle.Position + this[HandJoint.MiddleProximal].Position) / 2;
        Palm = middle with { Position = palm, Radius = HandSkeleton.Nearest(hand.Vertices, palm) };
        Bend();
    }

    private void Bend()
    {
        for (int i = 0; i < _joints.Length; i++)
        {
            HandJoint joint = (HandJoint)i;
            _local[i] = HandSkeleton.Parent(joint) is { } parent
                ? Quaternion.Normalize(Quaternion.Conjugate(this[parent].Orientation) * _joints[i].Orientation)
                : _joints[i].Orientation;
            _angles[i] = joint == HandJoint.Wrist ? default : AnglesOf(_local[i], Handedness);
            _limits[i] = JointRange.Of(joint)?.Beyond(_angles[i]) ?? JointLimits.None;
        }
    }

    // Bones point to -Z, the palm lies toward -Y, and the thumb of a right hand toward -X.
    private static JointAngles AnglesOf(Quaternion local, Handedness side)
    {
        local = local.W < 0 ? -local : local;
        Vector3 bone = Vector3.Transform(-Vector3.UnitZ, local);
        float toThumb = side == Handedness.Right ? -bone.X : bone.X;
        return new JointAngles(
            MathF.Atan2(-bone.Y, -bone.Z),
            MathF.Asin(Math.Clamp(toThumb, -1, 1)),
            2 * MathF.Atan2(local.Z, local.W));
    }
}
