"""Targets, data sets, starts and the run itself; `python3 -m unittest test_kit`."""
import csv
import json
import math
import os
import tempfile
import unittest

import numpy as np
import torch

import blocks
import checkpoint
import curve
import handdgp
import imagenet
import inceptiongraph
import objectives
import pixelaligned
import readers
import schedules
import synth
import tables
import train
import views
from synthetic import Hand, paint

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SETS = os.path.join(ROOT, "tests", "parity", "evaluation", "sets")
PARITY = os.path.join(ROOT, "tests", "parity")


def batch_of(item):
    return {k: torch.from_numpy(np.asarray(v))[None] for k, v in item.items()}


class Targets(unittest.TestCase):
    def setUp(self):
        self.hand = Hand()
        self.sample = self.hand.sample(np.random.default_rng(3), depth=(0.7, 0.9), aside=0.01)
        self.wrist = self.sample["joints"][0]

    def test_true_outputs_give_the_true_root(self):
        for seed in range(4):
            for system in ("inceptiongraph", "pixelaligned"):
                item = views.view(system, self.sample, np.random.default_rng(seed))
                turned = views.turn(self.wrist[None], float(item["angle"]))[0]
                camera = item["crop_camera"].astype(np.float64)
                if system == "inceptiongraph":
                    root, mesh = inceptiongraph.camera_space(item["uv"], item["mesh_rel"], item["depth_norm"], camera)
                else:
                    root, mesh = pixelaligned.camera_space(item["weak_camera"], item["mesh_rel"], camera)
                self.assertLess(np.abs(root - turned).max(), 2e-6)                  # float32 targets
                self.assertLess(np.abs(mesh - views.turn(self.sample["vertices"], float(item["angle"]))).max(), 2e-6)

    def test_handdgps_solver_finds_the_true_root_from_true_keypoints(self):
        item = batch_of(views.view("handdgp", self.sample, np.random.default_rng(1)))
        root, _ = handdgp.solve_root(handdgp.UNIT * item["joints_rel"], item["uv"], torch.ones(1, 21))
        self.assertLess((root - item["root"]).abs().max().item(), 1e-5)

    def test_graphhands_fractions_are_the_hand_in_its_scale(self):
        sample = views.mirrored(self.sample)
        item = batch_of(views.view("graphhand", sample, None))
        scale = np.linalg.norm(sample["joints"][10] - sample["joints"][9])
        true = (sample["vertices"] - sample["joints"][0]) / scale
        self.assertLess(np.abs(objectives.space(item["mesh_uvd"], item)[0].numpy() - true).max(), 1e-4)

    def test_handars_heat_map_space_goes_back_to_the_camera(self):
        item = views.view("handar", self.sample, None)
        camera = item["crop_camera"]
        z = (item["mesh_hm"][:, 2] / 32 - 1) * 0.15 + self.wrist[2]
        x = (item["mesh_hm"][:, 0] * 4 - camera[2]) / camera[0] * z
        self.assertLess(np.abs(np.stack([x, z], 1) - self.sample["vertices"][:, [0, 2]]).max(), 1e-5)

    def test_a_turned_picture_is_a_picture_of_the_turned_hand(self):
        angle, camera = 0.8, np.asarray(self.sample["camera"])
        seen = views.warp(self.sample["mask"].astype(float)[:, :, None], views.unturned(camera, angle), 224)[:, :, 0] > 0.5
        turned = views.turn(self.sample["vertices"], angle)
        _, drawn, _, _ = paint(turned, self.hand.faces, self.hand.face_part, camera, 224, np.random.default_rng(0))
        self.assertGreater((seen & drawn).sum() / (seen | drawn).sum(), 0.93)

    def test_the_mask_covers_the_joints_in_the_crop(self):
        item = views.view("pixelaligned", self.sample, np.random.default_rng(2))
        at = np.clip(np.rint(item["map_points"]).astype(int), 0, 55)
        inside = ((item["map_points"] >= 0) & (item["map_points"] <= 55)).all(1)
        self.assertGreater((item["mask"][at[:, 1], at[:, 0]][inside] > 0.3).mean(), 0.8)

    def test_the_wrist_of_the_synthetic_hand_is_5_mm_from_its_origin(self):
        wrist = (self.hand.regressor @ self.hand.vertices)[0]
        self.assertAlmostEqual(np.linalg.norm(wrist), 0.005, 3)

    def test_coarse_truth_is_the_levels_own_vertices(self):
        v, f = tables.load()
        surface = objectives.Surface(v, f, tables.joint_regressor(v))
        for n, level in enumerate(tables.hierarchy(v, f, 3)[1:], 1):
            self.assertTrue((v[surface.kept(n).numpy()] == level["v"]).all())

    def test_a_mirrored_hand_is_told_by_its_joints(self):
        hands = [self.hand.sample(np.random.default_rng(s))["joints"] for s in range(20)]
        right = [readers.is_left(j) for j in hands]
        left = [readers.is_left(j * (-1, 1, 1)) for j in hands]
        self.assertEqual(right, [not side for side in left])
        self.assertLessEqual(sum(right), 3)                                        # a straight hand tells little


