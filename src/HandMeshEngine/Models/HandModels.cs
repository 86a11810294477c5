using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Models;

/// <summary>The systems that are one network behind a box, by id.</summary>
internal static class HandModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HandSystem> All { get; } =
        [
            HandDgp.Description,
            MobRecon.Description,
            GraphHand.Description,
            HandAr.Description,
            InceptionGraph.Description,
            PixelAligned.Description,
        ];

    /// <summary>A system with its weights and fixed tables.</summary>
    /// <param name="id">One of <see cref="All"/>.</param>
    /// <param name="weights">Tensors by the names of a converted file.</param>
    /// <param name="virtualCamera">Turn a virtual camera to the box (handdgp only, spec handdgp 2.3).</param>
    /// <exception cref="ArgumentException">The system is not known, or has no virtual camera.</exception>
    /// <exception cref="GraphException">A table is missing or bad.</exception>
    public static HandModel Create(string id, IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera = false)
    {
        if (virtualCamera && id != HandDgp.Description.Id)
        {
            throw new ArgumentException($"only {HandDgp.Description.Id} has a virtual camera; {id} follows the box by itself", nameof(virtualCamera));
        }

        return id switch
        {
            "handdgp" => new HandDgp(weights, virtualCamera),
            "mobrecon" => new MobRecon(weights),
            "graphhand" => new GraphHand(weights),
            "handar" => new HandAr(weights),
            "inceptiongraph" => new InceptionGraph(weights),
            "pixelaligned" => new PixelAligned(weights),
            _ => throw new ArgumentException($"there is no system '{id}'; give one of {string.Join(", ", All.Select(system => system.Id))}", nameof(id)),
        };
    }
}
