namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>An operand of an element-wise loop: memory and a stride for each of the four loops (0: broadcast).</summary>
internal readonly record struct Strided(View View, long[] Strides);

/// <summary>Four nested loops, joined where all operands allow it.</summary>
internal static class StridedLoop
{
    /// <summary>
    /// For a copy that changes the order of axes: makes the longest loop that is adjacent in the source or the target the inner
    /// one.
    /// </summary>
    public static void PutLongestRunInside(int[] extents, long[] from, long[] to)
    {
        int best = 3;
        for (int axis = 0; axis < 4; axis++)
        {
            if ((from[axis] == 1 || to[axis] == 1) && extents[axis] > extents[best])
            {
                best = axis;
            }
        }

        if (from[3] != to[3])
        {
            (extents[best], extents[3]) = (extents[3], extents[best]);
            (from[best], from[3]) = (from[3], from[best]);
            (to[best], to[3]) = (to[3], to[best]);
        }
    }

    /// <summary>Joins each loop with the one inside it where the strides of all operands agree; extents and strides are changed.</summary>
    public static void Join(int[] extents, long[][] strides)
    {
        for (int pass = 1; pass < extents.Length; pass++)
        {
            for (int outer = extents.Length - 2; outer >= 0; outer--)
            {
                JoinWithInner(extents, strides, outer);
            }
        }
    }

    private static void JoinWithInner(int[] extents, long[][] strides, int outer)
    {
        int inner = outer + 1;
        if (extents[outer] == 1)
        {
            return;
        }

        if (extents[inner] == 1)
        {
            // The inner loop runs once: move the outer loop there.
            extents[inner] = extents[outer];
            foreach (long[] stride in strides)
            {
                stride[inner] = stride[outer];
            }
        }
        else if (strides.All(stride => stride[outer] == stride[inner] * extents[inner]))
        {
            extents[inner] *= extents[outer];
        }
        else
        {
            return;
        }

        extents[outer] = 1;
    }
}
