namespace HandMeshEngine.Rig;

/// <summary>Where a bone takes a rest vertex x: Linear x + Offset.</summary>
internal readonly record struct BoneMap(Matrix3d Linear, Vector3d Offset);
