namespace HandMeshEngine;

/// <summary>
/// A joint as WebXR and OpenXR have it. In the joint's own axes Z points back along the bone, away from its tip, Y out of the back of the
/// hand, and X completes a right-handed frame: to the right of a hand that points away from who looks at its back.
/// </summary>
/// <param name="Position">Metres, in the frame of the mesh.</param>
/// <param name="Orientation">Turns the joint's axes into those of the mesh's frame; unit length.</param>
/// <param name="Radius">From the joint to the nearest skin, metres; 0 where there is no mesh.</param>
public readonly record struct JointPose(Vector3 Position, Quaternion Orientation, float Radius);
