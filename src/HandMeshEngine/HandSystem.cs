namespace HandMeshEngine;

/// <summary>A system that the engine can run: where it comes from, what it takes and what its authors measured.</summary>
/// <param name="Id">The name in commands and files.</param>
/// <param name="Title">The system in a few words.</param>
/// <param name="Paper">Authors, title, venue.</param>
/// <param name="Accuracy">What was published, with data set and unit.</param>
/// <param name="Terms">Under which terms weights and tables can be had, and that they do not come with the engine.</param>
/// <param name="InputSize">Side of the network's square input, pixels.</param>
/// <param name="TrainedHand">The hand that the weights know; the other one is mirrored in and out.</param>
/// <param name="Needs">What the caller should give.</param>
public sealed record HandSystem(
    string Id,
    string Title,
    string Paper,
    string Accuracy,
    string Terms,
    int InputSize,
    Handedness TrainedHand,
    SystemNeeds Needs);
