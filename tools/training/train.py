"""Trains one of the five systems; what it learns from, and with which loss, is in docs/training.md.

    python3 train.py SYSTEM --out FOLDER                                     on synthetic hands
    python3 train.py SYSTEM --out FOLDER --data freihand:/data/FreiHAND      on a data set (several may be given)
    python3 train.py pixelaligned --backbone 18 --out FOLDER --pictures list.jsonl --teacher predictions.jsonl
                                  synthetic hands and your own pictures in turn, with another system's joints on those as teacher

FOLDER holds state.pt (run the same command again and it goes on there), log.csv, curve.svg, SYSTEM.safetensors and
SYSTEM.tables.safetensors. A run that was stopped and went on makes the same weights as one that was not (on the CPU).
"""
import argparse
import copy
import csv
import os
import sys
import time

import numpy as np
import torch

import checkpoint
import curve
import heads
import imagenet
import objectives
import readers
import schedules
import tables
import views
from synthetic import Hand

EPOCH = 1000                                               # synthetic pictures that count as an epoch


class Source(torch.utils.data.Dataset):
    """Items of one data set or of synthetic hands: item i of a run is always the same, whoever asks."""

    def __init__(self, system, samples, seed, size, augment, pairs):
        self.system, self.samples, self.seed, self.size, self.augment, self.pairs = system, samples, seed, size, augment, pairs
        self.has_mesh = not isinstance(samples, readers.Samples) or samples.has_mesh

    def item(self, index):
        rng = np.random.default_rng([self.seed, index])
        if isinstance(self.samples, Hand):
            near = dict(depth=(0.7, 0.9), aside=0.01) if self.system == "handdgp" else {}
            sample = self.samples.sample(rng, **near)
            if self.system in views.LEFT:
                sample = views.mirrored(sample)
        else:
            # A new order each time round, without keeping one.
            count = len(self.samples)
            order = np.random.default_rng([self.seed, 1 << 20, index // count]).permutation(count)
            sample = self.samples[int(order[index % count])]
        item = views.view(self.system, sample, rng, self.size, self.augment)
        if self.pairs:
            second = views.view(self.system, sample, rng, self.size, self.augment)
            item["second_input"], item["second_turn"] = second["input"], second["angle"] - item["angle"]
        return item

    def batch(self, step, size):
        items = [self.item(step * size + n) for n in range(size)]
        return {k: torch.from_numpy(np.stack([i[k] for i in items])) for k in items[0]}


class Batches(torch.utils.data.IterableDataset):
    """(step, source number, batch) from a step on; workers take steps in turn, so that the order is that of one process."""

    def __init__(self, sources, size, first):
        self.sources, self.size, self.first = sources, size, first

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        step, stride = (self.first, 1) if worker is None else (self.first + worker.id, worker.num_workers)
        while True:
            source = self.sources[step % len(self.sources)]
            yield source.batch(step // len(self.sources), self.size)
            step += stride


def parse(arguments):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("system", choices=checkpoint.SYSTEMS)
    p.add_argument("--out", required=True, help="folder of the run")
    p.add_argument("--backbone", type=int, help="18 or 50, where a system has both")
    p.add_argument("--data", action="append", default=[], metavar="KIND:PATH", help="data set: " + ", ".join(readers.READERS))
    p.add_argument("--split", default="training", help="training or evaluation")
    p.add_argument("--pictures", metavar="LIST.jsonl", help="your pictures (docs/evaluation.md, Image list)")
    p.add_argument("--teacher", metavar="PREDICTIONS.jsonl", help="what `handmesh evaluate LIST.jsonl` predicted on them")
    p.add_argument("--no-synthetic", action="store_true", help="leave synthetic hands out")
    p.add_argument("--mesh", help="template .obj (default: the synthetic hand); needs --regressor")
    p.add_argument("--regressor", help=".npy [21, V]")
    p.add_argument("--start", help="ImageNet trunk (imagenet.py), or a checkpoint of this kit")
    p.add_argument("--stage", default="2", choices=("1a", "1b", "2", "3", "4"), help="graphhand only")
    p.add_argument("--steps", type=int, help="stop after so many steps (default: the paper's epochs)")
    p.add_argument("--minutes", type=float, help="stop after so many minutes of this call")
    p.add_argument("--epoch-steps", type=int, help="steps of an epoch (default: once through the data)")
    p.add_argument("--batch", type=int)
    p.add_argument("--rate", type=float)
    p.add_argument("--size", type=int, help="side of the input; pixelaligned and handar take less than their own")
    p.add_argument("--no-augment", action="store_true")
    p.add_argument("--render-size", type=int, default=128, help="handar's rendered fingers; 0 leaves the term out")
    p.add_argument("--distinct", type=int, help="repeat so many batches over and over (to try a setup)")
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--workers", type=int, default=0, help="processes that make pictures")
    p.add_argument("--save-every", type=float, default=120, help="seconds between two states on disk")
    p.add_argument("--seed", type=int, default=0)
    return p.parse_args(arguments)


def sources(given, template):
    """What a run learns from, in the order in which its steps go round."""
    samples = []
    custom = given.mesh is not None
    if not given.no_synthetic and not given.data and not custom:
        samples.append(Hand(template.vertices, template.faces, tables.joint_positions(), template.regressor))
    for text in given.data:
        kind, _, path = text.partition(":")
        samples.append(readers.read(kind, path, given.split))
    if given.pictures or given.teacher:
        if not (given.pictures and given.teacher):
            raise ValueError("--pictures and --teacher belong together")
        if given.system not in ("inceptiongraph", "pixelaligned"):
            raise ValueError("a teacher's joints train inceptiongraph and pixelaligned only")
        samples.append(readers.taught(given.pictures, given.teacher))
    if not samples:
        raise ValueError("a template of your own needs --data: synthetic hands have the synthetic mesh")
    for s in samples:
        if isinstance(s, readers.Samples) and s.has_mesh and len(s[0]["vertices"]) != len(template.vertices):
            raise ValueError("the data set's meshes have %d vertices, but the template has %d: give the set's template as --mesh"
                             % (len(s[0]["vertices"]), len(template.vertices)))
        if isinstance(s, readers.Samples) and not s.has_mesh and given.system == "graphhand" and given.stage == "2":
            raise ValueError("stage 2 of graphhand needs true meshes; stages 1a, 3 and 4 do not")
    pairs = given.system == "handdgp"
    size = given.size or views.SIZES[given.system]
    return [Source(given.system, s, given.seed + n, size, not given.no_augment, pairs) for n, s in enumerate(samples)], size


class Run:
    """Network, optimiser and place in the data; all of it survives in state.pt."""

    def __init__(self, given):
        self.given, self.system, self.device = given, given.system, torch.device(given.device)
        torch.manual_seed(given.seed)
        mesh = tables.load(given.mesh) if given.mesh else (None, None)
        if given.mesh and not given.regressor:
            raise ValueError("--mesh needs --regressor")
        self.template = checkpoint.Template(*mesh, np.load(given.regressor) if given.regressor else None)
        self.depth = checkpoint.backbone_of(self.system, given.backbone)
        self.model = schedules.initialise(self.system, checkpoint.build(self.system, self.template, self.depth))
        self.taken = self.started(given.start) if given.start else None
        self.aux = heads.PoseAndSilhouette() if self.system == "pixelaligned" else None
        for part in (self.model, self.aux):
            if part is not None:
                part.to(self.device).train()
        parts = Hand().part if given.mesh is None else None
        self.surface = objectives.Surface(self.template.vertices, self.template.faces, self.template.regressor, parts, self.device)
        self.base = given.rate or (schedules.FINE_TUNING.get(self.system) if given.stage in ("3", "4") else None) or schedules.SCHEDULES[self.system][1]
        trained = schedules.trained_parts(self.system, self.model, given.stage)
        self.optimiser = schedules.optimiser(self.system, trained + (list(self.aux.parameters()) if self.aux else []), self.base)
        self.pseudo = None
        if self.system == "graphhand" and given.stage == "4":
            self.pseudo = copy.deepcopy(self.model).eval().requires_grad_(False)
        self.step, self.seconds = 0, 0.0

    def started(self, path):
        if path.endswith(".safetensors") and os.path.isfile(path[:-len(".safetensors")] + ".tables.safetensors"):
            other, system, _, _ = checkpoint.load(path)
            if system != self.system:
                raise ValueError("%s holds weights of %s, not of %s" % (path, system, self.system))
            self.model.load_state_dict(other.state_dict())
            return [path]
        taken = imagenet.start(self.model, imagenet.read(path))
        if not taken:
            raise ValueError("%s fits no trunk of %s: is it of another depth?" % (path, self.system))
        return taken

    def terms(self, batch, epoch):
        extra = {}
        if self.system == "handar":
            extra["render_size"] = self.given.render_size
        if self.system == "pixelaligned":
            extra["aux"] = self.aux
        if self.system == "graphhand":
            extra["stage"] = self.given.stage
            if self.given.stage == "1b":
                out = {"pose_depth": self.model.depths_of(batch["mesh_uvd"])}
                return objectives.terms(self.system, out, {}, batch, self.surface, **extra)
            if self.pseudo is not None:
                with torch.no_grad():
                    maps = objectives.losses.gaussians(batch["map_points"], 64, 4.0)
                    extra["pseudo"] = self.pseudo(batch["input"], maps)[0]
        out, keep = self.model(batch["input"])
        if self.system == "handdgp" and epoch >= schedules.CONSISTENCY_EPOCH:
            extra["second"] = self.model(batch["second_input"])[0], batch["second_turn"]
        return objectives.terms(self.system, out, keep, batch, self.surface, **extra)

    def weights(self, batch):
        if self.system == "graphhand" and self.given.stage in ("3", "4"):
            known = "mesh_uvd" not in batch                # real pictures with 3D joints
            return {**objectives.WEAK, "joints": objectives.WEAK_JOINTS if known else 0}
        return objectives.WEIGHTS[self.system]

    def learn(self, batch, epoch):
        """One step; the loss and its terms as numbers."""
        batch = {k: v.to(self.device) for k, v in batch.items()}
        found = self.terms(batch, epoch)
        loss = objectives.total(found, self.weights(batch))
        if not torch.isfinite(loss):
            raise FloatingPointError("the loss is %s at step %d: a lower --rate may help" % (float(loss), self.step))
        for group in self.optimiser.param_groups:
            group["lr"] = schedules.rate_at(self.system, epoch, self.base)
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.step += 1
        return float(loss), {k: float(v) for k, v in found.items()}

    def state(self):
        return dict(system=self.system, depth=self.depth, stage=self.given.stage, step=self.step, seconds=self.seconds,
                    model=self.model.state_dict(), optimiser=self.optimiser.state_dict(),
                    aux=None if self.aux is None else self.aux.state_dict(), torch_random=torch.get_rng_state())

    def resume(self, path):
        state = torch.load(path, map_location=self.device)
        here = (self.system, self.depth, self.given.stage)
        there = (state["system"], state["depth"], state["stage"])
        if here != there:
            raise ValueError("%s is a run of %s, ResNet-%s, stage %s: give another --out" % (path, *there))
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        if self.aux is not None:
            self.aux.load_state_dict(state["aux"])
        torch.set_rng_state(state["torch_random"].cpu())
        self.step, self.seconds = state["step"], state["seconds"]


def log_until(path, step, columns):
    """Opens the log with the rows before a step; later ones, of a run that was cut off, go."""
    rows = []
    if os.path.isfile(path):
        with open(path, newline="") as f:
            rows = [r for r in csv.DictReader(f) if int(r["step"]) <= step]
    f = open(path, "w", newline="")
    writer = csv.DictWriter(f, columns, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return f, writer


def main(arguments):
    given = parse(arguments)
    try:
        run = Run(given)
        data, size = sources(given, run.template)
    except (ValueError, OSError) as error:
        sys.exit("train: %s" % error)
    os.makedirs(given.out, exist_ok=True)
    state = os.path.join(given.out, "state.pt")
    if os.path.isfile(state):
        try:
            run.resume(state)
        except ValueError as error:
            sys.exit("train: %s" % error)
        print("goes on after step %d" % run.step)
    elif run.taken:
        print("started from %s: %s" % (given.start, ", ".join(run.taken)))
    batch = given.batch or schedules.SCHEDULES[given.system][4]
    pictures = sum(EPOCH if isinstance(s.samples, Hand) else len(s.samples) for s in data)
    epoch_steps = given.epoch_steps or max(1, pictures // batch)
    steps = given.steps or schedules.SCHEDULES[given.system][3] * epoch_steps
    columns = ["step", "seconds", "rate", "loss"] + [n for n in objectives.WEIGHTS[given.system]]
    file, log = log_until(os.path.join(given.out, "log.csv"), run.step, columns)
    loader = iter(torch.utils.data.DataLoader(Batches(data, batch, run.step), batch_size=None, num_workers=given.workers))
    repeated = []
    begun, earlier, saved = time.monotonic(), run.seconds, time.monotonic()
    with file:
        while run.step < steps and (given.minutes is None or time.monotonic() - begun < 60 * given.minutes):
            if given.distinct:
                while len(repeated) < given.distinct:
                    repeated.append(data[len(repeated) % len(data)].batch(len(repeated) // len(data), batch))
                items = repeated[run.step % given.distinct]
            else:
                items = next(loader)
            epoch = run.step // epoch_steps
            try:
                loss, found = run.learn(items, epoch)
            except FloatingPointError as error:
                sys.exit("train: %s" % error)
            run.seconds = earlier + time.monotonic() - begun
            log.writerow(dict(step=run.step, seconds="%.1f" % run.seconds, rate=run.optimiser.param_groups[0]["lr"], loss="%.6g" % loss,
                              **{k: "%.6g" % v for k, v in found.items()}))
            file.flush()
            if run.step % 10 == 0 or run.step == steps:
                print("step %d  loss %.4g  %.1f s" % (run.step, loss, run.seconds), flush=True)
            if time.monotonic() - saved > given.save_every:
                save(run, given, state)
                saved = time.monotonic()
    save(run, given, state)


def save(run, given, state):
    torch.save(run.state(), state + ".part")
    os.replace(state + ".part", state)
    checkpoint.save(os.path.join(given.out, given.system + ".safetensors"), run.model, given.system, run.template, run.depth)
    curve.write(os.path.join(given.out, "log.csv"), os.path.join(given.out, "curve.svg"), "%s, training loss" % given.system)


if __name__ == "__main__":
    main(sys.argv[1:])
