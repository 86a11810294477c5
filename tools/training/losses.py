"""Terms of the papers' losses as plain functions of tensors; docs/training.md says which system uses which, with which weight.

Points are [B, N, 3], faces [F, 3] (int64). Everything is a mean over batch and elements unless a docstring says otherwise: the papers
print sums, the code of the works they cite takes means, and their weights were chosen for means.
"""
import torch
import torch.nn.functional as F


def l1(estimate, truth, valid=None):
    """Mean absolute difference; `valid` [B, N] leaves points out."""
    difference = (estimate - truth).abs()
    if valid is None:
        return difference.mean()
    weight = valid.to(difference.dtype)[..., None].expand_as(difference)
    return (difference * weight).sum() / weight.sum().clamp_min(1)


def l2(estimate, truth):
    """Mean squared difference."""
    return ((estimate - truth) ** 2).mean()


def face_edges(points, faces):
    """The three edge vectors of every face [B, F, 3, 3]."""
    corner = points[:, faces]
    return corner.roll(-1, 2) - corner


def face_normals(points, faces):
    """Unit normals [B, F, 3]; 0 for a face without area."""
    e = face_edges(points, faces)
    return F.normalize(torch.cross(e[:, :, 0], e[:, :, 1], dim=2), dim=2, eps=1e-12)


def normal(estimate, truth, faces):
    """Cosine between an estimated edge and the true normal of its face, without sign: 0 where the surface lies as it should."""
    edge = F.normalize(face_edges(estimate, faces), dim=3, eps=1e-12)
    return (edge * face_normals(truth, faces)[:, :, None]).sum(3).abs().mean()


def edge_length(estimate, truth, faces):
    """Absolute difference of edge lengths, an inner edge once for each of its faces."""
    return (length(face_edges(estimate, faces)) - length(face_edges(truth, faces))).abs().mean()


def edge_square(estimate, truth, faces):
    """Absolute difference of squared edge lengths (inceptiongraph)."""
    return ((face_edges(estimate, faces) ** 2).sum(3) - (face_edges(truth, faces) ** 2).sum(3)).abs().mean()


def length(vectors):
    # The derivative of a norm at zero is undefined; an edge without length gets none.
    return (vectors ** 2).sum(-1).clamp_min(1e-24).sqrt()


def scale_invariant(depth, truth, k=0.85):
    """Square root of mean g^2 - k (mean g)^2 with g the difference of logarithms, the batch being the set (BTS; inceptiongraph L_d)."""
    g = depth.clamp_min(1e-6).log() - truth.log()
    return ((g ** 2).mean() - k * g.mean() ** 2 + 1e-12).clamp_min(1e-12).sqrt()


def chamfer(values, centres):
    """Squared distances from each value to the nearest centre and back; means of each set, then over images. [B, N] and [B, M]."""
    d = (values[:, :, None] - centres[:, None]) ** 2
    return (d.min(2).values.mean(1) + d.min(1).values.mean(1)).mean()


def gaussians(points, size, sigma):
    """Maps [B, J, size, size] with a peak of 1 at points [B, J, 2] in pixels of the map."""
    at = torch.arange(size, dtype=points.dtype, device=points.device)
    x = torch.exp(-((at - points[..., :1]) ** 2) / (2 * sigma ** 2))
    y = torch.exp(-((at - points[..., 1:]) ** 2) / (2 * sigma ** 2))
    return y[..., :, None] * x[..., None, :]


def binary(logits, truth):
    """Binary cross-entropy with logits: silhouettes and pose maps."""
    return F.binary_cross_entropy_with_logits(logits, truth)


def classes(log_probability, mask):
    """Cross-entropy of the classes of every pixel; log probabilities [B, C, H, W], mask [B, H, W] with the class."""
    return F.nll_loss(log_probability, mask.long())


def heat_maps(estimate, truth):
    """Squared differences, summed over the joints, mean over pixels and batch (graphhand L_H)."""
    return ((estimate - truth) ** 2).sum(1).mean()


def unique_edge_squares(estimate, truth, edges):
    """Squared difference of squared lengths, mean over unique edges [E, 2] (graphhand L_e)."""
    def squares(p):
        return ((p[:, edges[:, 0]] - p[:, edges[:, 1]]) ** 2).sum(2)
    return ((squares(estimate) - squares(truth)) ** 2).mean()


def raw_normal(estimate, truth, faces):
    """Squared product of edge and true normal, the edge as long as it is (graphhand L_n as printed), mean over faces and edges."""
    return ((face_edges(estimate, faces) * face_normals(truth, faces)[:, :, None]).sum(3) ** 2).mean()


def laplacian(estimate, truth, edges):
    """How far the error of a vertex is from the mean error of its neighbours, squared; mean over vertices (graphhand L_l)."""
    d = estimate - truth
    ones = torch.zeros(d.shape[1], dtype=d.dtype, device=d.device)
    both = torch.cat([edges, edges.flip(1)])
    degree = ones.index_add(0, both[:, 0], torch.ones(len(both), dtype=d.dtype, device=d.device)).clamp_min(1)
    mean = torch.zeros_like(d).index_add(1, both[:, 0], d[:, both[:, 1]]) / degree[:, None]
    return ((d - mean) ** 2).sum(2).mean()


def root_distance(estimate, truth):
    """Root of the mean squared distance of translations [B, 3]."""
    return ((estimate - truth) ** 2).mean().clamp_min(1e-24).sqrt()


def turned(points, angle):
    """Points [B, N, 2 or 3] turned about the optical axis by angles [B] (radians), from x towards y."""
    c, s = torch.cos(angle)[:, None], torch.sin(angle)[:, None]
    x, y = points[..., 0], points[..., 1]
    return torch.cat([torch.stack([c * x - s * y, s * x + c * y], 2), points[..., 2:]], 2)


def consistency(first, second, angle):
    """Two views of one image: what the first says, turned by the angle between them, against the second (handdgp)."""
    return (turned(first, angle) - second).abs().mean()


def rendered_depth(depth, hand, truth, truth_hand):
    """Smooth L1 of two depth maps where either shows the hand (graphhand L_D)."""
    where = ((hand > 0.5) | (truth_hand > 0.5)).to(depth.dtype)
    return (F.smooth_l1_loss(depth, truth, reduction="none") * where).sum() / where.sum().clamp_min(1)
