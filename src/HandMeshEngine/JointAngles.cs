namespace HandMeshEngine;

/// <summary>How a bone is bent against its parent, radians; all zero where both point the same way.</summary>
/// <param name="Flexion">Toward the palm.</param>
/// <param name="Abduction">Toward the thumb's side of the hand.</param>
/// <param name="Twist">About the bone itself, right-handed seen along it from tip to base.</param>
public readonly record struct JointAngles(float Flexion, float Abduction, float Twist);
