using System;
using System.Numerics;

namespace HandMeshEngine.Unity
{
    /// <summary>
    /// The bones of a hand as rotations, from its joints: the palm in the camera's space, each finger bone relative to its parent. A bone
    /// points along +z; the palm's +z leads from the wrist to the middle finger, its +y out of the back of the hand.
    /// </summary>
    public sealed class HandSkeleton
    {
        /// <summary>Three bones of five fingers.</summary>
        public const int BoneCount = 15;

        /// <summary>Rotation of the palm.</summary>
        public Quaternion Palm { get; private set; } = Quaternion.Identity;

        /// <summary>Rotations of the bones relative to their parents: thumb to little finger, each from the palm on.</summary>
        public Quaternion[] Bones { get; } = new Quaternion[BoneCount];

        /// <summary>Sets the rotations from a hand.</summary>
        public void Pose(UnityHand hand)
        {
            Vector3[] joints = hand.Joints;
            Vector3 along = joints[9] - joints[0];
            Vector3 across = joints[5] - joints[17];
            // From the little finger to the index finger is left of a left palm seen from its back, right of a right one.
            Vector3 back = Vector3.Cross(along, hand.IsLeft ? -across : across);
            Palm = Look(along, hand.IsLeft ? -back : back);
            for (int finger = 0; finger < 5; finger++)
            {
                Quaternion parent = Palm;
                for (int bone = 0; bone < 3; bone++)
                {
                    int from = 1 + (4 * finger) + bone;
                    // The shortest turn of the parent that points the bone: fingers bend, and hardly twist.
                    Quaternion world = Quaternion.Concatenate(parent, Between(Vector3.Transform(Vector3.UnitZ, parent), joints[from + 1] - joints[from]));
                    Bones[(3 * finger) + bone] = Quaternion.Concatenate(world, Quaternion.Conjugate(parent));
                    parent = world;
                }
            }
        }

        private static Quaternion Look(Vector3 forward, Vector3 up)
        {
            Vector3 z = Vector3.Normalize(forward), x = Vector3.Normalize(Vector3.Cross(up, z)), y = Vector3.Cross(z, x);
            return Quaternion.CreateFromRotationMatrix(new Matrix4x4(x.X, x.Y, x.Z, 0, y.X, y.Y, y.Z, 0, z.X, z.Y, z.Z, 0, 0, 0, 0, 1));
        }

        private static Quaternion Between(Vector3 from, Vector3 to)
        {
            from = Vector3.Normalize(from);
            to = Vector3.Normalize(to);
            float dot = Vector3.Dot(from, to);
            if (dot < -0.9999f)
            {
                Vector3 side = Math.Abs(from.X) < 0.9f ? Vector3.UnitX : Vector3.UnitY;
                return Quaternion.CreateFromAxisAngle(Vector3.Normalize(Vector3.Cross(from, side)), (float)Math.PI);
            }

            return Quaternion.Normalize(new Quaternion(Vector3.Cross(from, to), 1 + dot));
        }
    }
}
