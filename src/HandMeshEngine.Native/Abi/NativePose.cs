using System.Numerics;

namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_pose</c>: the joints of one hand as poses.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativePose
{
    public uint Size;
    public int BeyondLimits;
    public fixed float Positions[3 * HandSkeleton.JointCount];
    public fixed float Orientations[4 * HandSkeleton.JointCount];
    public fixed float Radii[HandSkeleton.JointCount];
    public fixed float LocalRotations[4 * HandSkeleton.JointCount];

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 8 + (12 * 4 * HandSkeleton.JointCount);

    /// <summary>The numbers of a pose.</summary>
    public static NativePose From(HandPose pose)
    {
        var native = new NativePose { BeyondLimits = pose.IsBeyondLimits ? 1 : 0 };
        for (int i = 0; i < HandSkeleton.JointCount; i++)
        {
            JointPose joint = pose.Joints[i];
            *(Vector3*)(native.Positions + (3 * i)) = joint.Position;
            *(Quaternion*)(native.Orientations + (4 * i)) = joint.Orientation;
            native.Radii[i] = joint.Radius;
            *(Quaternion*)(native.LocalRotations + (4 * i)) = pose.LocalRotations[i];
        }

        return native;
    }
}
