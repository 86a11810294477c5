using System.Numerics;

namespace HandMeshEngine.Unity
{
    /// <summary>
    /// One hand in Unity's axes: metres, x right, y up, z forward, left-handed. The estimator refills the same arrays at every prediction.
    /// </summary>
    public sealed class UnityHand
    {
        /// <summary>Joints of a hand: 0 wrist; 1-4 thumb, 5-8 index, 9-12 middle, 13-16 ring, 17-20 little.</summary>
        public const int JointCount = 21;

        /// <summary>True for the person's own left hand.</summary>
        public bool IsLeft { get; internal set; }

        /// <summary>Probability that there is a hand, 0 to 1.</summary>
        public float Score { get; internal set; }

        /// <summary>Number of the hand in a video; -1 without a tracker.</summary>
        public int Id { get; internal set; } = -1;

        /// <summary>False: coordinates are relative to the hand, not to the camera.</summary>
        public bool IsPlaced { get; internal set; }

        /// <summary>Mesh vertices.</summary>
        public Vector3[] Vertices { get; private set; } = new Vector3[0];

        /// <summary>Outward normals of the vertices.</summary>
        public Vector3[] Normals { get; private set; } = new Vector3[0];

        /// <summary>Three vertices a triangle, clockwise from outside, as Unity draws them.</summary>
        public int[] Triangles { get; private set; } = new int[0];

        /// <summary>The 21 joints.</summary>
        public Vector3[] Joints { get; } = new Vector3[JointCount];

        internal unsafe void Fill(in Native.HandStruct hand)
        {
            if (Vertices.Length != hand.VertexCount || Triangles.Length != hand.FaceCount * 3)
            {
                Vertices = new Vector3[hand.VertexCount];
                Normals = new Vector3[hand.VertexCount];
                Triangles = new int[hand.FaceCount * 3];
            }

            IsLeft = hand.Handedness == 1;
            Score = hand.Score;
            Id = hand.Id;
            IsPlaced = hand.IsPlaced != 0;
            Turn(hand.Vertices, Vertices);
            Turn(hand.Normals, Normals);
            Turn(hand.Joints, Joints);
            // The camera's axes (y down) and Unity's (y up) are mirror images, and so are the two winding rules: the order of vertices stays.
            for (int i = 0; i < Triangles.Length; i++)
            {
                Triangles[i] = hand.Faces[i];
            }
        }

        private static unsafe void Turn(float* from, Vector3[] to)
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = new Vector3(from[3 * i], -from[(3 * i) + 1], from[(3 * i) + 2]);
            }
        }
    }
}
