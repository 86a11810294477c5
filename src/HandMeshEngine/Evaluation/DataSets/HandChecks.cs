using HandMeshEngine.Cameras;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>Whether true joints can be a hand in metres and in our order: a wrong unit and a wrong order are what data sets invite.</summary>
internal static class HandChecks
{
    private const double SmallestReach = 0.03;
    private const double LargestReach = 0.6;

    // A finger's joints lie in a row of three bones; between joints of different fingers lie several of them.
    private const double LongestFinger = 0.16;

    /// <summary>Checks the joints of one image.</summary>
    /// <exception cref="DataSetException">No hand has these joints.</exception>
    public static Vector3d[] Require(Vector3d[] joints, string file, string image)
    {
        double reach = joints.Max(joint => (joint - joints[0]).Length);
        if (!(reach is >= SmallestReach and <= LargestReach))
        {
            string cure = Fits(reach / 1000) ? "; the numbers look like millimetres, divide them by 1000"
                : Fits(reach / 100) ? "; the numbers look like centimetres, divide them by 100" : string.Empty;
            throw new DataSetException(file, FormattableString.Invariant(
                $"the joints of {image} reach {reach:0.###} m from the wrist, which no hand does{cure}"));
        }

        int torn = 0;
        for (int finger = 1; finger < HandMesh.JointCount; finger += 4)
        {
            double along = 0;
            for (int joint = finger; joint < finger + 3; joint++)
            {
                along += (joints[joint + 1] - joints[joint]).Length;
            }

            torn += along > LongestFinger ? 1 : 0;
        }

        return torn < 3
            ? joints
            : throw new DataSetException(file, $"the joints of {image} do not follow the fingers; they seem to be in another order (docs/evaluation.md, Joint orders)");
    }

    private static bool Fits(double reach) => reach is >= SmallestReach and <= LargestReach;
}
