"""Losses against finite differences and against numbers worked out by hand; `python3 -m unittest test_losses`."""
import math
import unittest

import torch
from torch.autograd import gradcheck

import handdgp
import losses
import render

TRIANGLE = torch.tensor([[[0.0, 0, 0], [3, 0, 0], [0, 4, 0]]], dtype=torch.float64)
FACE = torch.tensor([[0, 1, 2]])


def points(count, seed=1, scale=1.0):
    generator = torch.Generator().manual_seed(seed)
    return scale * torch.randn(2, count, 3, dtype=torch.float64, generator=generator)


class Values(unittest.TestCase):
    def test_a_surface_that_lies_as_the_truth_has_no_normal_loss_and_an_upright_edge_a_third(self):
        self.assertAlmostEqual(losses.normal(TRIANGLE, TRIANGLE, FACE).item(), 0, 12)
        # One of three edges is turned up by 90 degrees: moving vertex 2 to (0, 0, 4) tilts both of its edges, by 1 and by 4/5.
        tilted = TRIANGLE.clone()
        tilted[0, 2] = torch.tensor([0.0, 0, 4])
        self.assertAlmostEqual(losses.normal(tilted, TRIANGLE, FACE).item(), (0 + 0.8 + 1) / 3, 12)

    def test_normal_terms_take_unit_edges_unless_the_paper_does_not(self):
        tilted = TRIANGLE.clone()
        tilted[0, 2] = torch.tensor([0.0, 0, 4])
        self.assertAlmostEqual(losses.normal(2 * tilted, TRIANGLE, FACE).item(), 0.6, 12)
        self.assertAlmostEqual(losses.raw_normal(2 * tilted, TRIANGLE, FACE).item(), (64 + 64) / 3, 10)

    def test_edges_differ_by_length_or_by_squared_length(self):
        self.assertAlmostEqual(losses.edge_length(2 * TRIANGLE, TRIANGLE, FACE).item(), (3 + 5 + 4) / 3, 12)
        self.assertAlmostEqual(losses.edge_square(2 * TRIANGLE, TRIANGLE, FACE).item(), (27 + 75 + 48) / 3, 12)
        edges = torch.tensor([[0, 1], [1, 2], [0, 2]])
        self.assertAlmostEqual(losses.unique_edge_squares(2 * TRIANGLE, TRIANGLE, edges).item(), (27 ** 2 + 75 ** 2 + 48 ** 2) / 3, 9)

    def test_a_common_shift_has_no_laplacian_loss(self):
        edges = torch.tensor([[0, 1], [1, 2], [0, 2]])
        self.assertAlmostEqual(losses.laplacian(TRIANGLE + 0.7, TRIANGLE, edges).item(), 0, 12)
        # One vertex off by 1: it is 1 from its neighbours' mean, each of them 1/2.
        moved = TRIANGLE.clone()
        moved[0, 0, 2] += 1
        self.assertAlmostEqual(losses.laplacian(moved, TRIANGLE, edges).item(), (1 + 0.25 + 0.25) / 3, 12)

    def test_the_depth_term_of_one_image_is_0_39_of_the_logarithm(self):
        for g in (0.1, -0.7):
            value = losses.scale_invariant(torch.tensor([math.exp(g)]).double(), torch.ones(1).double())
            self.assertAlmostEqual(value.item(), math.sqrt(0.15) * abs(g), 7)
        both = losses.scale_invariant(torch.tensor([math.e, 1 / math.e]).double(), torch.ones(2).double())
        self.assertAlmostEqual(both.item(), 1, 6)

    def test_bins_are_as_far_from_depths_as_depths_from_bins(self):
        values, centres = torch.tensor([[1.0, 2.0]]), torch.tensor([[1.5, 4.0, 2.0]])
        self.assertAlmostEqual(losses.chamfer(values, centres).item(), (0.25 + 0) / 2 + (0.25 + 4 + 0) / 3, 6)

    def test_a_peak_lies_at_its_joint_and_falls_to_60_percent_after_sigma(self):
        maps = losses.gaussians(torch.tensor([[[10.0, 20.0]]]), 32, 2.0)
        self.assertEqual(maps[0, 0].argmax().item(), 20 * 32 + 10)
        self.assertAlmostEqual(maps[0, 0, 20, 12].item(), math.exp(-0.5), 6)

    def test_cross_entropies_of_an_undecided_network_are_the_logarithm_of_two(self):
        mask = torch.tensor([[[1.0, 0], [0, 1]]])
        self.assertAlmostEqual(losses.binary(torch.zeros(1, 2, 2), mask).item(), math.log(2), 6)
        self.assertAlmostEqual(losses.classes(torch.log_softmax(torch.zeros(1, 2, 2, 2), 1), mask).item(), math.log(2), 6)

    def test_two_views_that_differ_by_their_turn_are_consistent(self):
        first, turn = points(5), torch.tensor([0.4, -1.1], dtype=torch.float64)
        self.assertAlmostEqual(losses.consistency(first, losses.turned(first, turn), turn).item(), 0, 12)
        quarter = losses.turned(torch.tensor([[[1.0, 0, 5]]]), torch.tensor([math.pi / 2]))
        self.assertAlmostEqual((quarter - torch.tensor([[[0.0, 1, 5]]])).abs().max().item(), 0, 6)

    def test_points_left_out_do_not_count(self):
        value = losses.l1(torch.zeros(1, 2, 3), torch.tensor([[[1.0, 1, 1], [9, 9, 9]]]), torch.tensor([[True, False]]))
        self.assertAlmostEqual(value.item(), 1)

    def test_depth_counts_where_either_map_shows_the_hand(self):
        depth, truth = torch.tensor([[[3.0, 0, 0]]]), torch.tensor([[[0.0, 0.5, 9]]])
        hand, true_hand = torch.tensor([[[1.0, 0, 0]]]), torch.tensor([[[0.0, 1, 0]]])
        self.assertAlmostEqual(losses.rendered_depth(depth, hand, truth, true_hand).item(), (2.5 + 0.125) / 2, 6)

    def test_the_root_is_solved_exactly_from_exact_keypoints(self):
        joints = points(21, scale=0.05)
        root = torch.tensor([[0.01, -0.02, 0.7], [0.03, 0.0, 0.9]], dtype=torch.float64)
        seen = handdgp.project(joints + root[:, None])
        solved, fit = handdgp.solve_root(joints, seen, torch.rand(2, 21, dtype=torch.float64) + 0.1)
        self.assertLess((solved - root).abs().max().item(), 1e-9)
        self.assertTrue((fit > 1e-9).all())

    def test_keypoints_in_one_place_give_no_gradient(self):
        joints = points(21, scale=0.05).requires_grad_()
        root, _ = handdgp.solve_root(joints, torch.full((2, 21, 2), 0.5, dtype=torch.float64), torch.ones(2, 21, dtype=torch.float64))
        self.assertFalse(root.requires_grad and torch.autograd.grad(root.sum(), joints)[0].abs().max().item() > 0)


