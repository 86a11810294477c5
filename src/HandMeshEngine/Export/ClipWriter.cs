using System.Runtime.InteropServices;
using System.Text.Json;

namespace HandMeshEngine.Export;

/// <summary>
/// A clip as a GLB file. Joints are nodes that turn and move rigidly, one below the other; the skin hangs on nodes below them that only
/// scale, because a bone's stretch must not reach the next bone, and scaled parents would shear what turns below them.
/// </summary>
internal sealed class ClipWriter
{
    private const int Camera = 0;

    private readonly HandClip _clip;
    private readonly GlbContainer _container = new();
    private readonly List<SceneNode> _nodes = [];
    private readonly List<Mesh> _meshes = [];
    private readonly List<Skin> _skins = [];
    private readonly List<Channel> _channels = [];
    private readonly List<int> _roots = [Camera];

    public ClipWriter(HandClip clip)
    {
        _clip = clip;
        // Camera axes (y down, z forward) become glTF's (y up, z backward).
        _nodes.Add(new SceneNode("camera") { Rotation = new Quaternion(1, 0, 0, 0) });
        foreach (ClipTrack track in clip.Tracks)
        {
            AddTrack(track);
        }
    }

    private bool IsAnimated => _clip.FrameCount > 1;

    public void Write(Stream stream) => _container.Write(stream, json =>
    {
        json.WriteNumber("scene", 0);
        GlbContainer.WriteList(json, "scenes", 1, (json, _) =>
        {
            json.WriteString("name", "hands in camera space, metres");
            GlbContainer.WriteIndices(json, "nodes", _roots);
        });
        GlbContainer.WriteList(json, "nodes", _nodes.Count, (json, i) => _nodes[i].Write(json));
        GlbContainer.WriteList(json, "meshes", _meshes.Count, (json, i) => _meshes[i].Write(json));
        GlbContainer.WriteList(json, "materials", 1, static (json, _) => GlbContainer.WriteMaterial(json));
        if (_skins.Count > 0)
        {
            GlbContainer.WriteList(json, "skins", _skins.Count, (json, i) => _skins[i].Write(json));
        }

        if (_channels.Count > 0)
        {
            GlbContainer.WriteList(json, "animations", 1, (json, _) => WriteAnimation(json));
        }

        _container.WriteTables(json);
    });

    private void AddTrack(ClipTrack track)
    {
        int root = AddNode(new SceneNode(track.Name), Camera);
        int[] joints = new int[HandSkeleton.JointCount], skinned = new int[HandSkeleton.JointCount];
        int times = IsAnimated ? _container.AddTimes([.. track.Frames.Select(Time)]) : -1;
        for (int i = 0; i < joints.Length; i++)
        {
            HandJoint joint = (HandJoint)i;
            string name = HandSkeleton.WebXrName(joint);
            joints[i] = AddNode(
                new SceneNode(name) { Translation = track.Translation(0, i), Rotation = track.Rotation(0, i) },
                HandSkeleton.Parent(joint) is { } parent ? joints[(int)parent] : root);
            Animate(joints[i], "translation", times, track, i, static (track, key, joint) => track.Translation(key, joint));
            if (IsAnimated)
            {
                Quaternion[] turns = [.. Enumerable.Range(0, track.Frames.Count).Select(key => track.Rotation(key, i))];
                Add(joints[i], "rotation", times, MemoryMarshal.AsBytes(turns.AsSpan()), "VEC4", turns.Length, isStep: false);
            }

            // Tips move no skin; they are members so that programs show them as bones.
            skinned[i] = joints[i];
            if (track.HasSkin && !HandSkeleton.IsTip(joint))
            {
                skinned[i] = AddNode(new SceneNode(name + "-skin") { Scale = track.Scale(0, i) }, joints[i]);
                Animate(skinned[i], "scale", times, track, i, static (track, key, joint) => track.Scale(key, joint));
            }
        }

        ShowWhereSeen(root, track.Frames);
        if (track.HasSkin)
        {
            AddSkin(track, joints, skinned);
        }
        else
        {
            AddMeshes(track, root);
        }
    }

