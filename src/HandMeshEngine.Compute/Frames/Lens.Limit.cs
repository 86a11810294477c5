namespace HandMeshEngine;

/// <content>Where the profile stops growing.</content>
public sealed partial class Lens
{
    private (double Limit, double PlaneLimit) FindLimit()
    {
        bool isFisheye = Model == LensModel.Fisheye;
        if (!isFisheye && Model is not (LensModel.BrownConrady or LensModel.ModifiedBrownConrady or LensModel.Omnidirectional))
        {
            return (double.PositiveInfinity, double.PositiveInfinity);
        }

        double top = isFisheye ? Math.PI : 16;
        int steps = isFisheye ? 4096 : 16384;
        double before = 0;
        for (int i = 1; i <= steps; i++)
        {
            double value = Profile(top * i / steps);
            if (!(value > before))
            {
                return Refine(top * Math.Max(i - 2, 0) / steps, top * i / steps);
            }

            before = value;
        }

        return isFisheye ? (Math.PI, before) : (double.PositiveInfinity, double.PositiveInfinity);
    }

    // Golden section; to the right of a pole the profile is no number and counts as lower.
    private (double Limit, double PlaneLimit) Refine(double low, double high)
    {
        for (int i = 0; i < 200; i++)
        {
            double a = low + (0.381966 * (high - low)), b = high - (0.381966 * (high - low));
            if (Profile(a) < Profile(b))
            {
                low = a;
            }
            else
            {
                high = b;
            }
        }

        return (low, Profile(low));
    }

    private double Profile(double t) => Model == LensModel.Fisheye ? FisheyeRadius(t) : _plane.Profile(t);

    private double FisheyeRadius(double angle)
    {
        double[] k = _coefficients;
        double s = angle * angle;
        return angle * (1 + (s * (k[0] + (s * (k[1] + (s * (k[2] + (s * k[3]))))))));
    }
}
