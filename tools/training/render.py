"""A soft rasteriser for losses on pictures: every face has a share in every pixel near it, so that gradients move silhouettes."""
import torch
from torch.utils.checkpoint import checkpoint


def soft_render(points, faces, values, size, sigma=0.5, depth_scale=0.01, background=0.0):
    """(picture [B, C, size, size], coverage [B, size, size]).

    points [B, V, 3]: x and y in pixels of the picture (centres at integers), z the depth; faces [F, 3]; values [B, V, C] are mixed
    over a face. `sigma`: width in pixels within which a face fades over its rim; `depth_scale`: depth in which a nearer face wins.
    Rows are computed one band at a time and again for the gradient, so memory grows with the number of faces only.
    """
    bands = []
    for top in range(0, size, 8):
        bands.append(checkpoint(_band, points, faces, values, size, top, min(top + 8, size), sigma, depth_scale, background,
                                use_reentrant=False))
    return torch.cat([b[0] for b in bands], 2), torch.cat([b[1] for b in bands], 1)


def _band(points, faces, values, size, top, bottom, sigma, depth_scale, background):
    ys, xs = torch.meshgrid(torch.arange(top, bottom, dtype=points.dtype, device=points.device),
                            torch.arange(size, dtype=points.dtype, device=points.device), indexing="ij")
    pixel = torch.stack([xs.flatten(), ys.flatten()], 1)                            # [P, 2]
    pictures, covers = [], []
    for item in range(points.shape[0]):
        # Only faces near the band take part.
        corner = points[item][faces]                                                # [F, 3, 3]
        reach = 6 * sigma
        near = (corner[:, :, 1].min(1).values < bottom + reach) & (corner[:, :, 1].max(1).values > top - reach)
        kept = near.nonzero()[:, 0]
        picture = points.new_full((pixel.shape[0], values.shape[2]), float(background))
        cover = points.new_zeros(pixel.shape[0])
        if len(kept) > 0:
            corner, value = corner[kept], values[item][faces[kept]]
            share, mix = _shares(pixel, corner[:, :, :2], sigma)
            z = (mix * corner[None, :, :, 2]).sum(2)
            front = torch.exp((corner[:, :, 2].min() - z) / depth_scale)
            weight = share * front
            empty = 1e-4
            total = weight.sum(1, keepdim=True) + empty
            colour = (mix[..., None] * value[None]).sum(2)                          # [P, F, C]
            picture = ((weight[..., None] * colour).sum(1) + empty * background) / total
            cover = 1 - torch.exp(torch.log1p(-share.clamp(max=1 - 1e-6)).sum(1))
        pictures.append(picture.t().view(-1, bottom - top, size))
        covers.append(cover.view(bottom - top, size))
    return torch.stack(pictures), torch.stack(covers)


def _shares(pixel, corner, sigma):
    """Share of each face in each pixel [P, F] and its barycentric mix, clamped to the face [P, F, 3]."""
    a, b, c = corner[None, :, 0], corner[None, :, 1], corner[None, :, 2]
    p = pixel[:, None]

    def cross(u, v):
        return u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]

    area = cross(b - a, c - a)
    safe = torch.where(area.abs() < 1e-9, torch.full_like(area, 1e-9), area)
    mix = torch.stack([cross(c - b, p - b), cross(a - c, p - c), cross(b - a, p - a)], 2) / safe[..., None]
    inside = (mix >= 0).all(2)
    distance = None
    for start, end in ((a, b), (b, c), (c, a)):
        along = end - start
        t = (((p - start) * along).sum(-1) / (along ** 2).sum(-1).clamp_min(1e-12)).clamp(0, 1)
        d = ((p - start - t[..., None] * along) ** 2).sum(-1)
        distance = d if distance is None else torch.minimum(distance, d)
    share = torch.sigmoid(torch.where(inside, distance, -distance) / sigma ** 2)
    clamped = mix.clamp(0, 1)
    return share, clamped / clamped.sum(2, keepdim=True).clamp_min(1e-9)