class Gradients(unittest.TestCase):
    """Every term's derivative against finite differences in double precision."""

    def check(self, function, *inputs):
        self.assertTrue(gradcheck(function, [x.clone().requires_grad_() for x in inputs], eps=1e-6, atol=1e-5))

    def test_surfaces(self):
        truth = points(6)
        faces = torch.tensor([[0, 1, 2], [2, 3, 4], [1, 5, 2]])
        edges = torch.tensor([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]])
        for term in (losses.normal, losses.raw_normal, losses.edge_length, losses.edge_square):
            self.check(lambda e, term=term: term(e, truth, faces), points(6, seed=2))
        for term in (losses.unique_edge_squares, losses.laplacian):
            self.check(lambda e, term=term: term(e, truth, edges), points(6, seed=2))

    def test_numbers_and_maps(self):
        positive = points(6).abs()[:, :, 0] + 0.5
        self.check(lambda d: losses.scale_invariant(d, positive[:, 0]), positive[:, 1])
        self.check(lambda c: losses.chamfer(positive, c), points(4, seed=3)[:, :, 0])
        self.check(lambda e: losses.l1(e, points(6), torch.tensor([[1, 0, 1, 1, 0, 1]] * 2)), points(6, seed=2))
        self.check(lambda e: losses.root_distance(e, points(1)[:, 0]), points(1, seed=2)[:, 0])
        self.check(lambda m: losses.heat_maps(m, points(9).view(2, 3, 3, 3)), points(9, seed=2).view(2, 3, 3, 3))
        self.check(lambda m: losses.binary(m, (points(3) > 0).double()), points(3, seed=2))
        self.check(lambda a, b: losses.consistency(a, b, torch.tensor([0.3, -2.0]).double()), points(4), points(4, seed=2))
        self.check(lambda m: losses.rendered_depth(m, torch.ones_like(m), points(3), torch.ones_like(m)), points(3, seed=2))

    def test_the_root_solver(self):
        joints = points(21, scale=0.05)
        seen = handdgp.project(joints + torch.tensor([0, 0, 0.8], dtype=torch.float64)) + 0.002 * points(21, seed=3)[:, :, :2]
        weight = torch.rand(2, 21, dtype=torch.float64, generator=torch.Generator().manual_seed(4)) + 0.2
        self.check(lambda j, k, w: handdgp.solve_root(j, k, w)[0], joints, seen, weight)

    def test_the_renderer(self):
        corners = torch.tensor([[[1.2, 1.1, 0.5], [6.3, 1.7, 0.52], [3.1, 6.4, 0.48], [6.0, 6.2, 0.55]]], dtype=torch.float64)
        values = torch.rand(1, 4, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(5))
        faces = torch.tensor([[0, 1, 2], [1, 3, 2]])

        def picture(p, v):
            image, cover = render.soft_render(p, faces, v, 8, sigma=1.0, depth_scale=0.1)
            return image.sum(1), cover
        self.check(picture, corners, values)

    def test_a_render_covers_what_the_triangle_covers(self):
        corners = torch.tensor([[[2.0, 2.0, 0.5], [14.0, 2.0, 0.5], [2.0, 14.0, 0.5]]])
        image, cover = render.soft_render(corners, FACE, torch.ones(1, 3, 1), 16)
        ys, xs = torch.meshgrid(torch.arange(16), torch.arange(16), indexing="ij")
        deep = (xs > 3) & (ys > 3) & (xs + ys < 14)
        away = (xs + ys > 19) | (xs < 1) | (ys < 1)
        self.assertGreater(cover[0][deep].min().item(), 0.95)
        self.assertLess(cover[0][away].max().item(), 0.05)
        self.assertGreater(image[0, 0][deep].min().item(), 0.95)


if __name__ == "__main__":
    unittest.main()
