using HandMeshEngine.Export;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Tests.Export;

public sealed class ErrorHeatMapTests
{
    [Fact]
    public void The_worst_vertex_is_red_and_the_others_are_blue()
    {
        HandRig rig = HandRig.Right;
        float[] errors = new float[rig.RestVertices.Length];
        int red = Reddish(ErrorHeatMap.Render(Error(rig, errors)));
        int tip = Enumerable.Range(0, errors.Length).MaxBy(i => rig.RestVertices[i].Y);
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = Vector3.Distance(rig.RestVertices[i], rig.RestVertices[tip]) < 0.03f ? 1 : 0;
        }

        int withErrors = Reddish(ErrorHeatMap.Render(Error(rig, errors)));

        Assert.True(withErrors > red + 500, $"{red} red pixels without errors, {withErrors} with");
    }

    [Fact]
    public void Errors_that_are_not_numbers_are_drawn_as_the_worst()
    {
        HandRig rig = HandRig.Right;
        float[] errors = new float[rig.RestVertices.Length];
        Array.Fill(errors, float.NaN, 0, errors.Length / 2);

        Assert.True(Reddish(ErrorHeatMap.Render(Error(rig, errors))) > 1000);
    }

    private static MeshError Error(HandRig rig, float[] errors) =>
        new("vertices", rig.RestVertices.ToArray(), rig.Surface.Faces.ToArray(), errors);

    // Outside the scale at the right.
    private static int Reddish(RgbImage picture)
    {
        int count = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> row = picture.Row(y)[..(3 * 1280)];
            for (int x = 0; x < row.Length; x += 3)
            {
                count += row[x] > 100 && row[x] > 2 * row[x + 1] && row[x] > 2 * row[x + 2] ? 1 : 0;
            }
        }

        return count;
    }
}
