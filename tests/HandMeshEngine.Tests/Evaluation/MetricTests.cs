using System.Text.Json;
using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Metrics;
using static HandMeshEngine.Tests.Evaluation.StoredCases;

namespace HandMeshEngine.Tests.Evaluation;

public sealed class MetricTests
{
    [Fact]
    public void The_scores_of_the_FreiHAND_script_are_reproduced_to_its_last_printed_digit()
    {
        JsonElement c = Read("challenge");
        AssertScores(c.GetProperty("scores"), Score(c, ho3d: false));
    }

    [Fact]
    public void The_scores_of_the_HO3D_script_are_reproduced_from_its_own_order_and_axes()
    {
        JsonElement c = Read("orders").GetProperty("ho3d");
        AssertScores(c.GetProperty("scores"), Score(c, ho3d: true));
    }

    [Fact]
    public void A_mesh_with_another_vertex_count_scores_as_the_script_scores_it()
    {
        JsonElement c = Read("alignment").GetProperty("other_count");
        AssertScores(c.GetProperty("scores"), Score(c, ho3d: false));
    }

    [Fact]
    public void A_mesh_with_another_vertex_count_can_be_aligned_by_its_joints()
    {
        JsonElement c = Read("alignment").GetProperty("other_count");
        Vector3d[][] joints = c.GetProperty("joints").Images(), vertices = c.GetProperty("vertices").Images();
        Vector3d[][] estimated = c.GetProperty("joints_estimate").Images(), meshes = c.GetProperty("vertices_estimate").Images();
        double[] sums = new double[2], f = new double[2];
        for (int i = 0; i < joints.Length; i++)
        {
            var aligned = new Vector3d[meshes[i].Length];
            SimilarityAlignment.Find(joints[i], estimated[i]).Apply(meshes[i], aligned);
            FScore.Compute(vertices[i], aligned, [0.005, 0.015], f);
            (sums[0], sums[1]) = (sums[0] + f[0], sums[1] + f[1]);
        }

        AssertClose(c.GetProperty("f_by_joints_5").GetDouble(), sums[0] / joints.Length);
        AssertClose(c.GetProperty("f_by_joints_15").GetDouble(), sums[1] / joints.Length);
    }

    [Fact]
    public void Errors_of_single_images_and_root_relative_errors_are_those_of_the_reference()
    {
        JsonElement c = Read("challenge");
        Vector3d[][] joints = c.GetProperty("joints").Images(), estimated = c.GetProperty("joints_estimate").Images();
        Vector3d[][] vertices = c.GetProperty("vertices").Images(), meshes = c.GetProperty("vertices_estimate").Images();
        JsonElement expected = c.GetProperty("per_image_mm");
        double relative = 0;
        for (int i = 0; i < joints.Length; i++)
        {
            AssertClose(expected.GetProperty("joints")[i].GetDouble(), MeanMm(joints[i], estimated[i]));
            AssertClose(expected.GetProperty("joints_aligned")[i].GetDouble(), MeanMm(joints[i], Aligned(joints[i], estimated[i])));
            AssertClose(expected.GetProperty("vertices")[i].GetDouble(), MeanMm(vertices[i], meshes[i]));
            AssertClose(expected.GetProperty("vertices_aligned")[i].GetDouble(), MeanMm(vertices[i], Aligned(vertices[i], meshes[i])));

            Vector3d wrist = joints[i][0], estimatedWrist = estimated[i][0];
            PointErrors.SubtractRoot(joints[i], wrist);
            PointErrors.SubtractRoot(estimated[i], estimatedWrist);
            relative += MeanMm(joints[i], estimated[i]);
        }

        AssertClose(c.GetProperty("root_relative_joints_mm").GetDouble(), relative / joints.Length);
    }

    [Fact]
    public void A_mirrored_hand_aligns_to_nothing_and_is_told_and_a_rotation_does_not_hide_it()
    {
        JsonElement c = Read("alignment");
        Vector3d[] truth = c.GetProperty("truth").Points(), mirrored = c.GetProperty("mirrored").GetProperty("estimate").Points();

        Assert.True(SimilarityAlignment.Find(truth, mirrored).Mirrors);
        Assert.False(SimilarityAlignment.Find(truth, truth).Mirrors);
        Assert.InRange(MeanMm(truth, Aligned(truth, mirrored)), 0, 1e-5);
        AssertClose(c.GetProperty("mirrored").GetProperty("rotation_only").GetDouble(), MeanMm(truth, Aligned(truth, mirrored, allowMirror: false)));
    }

