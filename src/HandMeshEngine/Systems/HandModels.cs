using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Systems.GraphHand;
using HandMeshEngine.Systems.HandAr;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Systems.MobRecon;
using HandMeshEngine.Systems.PixelAligned;

namespace HandMeshEngine.Systems;

/// <summary>The systems that are one network behind a box, by id.</summary>
internal static class HandModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HandSystem> All { get; } =
        [
            HandDgpModel.Description,
            MobReconModel.Description,
            GraphHandModel.Description,
            HandArModel.Description,
            InceptionGraphModel.Description,
            PixelAlignedModel.Description,
        ];

    /// <summary>A system with its weights and fixed tables.</summary>
    /// <param name="id">One of <see cref="All"/>.</param>
    /// <param name="weights">Tensors by the names of a converted file.</param>
    /// <param name="virtualCamera">Turn a virtual camera to the box (handdgp only, docs/systems/handdgp.md 2.3).</param>
    /// <exception cref="ArgumentException">The system is not known, or has no virtual camera.</exception>
    /// <exception cref="GraphException">A table is missing or bad.</exception>
    public static HandModel Create(string id, IReadOnlyDictionary<string, Tensor> weights, bool virtualCamera = false)
    {
        if (virtualCamera && id != HandDgpModel.Description.Id)
        {
            throw new ArgumentException($"only {HandDgpModel.Description.Id} has a virtual camera; {id} follows the box by itself", nameof(virtualCamera));
        }

        return id switch
        {
            "handdgp" => new HandDgpModel(weights, virtualCamera),
            "mobrecon" => new MobReconModel(weights),
            "graphhand" => new GraphHandModel(weights),
            "handar" => new HandArModel(weights),
            "inceptiongraph" => new InceptionGraphModel(weights),
            "pixelaligned" => new PixelAlignedModel(weights),
            _ => throw new ArgumentException($"there is no system '{id}'; give one of {string.Join(", ", All.Select(system => system.Id))}", nameof(id)),
        };
    }
}
