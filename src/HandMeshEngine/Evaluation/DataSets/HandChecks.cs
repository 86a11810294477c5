namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>Whether true joints can be a hand in metres and in our order: a wrong unit and a wrong order are what data sets invite.</summary>
internal static class HandChecks
{
    private const double SmallestReach = 0.03;
    private const double LargestReach = 0.6;

    // Joints read in a wrong order jump from finger to finger, so that the right order has clearly shorter bones; a fist may come close.
    private const double ClearlyShorter = 0.85;

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

        double bones = Bones(joints);
        foreach (JointOrder order in (ReadOnlySpan<JointOrder>)[JointOrder.Ho3d, JointOrder.Rhd, JointOrder.Stb])
        {
            var reordered = new Vector3d[HandMesh.JointCount];
            order.ToOurs(joints, reordered);
            if (Bones(reordered) < ClearlyShorter * bones)
            {
                throw new DataSetException(file, $"the joints of {image} do not follow the fingers; they seem to be in another order, that of '{order.Name}' (docs/evaluation.md, Joint orders)");
            }
        }

        return joints;
    }

    private static double Bones(ReadOnlySpan<Vector3d> joints)
    {
        double sum = 0;
        for (int joint = 1; joint < HandMesh.JointCount; joint++)
        {
            sum += (joints[joint] - joints[joint % 4 == 1 ? 0 : joint - 1]).Length;
        }

        return sum;
    }

    private static bool Fits(double reach) => reach is >= SmallestReach and <= LargestReach;
}
