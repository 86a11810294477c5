using System.Runtime.InteropServices;
using HandMeshEngine.Unity;
using UnityEngine;

/// <summary>Put it on an empty object at the camera's place: it draws the hands in front of the first webcam.</summary>
public sealed class WebcamHand : MonoBehaviour
{
    [SerializeField]
    private float _horizontalFieldOfView = 62;

    [SerializeField]
    private Material _material;

    private UnityHandEstimator _estimator;
    private WebCamTexture _webcam;
    private Mesh _mesh;
    private Color32[] _pixels;
    private Vector3[] _vertices;

    private void Start()
    {
        _estimator = new UnityHandEstimator();
        _webcam = new WebCamTexture();
        _webcam.Play();
        _mesh = new Mesh();
    }

    private void Update()
    {
        if (!_webcam.didUpdateThisFrame)
        {
            return;
        }

        if (_pixels == null || _pixels.Length != _webcam.width * _webcam.height)
        {
            _pixels = new Color32[_webcam.width * _webcam.height];
            _estimator.SetFieldOfView(_webcam.width, _webcam.height, _horizontalFieldOfView);
        }

        _webcam.GetPixels32(_pixels);
        // Turned by r after being turned upside down: a mirror image turned by 180 - r.
        _estimator.Track(MemoryMarshal.AsBytes(new System.ReadOnlySpan<Color32>(_pixels)), _webcam.width, _webcam.height, _webcam.videoVerticallyMirrored ? 180 - _webcam.videoRotationAngle : _webcam.videoRotationAngle, _webcam.videoVerticallyMirrored);
        foreach (UnityHand hand in _estimator.Hands)
        {
            Draw(hand);
        }
    }

    private void Draw(UnityHand hand)
    {
        if (_vertices == null || _vertices.Length != hand.Vertices.Length)
        {
            _vertices = new Vector3[hand.Vertices.Length];
        }

        for (int i = 0; i < _vertices.Length; i++)
        {
            System.Numerics.Vector3 vertex = hand.Vertices[i];
            _vertices[i] = new Vector3(vertex.X, vertex.Y, vertex.Z);
        }

        _mesh.Clear();
        _mesh.vertices = _vertices;
        _mesh.triangles = hand.Triangles;
        _mesh.RecalculateNormals();
        Graphics.DrawMesh(_mesh, transform.localToWorldMatrix, _material, 0);
    }

    private void OnDestroy()
    {
        _webcam.Stop();
        _estimator.Dispose();
    }
}