class Tables(unittest.TestCase):
    def test_handdgps_spirals_are_the_stored_ones(self):
        stored = synth.load_safetensors(os.path.join(PARITY, "handdgp", "tables-dev-0.safetensors"))
        for k in (2, 3):
            built = handdgp.spirals(stored["level%d.vertices" % k].astype(float), stored["level%d.faces" % k].astype(np.int64))
            self.assertTrue((built == stored["level%d.spiral" % k]).all())
        edge = synth.load_safetensors(os.path.join(PARITY, "handdgp", "spiral-edge-dev-0.safetensors"))
        self.assertTrue((handdgp.spirals(edge["vertices"].astype(float), edge["faces"].astype(np.int64)) == edge["spiral9"]).all())

    def test_graphhands_nodes_are_in_the_stored_order(self):
        import graphhand
        stored = synth.load_safetensors(os.path.join(PARITY, "graphhand", "dev-0.safetensors"))
        built = graphhand.build_tables(stored["table.faces"].astype(np.int64), 954)
        for name, value in built.items():
            self.assertLess(np.abs(value.astype(float) - stored[name]).max(), 1e-6, name)


class DataSets(unittest.TestCase):
    def test_every_layout_gives_the_joints_that_were_put_in(self):
        with open(os.path.join(SETS, "truth.json")) as f:
            truth = json.load(f)
        for kind, hands in truth.items():
            folder = os.path.join(SETS, kind)
            samples = readers.read(kind, os.path.join(folder, "list.jsonl") if kind == "list" else folder, "evaluation")
            self.assertEqual(len(samples), len(hands), kind)
            for i, joints in enumerate(hands):
                sample = samples[i]
                self.assertLess(np.abs(sample["joints"] - joints).max(), 1e-5, kind)
                self.assertEqual(sample["image"].dtype, np.uint8)

    def test_what_is_missing_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(ValueError, "training_K.json: the layout needs this file"):
                readers.read("freihand", folder)
            with self.assertRaisesRegex(ValueError, "unknown data set layout 'coco'"):
                readers.read("coco", folder)
            listed = os.path.join(folder, "list.jsonl")
            with open(listed, "w") as f:
                f.write('{"file": "a.jpg", "joints": []}\n')
            with self.assertRaisesRegex(ValueError, r"picture 1 \(a.jpg\) states no camera"):
                readers.read("list", listed)

    def test_a_pickle_that_wants_more_than_arrays_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bad.pkl")
            with open(path, "wb") as f:
                f.write(b"cos\nsystem\n(S'true'\ntR.")
            with self.assertRaisesRegex(Exception, "asks for"):
                readers.unpickle(path)

    def test_pictures_without_a_hand_teach_nothing(self):
        hand = Hand().sample(np.random.default_rng(1))["joints"].tolist()
        with tempfile.TemporaryDirectory() as folder:
            listed, taught = os.path.join(folder, "list.jsonl"), os.path.join(folder, "predictions.jsonl")
            photo = os.path.relpath(os.path.join(ROOT, "tests", "photos", "pointing.jpg"), folder)
            with open(listed, "w") as f:
                for name in (photo, "other.jpg"):
                    f.write(json.dumps({"file": name, "camera": [600, 600, 320, 240]}) + "\n")
            with open(taught, "w") as f:
                f.write('{"set": "list"}\n' + json.dumps({"id": photo, "joints": hand}) + "\n" + '{"id": "other.jpg", "joints": [], "problem": "no hand"}\n')
            samples = readers.taught(listed, taught)
            self.assertEqual(len(samples), 1)
            item = batch_of(views.view("pixelaligned", samples[0], np.random.default_rng(1)))
            self.assertNotIn("mesh_rel", item)