    private void AddSkin(ClipTrack track, int[] joints, int[] skinned)
    {
        HandSkeleton skeleton = track.Skeleton;
        var inverse = new Matrix4x4[joints.Length];
        for (int i = 0; i < inverse.Length; i++)
        {
            JointPose rest = skeleton.Rest[i];
            // As row vectors have it, which is what columns in memory are.
            inverse[i] = Matrix4x4.CreateTranslation(-rest.Position) * Matrix4x4.CreateFromQuaternion(Quaternion.Conjugate(rest.Orientation));
            (inverse[i].M14, inverse[i].M24, inverse[i].M34, inverse[i].M44) = (0, 0, 0, 1);
        }

        byte[] influences = new byte[skeleton.VertexJoints.Length];
        float[] weights = skeleton.VertexWeights.ToArray();
        for (int i = 0; i < influences.Length; i++)
        {
            influences[i] = weights[i] > 0 ? skeleton.VertexJoints[i] : (byte)0;
        }

        int vertices = skeleton.Vertices.Length;
        Vector3[] normals = new Vector3[vertices], sums = new Vector3[vertices];
        MeshSurface.Merged(skeleton.Vertices, skeleton.Faces).Normals(skeleton.Vertices, normals, sums);
        var mesh = new Mesh(
            track.Name,
            _container.AddPoints(skeleton.Vertices, GlbContainer.ArrayBuffer, withBounds: true),
            _container.AddPoints(normals, GlbContainer.ArrayBuffer, withBounds: false),
            _container.AddIndices(skeleton.Faces, vertices),
            _container.Add(influences, GlbContainer.UnsignedByte, "VEC4", vertices, GlbContainer.ArrayBuffer),
            _container.Add(MemoryMarshal.AsBytes(weights.AsSpan()), GlbContainer.Float, "VEC4", vertices, GlbContainer.ArrayBuffer));
        int matrices = _container.Add(MemoryMarshal.AsBytes(inverse.AsSpan()), GlbContainer.Float, "MAT4", inverse.Length);
        _skins.Add(new Skin(track.Name, matrices, joints[(int)HandJoint.Wrist], skinned));
        _meshes.Add(mesh);
        // Skinned nodes are moved by their joints alone, and belong to the scene.
        _nodes.Add(new SceneNode(track.Name + "-mesh") { Mesh = _meshes.Count - 1, Skin = _skins.Count - 1 });
        _roots.Add(_nodes.Count - 1);
    }

    // A mesh for each frame, of which one at a time is not shrunk to nothing.
    private void AddMeshes(ClipTrack track, int root)
    {
        int indices = _container.AddIndices(track.Faces, track.Mesh(0).Vertices.Length);
        for (int key = 0; key < track.Frames.Count; key++)
        {
            (Vector3[] vertices, Vector3[] normals) = track.Mesh(key);
            string name = FormattableString.Invariant($"{track.Name}-frame{track.Frames[key]}");
            _meshes.Add(new Mesh(
                name,
                _container.AddPoints(vertices, GlbContainer.ArrayBuffer, withBounds: true),
                _container.AddPoints(normals, GlbContainer.ArrayBuffer, withBounds: false),
                indices));
            int node = AddNode(new SceneNode(name) { Mesh = _meshes.Count - 1, Scale = key == 0 ? null : Vector3.Zero }, root);
            ShowWhereSeen(node, [track.Frames[key]]);
        }
    }

