using HandMeshEngine.Systems;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Estimation;

/// <summary>A hand that a system's network is to see.</summary>
/// <param name="Frame">Index of its image.</param>
/// <param name="View">What the model is told, mirrored where <paramref name="Mirror"/>.</param>
/// <param name="Box">Pixels of the image.</param>
/// <param name="Side">Which hand it is.</param>
/// <param name="Mirror">Whether it is the hand for which the network was not trained.</param>
/// <param name="LastColumn">Of the image.</param>
/// <param name="Ideal">The view without a lens; null if the camera has none.</param>
/// <param name="Scores">What is known of the hand before.</param>
internal readonly record struct NetworkRun(
    int Frame, HandView View, HandBox Box, Handedness Side, bool Mirror, int LastColumn, IdealView? Ideal, HandScores Scores);

/// <summary>What a hand's finder says of it: presence, probability of a right hand, score of the palm, and who it is in a video.</summary>
internal readonly record struct HandScores(float Presence, float RightProbability, float? Detection, TrackedHand? Tracked);