class Starts(unittest.TestCase):
    def test_the_packages_stem_sees_what_it_saw(self):
        rng = np.random.default_rng(0)
        shapes = blocks.ResNet(18).state_dict()
        arrays = {}
        for place, names in imagenet.UNITS.items():
            left, norm = place.split("/")
            prefix = left.rpartition(".")[0]
            norm = (prefix + "." if prefix else "") + norm
            keys = [left + ".weight"] + [norm + k for k in (".weight", ".bias", ".running_mean", ".running_var")]
            for kind, number, key in zip(("Parameter",) * 3 + ("Constant",) * 2, names, keys):
                arrays["%s%d" % (kind, number)] = np.abs(rng.normal(size=tuple(shapes[key].shape))).astype(np.float32) * 0.05
        trunk = blocks.ResNet(18)
        state = imagenet.from_initialisers(arrays)
        self.assertEqual(set(state), {k for k in shapes if not k.endswith("tracked")})
        holder = torch.nn.ModuleDict({"encoder": trunk, "other": blocks.ResNet(18, stem=False)})
        self.assertEqual(imagenet.start(holder, state), ["encoder"])
        pixels = rng.uniform(0, 255, (1, 3, 32, 32)).astype(np.float32)                                  # RGB
        theirs = torch.from_numpy(np.ascontiguousarray(pixels[:, ::-1]) - np.array(imagenet.MEAN, np.float32)[None, :, None, None])
        ours = torch.from_numpy((pixels / 255 - 0.5) / 0.5)
        inner = (slice(None), slice(None), slice(3, -3), slice(3, -3))                                   # away from the border's zeros
        expected = torch.nn.functional.conv2d(theirs, torch.from_numpy(arrays["Parameter91"]), stride=2, padding=3)
        expected = (expected - torch.from_numpy(arrays["Constant98"])[None, :, None, None])[inner]
        seen = (trunk.conv1(ours) - trunk.bn1.running_mean[None, :, None, None])[inner].detach()
        self.assertLess((seen - expected).abs().max().item(), 1e-3 * expected.abs().max().item())

    def test_a_trunk_of_another_depth_is_refused(self):
        state = {k: v.numpy() for k, v in blocks.ResNet(18).state_dict().items()}
        self.assertEqual(imagenet.start(torch.nn.ModuleDict({"encoder": blocks.ResNet(50)}), state), [])

    def test_rates_fall_when_the_papers_say(self):
        self.assertAlmostEqual(schedules.rate_at("inceptiongraph", 39, 1e-4), 1e-4)
        self.assertAlmostEqual(schedules.rate_at("inceptiongraph", 40, 1e-4), 1e-5)
        self.assertAlmostEqual(schedules.rate_at("handar", 20, 1e-4), 1e-6)


class Runs(unittest.TestCase):
    def run_for(self, folder, steps):
        train.main(["pixelaligned", "--backbone", "18", "--out", folder, "--size", "64", "--batch", "1", "--steps", str(steps), "--device", "cpu"])
        return synth.load_safetensors(os.path.join(folder, "pixelaligned.safetensors"))

    def test_a_run_that_was_stopped_goes_on_to_the_same_weights(self):
        with tempfile.TemporaryDirectory() as folder:
            whole = self.run_for(os.path.join(folder, "whole"), 2)
            self.run_for(os.path.join(folder, "parts"), 1)
            with open(os.path.join(folder, "parts", "log.csv"), "a") as f:
                f.write("2,9.9,0.0001,1,1,1,1,1,1,1,,\n")                                               # a step after the state was saved
            parts = self.run_for(os.path.join(folder, "parts"), 2)
            for name, value in whole.items():
                self.assertTrue((value == parts[name]).all(), name)
            with open(os.path.join(folder, "parts", "log.csv")) as f:
                self.assertEqual([row["step"] for row in csv.DictReader(f)], ["1", "2"])
            with open(os.path.join(folder, "whole", "curve.svg")) as f:
                self.assertIn("<polyline", f.read())
            with self.assertRaisesRegex(SystemExit, "give another --out"):
                train.main(["inceptiongraph", "--out", os.path.join(folder, "whole"), "--steps", "1", "--batch", "1", "--device", "cpu"])

    def test_a_curve_of_a_flat_loss_is_drawn(self):
        picture = curve.draw({"loss": [(1, 2.0), (2, 2.0)]}, "flat")
        self.assertIn("<polyline", picture)
        self.assertNotIn("nan", picture.replace("nanometres", ""))
        self.assertTrue(math.isclose(curve.smooth([(1, 1.0), (2, 3.0)], share=1)[1][1], 2.0))

    def test_a_backbone_that_a_system_lacks_is_refused(self):
        with self.assertRaisesRegex(ValueError, "handdgp has no ResNet-18"):
            checkpoint.backbone_of("handdgp", 18)


if __name__ == "__main__":
    unittest.main()
