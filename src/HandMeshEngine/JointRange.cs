namespace HandMeshEngine;

/// <summary>
/// How far a joint bends in adults, radians, with 15 degrees on either side for what the eye and the joint centres are off: the ranges of
/// the American Academy of Orthopaedic Surgeons (Joint Motion: Method of Measuring and Recording, 1965). Metacarpals, the wrist and tips
/// have none.
/// </summary>
/// <param name="MostExtension">Least flexion; negative is backward.</param>
/// <param name="MostFlexion">Most flexion.</param>
/// <param name="MostSideways">Most abduction to either side.</param>
public readonly record struct JointRange(float MostExtension, float MostFlexion, float MostSideways)
{
    private const float Degree = MathF.PI / 180;

    /// <summary>The range of a joint; null where none is held against it.</summary>
    public static JointRange? Of(HandJoint joint) => joint switch
    {
        HandJoint.ThumbProximal => Degrees(-10, 50, 15),
        HandJoint.ThumbDistal => Degrees(-20, 80, 0),
        HandJoint.IndexProximal or HandJoint.MiddleProximal or HandJoint.RingProximal or HandJoint.LittleProximal => Degrees(-45, 90, 25),
        HandJoint.IndexIntermediate or HandJoint.MiddleIntermediate or HandJoint.RingIntermediate or HandJoint.LittleIntermediate => Degrees(0, 100, 0),
        HandJoint.IndexDistal or HandJoint.MiddleDistal or HandJoint.RingDistal or HandJoint.LittleDistal => Degrees(-10, 90, 0),
        _ => null,
    };

    /// <summary>Where angles leave the range.</summary>
    public JointLimits Beyond(JointAngles angles) =>
        (angles.Flexion > MostFlexion ? JointLimits.Flexion : 0)
        | (angles.Flexion < MostExtension ? JointLimits.Extension : 0)
        | (MathF.Abs(angles.Abduction) > MostSideways ? JointLimits.Sideways : 0);

    private static JointRange Degrees(float extension, float flexion, float sideways) =>
        new((extension - 15) * Degree, (flexion + 15) * Degree, (sideways + 15) * Degree);
}