    // Steps between shown and shrunk to nothing, for those frames of the clip.
    private void ShowWhereSeen(int node, IReadOnlyList<int> frames)
    {
        if (!IsAnimated || frames.Count == _clip.FrameCount)
        {
            return;
        }

        var times = new List<float>();
        var scales = new List<Vector3>();
        bool[] isSeen = new bool[_clip.FrameCount];
        foreach (int frame in frames)
        {
            isSeen[frame] = true;
        }

        for (int frame = 0; frame < isSeen.Length; frame++)
        {
            if (frame == 0 || isSeen[frame] != isSeen[frame - 1])
            {
                times.Add(Time(frame));
                scales.Add(isSeen[frame] ? Vector3.One : Vector3.Zero);
            }
        }

        Add(node, "scale", _container.AddTimes([.. times]), MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(scales)), "VEC3", scales.Count, isStep: true);
    }

    private void Animate(int node, string path, int times, ClipTrack track, int joint, Func<ClipTrack, int, int, Vector3> value)
    {
        if (IsAnimated)
        {
            Vector3[] values = [.. Enumerable.Range(0, track.Frames.Count).Select(key => value(track, key, joint))];
            Add(node, path, times, MemoryMarshal.AsBytes(values.AsSpan()), "VEC3", values.Length, isStep: false);
        }
    }

    private void Add(int node, string path, int times, ReadOnlySpan<byte> values, string type, int count, bool isStep) =>
        _channels.Add(new Channel(node, path, times, _container.Add(values, GlbContainer.Float, type, count), isStep));

    private float Time(int frame) => (float)(_clip.Times[frame] - _clip.Times[0]);

    private int AddNode(SceneNode node, int parent)
    {
        _nodes.Add(node);
        _nodes[parent].Children.Add(_nodes.Count - 1);
        return _nodes.Count - 1;
    }

    private void WriteAnimation(Utf8JsonWriter json)
    {
        json.WriteString("name", "hands");
        GlbContainer.WriteList(json, "channels", _channels.Count, (json, i) =>
        {
            json.WriteNumber("sampler", i);
            json.WriteStartObject("target");
            json.WriteNumber("node", _channels[i].Node);
            json.WriteString("path", _channels[i].Path);
            json.WriteEndObject();
        });
        GlbContainer.WriteList(json, "samplers", _channels.Count, (json, i) =>
        {
            json.WriteNumber("input", _channels[i].Times);
            json.WriteString("interpolation", _channels[i].IsStep ? "STEP" : "LINEAR");
            json.WriteNumber("output", _channels[i].Values);
        });
    }

    private sealed record Channel(int Node, string Path, int Times, int Values, bool IsStep);

    private sealed record SceneNode(string Name)
    {
        public List<int> Children { get; } = [];

        public Vector3? Translation { get; init; }

        public Quaternion? Rotation { get; init; }

        public Vector3? Scale { get; init; }

        public int? Mesh { get; init; }

        public int? Skin { get; init; }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteString("name", Name);
            WriteVector(json, "translation", Translation);
            if (Rotation is { } q)
            {
                GlbContainer.WriteNumbers(json, "rotation", [q.X, q.Y, q.Z, q.W]);
            }

            WriteVector(json, "scale", Scale);
            if (Mesh is { } mesh)
            {
                json.WriteNumber("mesh", mesh);
            }

            if (Skin is { } skin)
            {
                json.WriteNumber("skin", skin);
            }

            if (Children.Count > 0)
            {
                GlbContainer.WriteIndices(json, "children", Children);
            }
        }

        private static void WriteVector(Utf8JsonWriter json, string name, Vector3? vector)
        {
            if (vector is { } v)
            {
                GlbContainer.WriteNumbers(json, name, [v.X, v.Y, v.Z]);
            }
        }
    }

    private sealed record Mesh(string Name, int Positions, int Normals, int Indices, int? Joints = null, int? Weights = null)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteString("name", Name);
            GlbContainer.WriteList(json, "primitives", 1, (json, _) =>
            {
                json.WriteStartObject("attributes");
                json.WriteNumber("POSITION", Positions);
                json.WriteNumber("NORMAL", Normals);
                if (Joints is { } joints && Weights is { } weights)
                {
                    json.WriteNumber("JOINTS_0", joints);
                    json.WriteNumber("WEIGHTS_0", weights);
                }

                json.WriteEndObject();
                json.WriteNumber("indices", Indices);
                json.WriteNumber("material", 0);
            });
        }
    }

    private sealed record Skin(string Name, int InverseBindMatrices, int Root, int[] Joints)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteString("name", Name);
            json.WriteNumber("inverseBindMatrices", InverseBindMatrices);
            json.WriteNumber("skeleton", Root);
            GlbContainer.WriteIndices(json, "joints", Joints);
        }
    }
}
