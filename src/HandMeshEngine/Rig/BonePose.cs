namespace HandMeshEngine.Rig;

/// <summary>Where a bone goes from rest: turned, its head moved to a point, grown across and along itself.</summary>
/// <param name="Rotation">From the rig's axes to those of the joints.</param>
/// <param name="Head">Where the bone's head goes, metres.</param>
/// <param name="Girth">Scale across the bone.</param>
/// <param name="Stretch">Scale along the bone.</param>
internal readonly record struct BonePose(Matrix3d Rotation, Vector3d Head, double Girth, double Stretch);
