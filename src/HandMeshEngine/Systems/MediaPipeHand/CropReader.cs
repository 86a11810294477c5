using HandMeshEngine.Estimation;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>Reads crops with the landmark network, all that are due in one run where the backend takes several. One caller at a time.</summary>
internal sealed class CropReader(LandmarkNetworks networks, bool asPublished)
{
    private const int MostPasses = 3;

    /// <summary>Runs all passes of every reading: a hand must be there in each.</summary>
    public void Read(FrameSet frames, Span<Reading> readings)
    {
        for (int left = MostPasses; left > 0; left--)
        {
            Pass(frames, readings, left);
        }
    }

    /// <summary>The pass behind which a reading has <paramref name="left"/> - 1 more.</summary>
    public void Pass(FrameSet frames, Span<Reading> readings, int left)
    {
        networks.Clear();
        foreach (ref Reading reading in readings)
        {
            reading.Item = -1;
            if (reading.Passes >= left && (reading.IsHand || reading.Passes == left))
            {
                Add(frames, ref reading);
            }
        }

        if (networks.Count == 0)
        {
            return;
        }

        networks.Run(frames, last: left == 1);
        foreach (ref Reading reading in readings)
        {
            if (reading.Item >= 0)
            {
                Take(frames, ref reading);
            }
        }
    }

    private void Add(FrameSet frames, ref Reading reading)
    {
        Camera camera = frames.Camera(reading.Frame);
        Crop crop = reading.Crop;
        if (reading.IsFlat || (camera.Projection is null && asPublished))
        {
            reading.View = null;
            reading.Item = networks.Count;
            networks.Add(reading.Frame, crop.Sampling(HandLandmarks.InputSize).ToMatrix(), null);
        }
        else if (TurnedView.TryLookAt(camera, crop.CenterX, crop.CenterY, out TurnedView view))
        {
            reading.View = view;
            reading.Item = networks.Count;
            networks.Add(reading.Frame, view.Sampling(view.CropOf(crop), HandLandmarks.InputSize, camera), camera.Projection, reading.IsMirrored);
        }
        else
        {
            reading.To.Presence = 0;
            reading.IsHand = false;
        }
    }

    private void Take(FrameSet frames, ref Reading reading)
    {
        Landmarks to = reading.To;
        (to.Crop, to.View, to.PalmScore) = (reading.Crop, reading.View, null);
        if (reading.View is { } view)
        {
            LandmarkDecoder.Decode(
                networks.Screen(reading.Item), networks.World(reading.Item), view.CropOf(reading.Crop), to.ViewUv, to.Z, to.World);
            Camera camera = frames.Camera(reading.Frame);
            to.LeavesLens = !view.ToImage(camera, reading.Crop, to.ViewUv, to.Uv);
            to.NextCrop = view.TryCropOfImage(camera, HandCrops.FromLandmarks(to.ViewUv), out Crop next) ? next : HandCrops.FromLandmarks(to.Uv);
        }
        else
        {
            LandmarkDecoder.Decode(networks.Screen(reading.Item), networks.World(reading.Item), reading.Crop, to.Uv, to.Z, to.World);
            to.Uv.CopyTo(to.ViewUv, 0);
            to.NextCrop = HandCrops.FromLandmarks(to.Uv);
            to.LeavesLens = false;
        }

        to.Presence = networks.Presence(reading.Item);
        to.RightProbability = networks.RightProbability(reading.Item);
        reading.IsHand = to.Presence >= HandFinder.LeastPresence;
        reading.Crop = to.NextCrop;
    }
}