    [Fact]
    public void An_estimate_that_is_a_single_point_aligns_to_the_mean_of_the_truth()
    {
        JsonElement c = Read("alignment");
        Vector3d[] truth = c.GetProperty("truth").Points(), point = c.GetProperty("point").GetProperty("estimate").Points();

        AssertClose(c.GetProperty("point").GetProperty("with_reflection").GetDouble(), MeanMm(truth, Aligned(truth, point)));
        Assert.All(Aligned(truth, new Vector3d[truth.Length]), p => Assert.True(p.IsFinite));
    }

    [Fact]
    public void Curves_and_areas_follow_every_convention()
    {
        JsonElement c = Read("curves");
        PckThresholds[] conventions = [PckThresholds.Challenge, PckThresholds.RhdStb, PckThresholds.RhdStbUpper, PckThresholds.Upper20, PckThresholds.Upper100];
        var errors = new ErrorStatistics(21, conventions, keepsMedians: true);
        foreach ((JsonElement distances, JsonElement valid) in c.GetProperty("distance_mm").EnumerateArray().Zip(c.GetProperty("valid").EnumerateArray()))
        {
            errors.Add([.. distances.Numbers().Select(d => d / 1000)], [.. valid.EnumerateArray().Select(v => v.GetBoolean())]);
        }

        JsonElement challenge = c.GetProperty("auc_0_50_100");
        AssertClose(challenge.GetProperty("mean").GetDouble(), errors.Mean);
        AssertClose(challenge.GetProperty("median").GetDouble(), errors.Median);
        AssertClose(challenge.GetProperty("auc").GetDouble(), errors.Auc(PckThresholds.Challenge));
        Assert.Equal(challenge.GetProperty("pck").Numbers(), errors.Curve(PckThresholds.Challenge), (a, b) => Math.Abs(a - b) < 1e-12);
        AssertClose(c.GetProperty("auc_0_50_20").GetProperty("auc").GetDouble(), errors.Auc(PckThresholds.RhdStb));
        AssertClose(c.GetProperty("auc_20_50_from_the_0_50_grid").GetDouble(), errors.Auc(PckThresholds.RhdStbUpper));
        AssertClose(c.GetProperty("auc_20_50_20").GetProperty("auc").GetDouble(), errors.Auc(PckThresholds.Upper20));
        AssertClose(c.GetProperty("auc_20_50_100").GetDouble(), errors.Auc(PckThresholds.Upper100));
    }

    [Fact]
    public void Joint_orders_and_the_STB_chain_are_those_of_the_data_sets()
    {
        JsonElement c = Read("orders");
        Assert.Equal(c.GetProperty("take").GetProperty("ho3d").Numbers(), JointOrder.Ho3d.Take.ToArray().Select(i => (double)i));
        Assert.Equal(c.GetProperty("take").GetProperty("rhd").Numbers(), JointOrder.Rhd.Take.ToArray().Select(i => (double)i));
        Assert.Equal(c.GetProperty("take").GetProperty("stb").Numbers(), JointOrder.Stb.Take.ToArray().Select(i => (double)i));

        Vector3d[] ours = StbSet.ToOurs(c.GetProperty("stb").GetProperty("handPara_mm").Points());
        Assert.All(ours.Zip(c.GetProperty("stb").GetProperty("ours_m").Points()), pair => Assert.InRange((pair.First - pair.Second).Length, 0, 1e-12));

        var right = new Vector3d[21];
        JointOrder.Rhd.ToOurs(c.GetProperty("rhd").GetProperty("xyz").Points().AsSpan(21), right);
        Assert.Equal(c.GetProperty("rhd").GetProperty("right_ours").Points(), right);
    }

    [Fact]
    public void Silhouettes_are_compared_as_the_reference_does()
    {
        JsonElement c = Read("silhouette");
        Silhouette truth = MaskOf(c.GetProperty("truth")), estimate = MaskOf(c.GetProperty("estimate"));

        AssertClose(c.GetProperty("iou").GetDouble(), Silhouette.IntersectionOverUnion(truth, estimate)!.Value);
        AssertClose(c.GetProperty("iou_classes").GetDouble(), SilhouetteCounts.Of(truth, estimate).ClassMean);
        Assert.Equal(c.GetProperty("rim_pixels").Numbers(), new double[] { truth.Rim().Length, estimate.Rim().Length });
        AssertClose(c.GetProperty("hausdorff_95_px").GetDouble(), Silhouette.Hausdorff(truth, estimate)!.Value);
        AssertClose(c.GetProperty("hausdorff_px").GetDouble(), Silhouette.Hausdorff(truth, estimate, 100)!.Value);
    }

