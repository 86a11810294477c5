namespace UnityEngine
{
    // The members of Unity's classes that the package's sample uses, so that it compiles here.
    public class SerializeField : System.Attribute
    {
    }

    public class Material
    {
    }

    public struct Color32
    {
        public byte R;
        public byte G;
        public byte B;
        public byte A;
    }

    public struct Vector3
    {
        public Vector3(float x, float y, float z) => (X, Y, Z) = (x, y, z);

        public float X { get; }

        public float Y { get; }

        public float Z { get; }
    }

    public struct Matrix4x4
    {
    }

    public class Transform
    {
        public Matrix4x4 localToWorldMatrix => default;
    }

    public class MonoBehaviour
    {
        public Transform transform => new Transform();
    }

    public class WebCamTexture
    {
        public bool didUpdateThisFrame => true;

        public int width => 0;

        public int height => 0;

        public int videoRotationAngle => 0;

        public bool videoVerticallyMirrored => false;

        public void Play()
        {
        }

        public void Stop()
        {
        }

        public Color32[] GetPixels32(Color32[] pixels) => pixels;
    }

    public class Mesh
    {
        public Vector3[] vertices { get; set; }

        public int[] triangles { get; set; }

        public void Clear()
        {
        }

        public void RecalculateNormals()
        {
        }
    }

    public static class Graphics
    {
        public static void DrawMesh(Mesh mesh, Matrix4x4 matrix, Material material, int layer)
        {
        }
    }
}
