namespace HandMeshEngine;

/// <summary>
/// The axes and the unit of somebody else's space with the camera at its origin. The engine's own is <see cref="OpenCv"/> in metres;
/// a result is taken to another one here and nowhere else (<see cref="FramedHand"/>, docs/tracking.md 5).
/// </summary>
public sealed class FrameOfReference
{
    private readonly Matrix3d _axes;
    private readonly Matrix3d _jointAxes;

    private FrameOfReference(string name, Matrix3d axes, Matrix3d jointAxes, bool isLeftHanded, float unitsPerMetre = 1, bool frontIsClockwise = false)
    {
        (Name, _axes, _jointAxes) = (name, axes, jointAxes);
        (IsLeftHanded, UnitsPerMetre, FrontIsClockwise) = (isLeftHanded, unitsPerMetre, frontIsClockwise);
    }

    /// <summary>x right, y down, z forward; metres: the engine's camera space.</summary>
    public static FrameOfReference OpenCv { get; } = new("opencv", Matrix3d.Identity, Matrix3d.Identity, isLeftHanded: false);

    /// <summary>x right, y up, z backward; metres: OpenGL, glTF, WebXR, OpenXR, three.js.</summary>
    public static FrameOfReference OpenGl { get; } = new("opengl", new(1, 0, 0, 0, -1, 0, 0, 0, -1), Matrix3d.Identity, isLeftHanded: false);

    /// <summary>x right, y up, z forward, left-handed; metres. Joints: z forward along the bone, y out of the back of the hand.</summary>
    public static FrameOfReference Unity { get; } = new(
        "unity", new(1, 0, 0, 0, -1, 0, 0, 0, 1), new(1, 0, 0, 0, 1, 0, 0, 0, -1), isLeftHanded: true, frontIsClockwise: true);

    /// <summary>x forward, y right, z up, left-handed; centimetres. Joints: x forward along the bone, z out of the back of the hand.</summary>
    public static FrameOfReference Unreal { get; } = new(
        "unreal", new(0, 0, 1, 1, 0, 0, 0, -1, 0), new(0, 1, 0, 0, 0, 1, -1, 0, 0), isLeftHanded: true, unitsPerMetre: 100);

    /// <summary>The optical frame of a camera in ROS (REP 103): x right, y down, z forward; metres.</summary>
    public static FrameOfReference RosOptical { get; } = new("ros-optical", Matrix3d.Identity, Matrix3d.Identity, isLeftHanded: false);

    /// <summary>The body frame of a camera in ROS (REP 103): x forward, y left, z up; metres.</summary>
    public static FrameOfReference RosBody { get; } = new("ros-body", new(0, 0, 1, -1, 0, 0, 0, -1, 0), Matrix3d.Identity, isLeftHanded: false);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FrameOfReference> All { get; } = [OpenCv, OpenGl, Unity, Unreal, RosOptical, RosBody];

    /// <summary>Its name in commands and files.</summary>
    public string Name { get; }

    /// <summary>A left-handed frame mirrors components: a rotation by positive angles turns the other way.</summary>
    public bool IsLeftHanded { get; }

    /// <summary>Length of a metre.</summary>
    public float UnitsPerMetre { get; }

    /// <summary>Whether faces are to be clockwise seen from outside.</summary>
    public bool FrontIsClockwise { get; }

    /// <summary>Takes points from camera space, metres, to this frame and its unit; for row vectors, as System.Numerics has them.</summary>
    public Matrix4x4 FromCamera => Matrix4x4.CreateScale(UnitsPerMetre) * new Matrix4x4(
        (float)_axes.M00, (float)_axes.M10, (float)_axes.M20, 0,
        (float)_axes.M01, (float)_axes.M11, (float)_axes.M21, 0,
        (float)_axes.M02, (float)_axes.M12, (float)_axes.M22, 0,
        0, 0, 0, 1);

    /// <summary>The frame of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FrameOfReference Find(string name) => All.FirstOrDefault(frame => frame.Name == name)
        ?? throw new ArgumentException($"there is no frame of reference '{name}'; give one of {string.Join(", ", All.Select(frame => frame.Name))}");

    /// <summary>A point of camera space, metres, in this frame and its unit.</summary>
    public Vector3 Point(Vector3 point) => (_axes * Vector3d.From(point) * UnitsPerMetre).ToSingle();

    /// <summary>A direction of camera space in this frame; its length stays.</summary>
    public Vector3 Direction(Vector3 direction) => (_axes * Vector3d.From(direction)).ToSingle();

    /// <summary>
    /// The orientation of a joint (<see cref="JointPose"/>) in this frame. Right-handed frames keep the joint's own axes; in left-handed
    /// ones they are those of the frame with forward along the bone and up out of the back of the hand.
    /// </summary>
    public Quaternion Orientation(Quaternion orientation) => Rotations.ToQuaternion(
        _axes * Rotations.FromQuaternion(orientation.W, orientation.X, orientation.Y, orientation.Z) * _jointAxes);

    /// <summary>A joint in this frame.</summary>
    public JointPose Pose(JointPose joint) => new(Point(joint.Position), Orientation(joint.Orientation), joint.Radius * UnitsPerMetre);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