    [Fact]
    public void Empty_silhouettes_have_no_overlap_and_the_pictures_diagonal_as_distance()
    {
        Silhouette nothing = new(30, 40), something = new(30, 40) { [3, 4] = true };

        Assert.Null(Silhouette.IntersectionOverUnion(nothing, nothing));
        Assert.Null(Silhouette.Hausdorff(nothing, nothing));
        Assert.Equal(0, Silhouette.IntersectionOverUnion(nothing, something));
        Assert.Equal(50, Silhouette.Hausdorff(nothing, something));
    }

    [Fact]
    public void A_raster_covers_the_pixels_whose_centre_lies_in_a_triangle_and_shows_the_nearer_part()
    {
        var camera = new Camera(10, 10, 0, 0);
        Vector3d[] corners = [new(0, 0, 1), new(0.4, 0, 1), new(0, 0.4, 1), new(0, 0, 2), new(2, 0, 2), new(0, 2, 2)];
        int[] faces = [0, 1, 2, 3, 4, 5];

        Silhouette mask = MeshRaster.Mask(corners.AsSpan(0, 3), faces.AsSpan(0, 3), camera, 8, 8);
        int[] parts = MeshRaster.Parts(corners, faces, [1, 0], camera, 12, 12);

        Assert.Equal(15, Enumerable.Range(0, 64).Count(i => mask[i % 8, i / 8])); // x + y <= 4
        Assert.Equal(1, parts[(1 * 12) + 1]);
        Assert.Equal(0, parts[(4 * 12) + 5]);
        Assert.Equal(MeshRaster.NoPart, parts[(11 * 12) + 11]);
    }

    private static Silhouette MaskOf(JsonElement rows)
    {
        string[] text = [.. rows.EnumerateArray().Select(row => row.GetString()!)];
        var mask = new Silhouette(text[0].Length, text.Length);
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                mask[x, y] = text[y][x] == '#';
            }
        }

        return mask;
    }

    private static ChallengeScores Score(JsonElement c, bool ho3d)
    {
        var scores = new ChallengeScores(ho3d);
        Vector3d[][] joints = c.GetProperty("joints").Images(), estimated = c.GetProperty("joints_estimate").Images();
        Vector3d[][] vertices = c.GetProperty("vertices").Images(), meshes = c.GetProperty("vertices_estimate").Images();
        for (int i = 0; i < joints.Length; i++)
        {
            scores.Add(Ours(joints[i]), Turned(vertices[i]), Ours(estimated[i]), Turned(meshes[i]));
        }

        return scores;

        Vector3d[] Turned(Vector3d[] points) => ho3d ? Array.ConvertAll(points, Ho3dSet.Turn) : points;

        Vector3d[] Ours(Vector3d[] points)
        {
            var ours = new Vector3d[points.Length];
            (ho3d ? JointOrder.Ho3d : JointOrder.FreiHand).ToOurs(Turned(points), ours);
            return ours;
        }
    }

    private static void AssertScores(JsonElement expected, ChallengeScores actual)
    {
        IReadOnlyList<KeyValuePair<string, double>> scores = actual.Read();
        Assert.Equal(expected.EnumerateObject().Select(p => p.Name), scores.Select(s => s.Key));
        foreach ((JsonProperty e, KeyValuePair<string, double> a) in expected.EnumerateObject().Zip(scores))
        {
            AssertClose(e.Value.GetDouble(), a.Value);
        }

        string text = string.Concat(expected.EnumerateObject().Select(p => FormattableString.Invariant($"{p.Name}: {p.Value.GetDouble():F6}\n")));
        Assert.Equal(text, actual.ToText());
    }

    private static double MeanMm(Vector3d[] truth, Vector3d[] estimate)
    {
        double[] distances = new double[truth.Length];
        PointErrors.Distances(truth, estimate, distances);
        return 1000 * distances.Average();
    }

    private static Vector3d[] Aligned(Vector3d[] truth, Vector3d[] estimate, bool allowMirror = true)
    {
        var aligned = new Vector3d[estimate.Length];
        SimilarityAlignment.Find(truth, estimate, allowMirror).Apply(estimate, aligned);
        return aligned;
    }
}
