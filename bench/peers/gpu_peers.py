#!/usr/bin/env python3
"""The GPU peers: an exported network (handmesh export --onnx) as a PyTorch module in fp16, channels_last, timed two ways:

  (a) eager under a CUDA graph    (b) torch.compile(mode="max-autotune") with freezing

Boundary of the peers: pixels that are cropped already, 8 bits, in pinned memory -> normalised on the GPU -> network -> results in pinned memory,
synchronised; closed loop, one in flight. `handmesh bench` starts earlier: at the whole photo, whose crop it takes itself.
Usage: gpu_peers.py NETWORK.onnx [--peers eager,compile] [--seconds S] [--json FILE] [--device cuda|cpu]
--device cpu runs eagerly in float32, without timing claims, to check the module: with --check the results are compared with onnx's own evaluator, and
the module is traced, which fails wherever torch.compile would leave the graph for a value on the host.
"""
import argparse
import json
import time

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

ELEMENT = {1: torch.float32, 6: torch.int32, 7: torch.int64, 9: torch.bool, 10: torch.float16, 11: torch.float64}


# Constants of up to so many numbers may say shapes, axes and bounds: the host knows them when the module is made, so that no graph breaks to ask.
MOST_HOST_NUMBERS = 64


def symmetric(pads):
    """(begin, end) pairs from ONNX order; None if begin and end differ somewhere."""
    half = len(pads) // 2
    return tuple(pads[:half]) if list(pads[:half]) == list(pads[half:]) else None


def padded(x, pads, value=0.0):
    half = len(pads) // 2
    flat = [p for axis in reversed(range(half)) for p in (pads[axis], pads[half + axis])]
    return F.pad(x, flat, value=value)


class Network(torch.nn.Module):
    """Executes the nodes in order. Constants become buffers; what the host must know of them, such as shapes, are Python numbers."""

    def __init__(self, path):
        super().__init__()
        model = onnx.load(path)
        self.nodes = [node for node in model.graph.node if node.op_type != "Constant"]
        initialised = {tensor.name for tensor in model.graph.initializer}
        self.inputs = [(i.name, [d.dim_value for d in i.type.tensor_type.shape.dim]) for i in model.graph.input if i.name not in initialised]
        self.results = [o.name for o in model.graph.output]
        constants = [(tensor.name, tensor) for tensor in model.graph.initializer]
        constants += [(node.output[0], a.t) for node in model.graph.node if node.op_type == "Constant" for a in node.attribute if a.name == "value"]
        host, self.names = {}, {}
        for name, tensor in constants:
            value = torch.from_numpy(np.array(numpy_helper.to_array(tensor)))
            self.names[name] = f"c{len(self.names)}"
            self.register_buffer(self.names[name], value)
            if value.numel() <= MOST_HOST_NUMBERS:
                host[name] = value.reshape(-1).tolist()
        steps = []
        for node in self.nodes:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            steps.append((
                "op_" + node.op_type.lower(), {k: v.decode() if isinstance(v, bytes) else v for k, v in attributes.items()},
                [host.get(name) for name in node.input], list(node.input), list(node.output)))
        self.steps = steps
        del self.nodes

    def forward(self, *inputs):
        values = dict(zip((name for name, _ in self.inputs), inputs))
        for name, buffer in self.names.items():
            values[name] = getattr(self, buffer)
        for op, attributes, hosts, operands, outputs in self.steps:
            result = getattr(self, op)(attributes, hosts, *[values.get(name) if name else None for name in operands])
            for name, value in zip(outputs, result if isinstance(result, tuple) else (result,)):
                values[name] = value
        return [values[name] for name in self.results]

    def op_conv(self, a, h, x, w, b=None):
        pads, half = a.get("pads", [0] * 2 * (x.dim() - 2)), symmetric(a.get("pads", [0] * 2 * (x.dim() - 2)))
        if half is None:
            x, half = padded(x, pads), 0
        conv = F.conv2d if x.dim() == 4 else F.conv1d
        return conv(x, w, b, tuple(a.get("strides", [1] * (x.dim() - 2))), half, tuple(a.get("dilations", [1] * (x.dim() - 2))), a.get("group", 1))

    def op_convtranspose(self, a, h, x, w, b=None):
        return F.conv_transpose2d(
            x, w, b, tuple(a.get("strides", [1, 1])), symmetric(a.get("pads", [0, 0, 0, 0])), tuple(a.get("output_padding", [0, 0])), a.get("group", 1))

    def op_maxpool(self, a, h, x):
        pads, half = a.get("pads", [0, 0, 0, 0]), symmetric(a.get("pads", [0, 0, 0, 0]))
        if half is None:
            x, half = padded(x, pads, float("-inf")), 0
        return F.max_pool2d(x, tuple(a["kernel_shape"]), tuple(a.get("strides", [1, 1])), half)

    def op_averagepool(self, a, h, x):
        return F.avg_pool2d(
            x, tuple(a["kernel_shape"]), tuple(a.get("strides", [1, 1])), symmetric(a.get("pads", [0, 0, 0, 0])), count_include_pad=bool(a.get("count_include_pad", 0)))

    def op_resize(self, a, h, x, roi=None, scales=None, sizes=None):
        size = h[3][-2:] if len(h) > 3 and h[3] is not None else [round(s * e) for s, e in zip(h[2][-2:], x.shape[-2:])]
        if a.get("mode", "nearest") == "nearest":
            return F.interpolate(x, size=size, mode="nearest")
        return F.interpolate(x, size=size, mode="bilinear", align_corners=a.get("coordinate_transformation_mode") == "align_corners")

    def op_gridsample(self, a, h, x, grid):
        return F.grid_sample(
            x, grid.to(x.dtype), "bilinear", a.get("padding_mode", "zeros"), bool(a.get("align_corners", 0)))

    def op_batchnormalization(self, a, h, x, scale, bias, mean, var):
        return F.batch_norm(x, mean, var, scale, bias, False, 0.0, a.get("epsilon", 1e-5))

    def op_layernormalization(self, a, h, x, scale, bias=None):
        return F.layer_norm(x, scale.shape, scale, bias, a.get("epsilon", 1e-5))

    def op_gemm(self, a, h, x, w, b=None):
        return F.linear(x, w if a.get("transB", 0) else w.T, b)

    def op_softmax(self, a, h, x):
        return torch.softmax(x, a.get("axis", -1))

    def op_clip(self, a, h, x, low=None, high=None):
        return torch.clamp(x, h[1][0] if low is not None else None, h[2][0] if high is not None else None)

    def op_reshape(self, a, h, x, shape):
        sizes = [x.shape[i] if s == 0 else s for i, s in enumerate(h[1])]
        return x.reshape(sizes)

    def op_transpose(self, a, h, x):
        return x.permute(a["perm"])

    def op_concat(self, a, h, *xs):
        return torch.cat(xs, a["axis"])

    def op_slice(self, a, h, x, starts, ends, axes=None, steps=None):
        index = [slice(None)] * x.dim()
        order = h[3] if axes is not None else range(len(h[1]))
        pace = h[4] if steps is not None else [1] * len(h[1])
        for axis, start, end, step in zip(order, h[1], h[2], pace):
            index[axis] = slice(start, min(end, x.shape[axis]), step)
        return x[tuple(index)]

    def op_gather(self, a, h, x, index):
        axis = a.get("axis", 0) % x.dim()
        flat = torch.index_select(x, axis, index.reshape(-1).long())
        return flat.reshape(x.shape[:axis] + index.shape + x.shape[axis + 1:])

    def op_pad(self, a, h, x, pads, value=None, axes=None):
        return padded(x, h[1], h[2][0] if value is not None else 0.0)

    def op_reducemean(self, a, h, x, axes=None):
        return x.mean(a.get("axes") or h[1], bool(a.get("keepdims", 1)))

    def op_reducesum(self, a, h, x, axes=None):
        return x.sum(a.get("axes") or h[1], bool(a.get("keepdims", 1)))

    def op_reducemax(self, a, h, x, axes=None):
        return torch.amax(x, tuple(a.get("axes") or h[1]), bool(a.get("keepdims", 1)))

    def op_argmax(self, a, h, x):
        return torch.argmax(x, a.get("axis", 0), bool(a.get("keepdims", 1)))

    def op_cumsum(self, a, h, x, axis):
        total = torch.cumsum(x, h[1][0])
        return total - x if a.get("exclusive", 0) else total

    def op_mod(self, a, h, x, y):
        return torch.fmod(x, y) if a.get("fmod", 0) else torch.remainder(x, y)

    def op_cast(self, a, h, x):
        kind = ELEMENT[a["to"]]
        return x.to(self.number if kind.is_floating_point else kind)

    @property
    def number(self):
        return next(b for b in self.buffers() if b.is_floating_point()).dtype

    def op_prelu(self, a, h, x, slope):
        return torch.where(x >= 0, x, x * slope)

    def op_leakyrelu(self, a, h, x):
        return F.leaky_relu(x, a.get("alpha", 0.01))

    def op_add(self, a, h, x, y): return x + y
    def op_sub(self, a, h, x, y): return x - y
    def op_mul(self, a, h, x, y): return x * y
    def op_div(self, a, h, x, y): return x / y if x.is_floating_point() else torch.div(x, y, rounding_mode="trunc")
    def op_matmul(self, a, h, x, y): return torch.matmul(x, y)
    def op_sqrt(self, a, h, x): return torch.sqrt(x)
    def op_relu(self, a, h, x): return F.relu(x)
    def op_sigmoid(self, a, h, x): return torch.sigmoid(x)
    def op_hardswish(self, a, h, x): return F.hardswish(x)
    def op_erf(self, a, h, x): return torch.erf(x)
    def op_identity(self, a, h, x): return x


class FromPixels(torch.nn.Module):
    """8-bit NHWC pixels to the network's results."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, pixels):
        x = pixels.permute(0, 3, 1, 2).to(self.network.number) * (1 / 255)
        return self.network(x.contiguous(memory_format=torch.channels_last))


def percentiles(times):
    ordered = sorted(times)
    at = lambda p: ordered[min(len(ordered) - 1, int(len(ordered) * p / 100))]
    return {"count": len(ordered), "min": ordered[0], "p50": at(50), "p90": at(90), "p99": at(99), "p99.9": at(99.9), "max": ordered[-1]}


def closed_loop(step, seconds):
    start = time.perf_counter()
    for i in range(200):
        step()
    times, start = [], time.perf_counter()
    while time.perf_counter() - start < seconds or len(times) < 100:
        before = time.perf_counter()
        step()
        times.append((time.perf_counter() - before) * 1e3)
    return percentiles(times)


def timed(run, pixels, results, seconds):
    """Upload, run, download, wait."""
    device = torch.empty_like(pixels, device="cuda")
    hosts = [torch.empty_like(r, device="cpu", pin_memory=True) for r in results]

    def step():
        device.copy_(pixels, non_blocking=True)
        for host, result in zip(hosts, run(device)):
            host.copy_(result, non_blocking=True)
        torch.cuda.synchronize()

    return closed_loop(step, seconds)


def graphed(module, pixels, seconds):
    static = torch.empty_like(pixels, device="cuda")
    side = torch.cuda.Stream()
    with torch.cuda.stream(side), torch.inference_mode():
        for _ in range(3):
            module(static)
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph), torch.inference_mode():
        results = module(static)
    hosts = [torch.empty_like(r, device="cpu", pin_memory=True) for r in results]

    def step():
        static.copy_(pixels, non_blocking=True)
        graph.replay()
        for host, result in zip(hosts, results):
            host.copy_(result, non_blocking=True)
        torch.cuda.synchronize()

    return closed_loop(step, seconds)


def compiled(module, pixels, seconds):
    import torch._inductor.config
    torch._inductor.config.freezing = True
    run = torch.compile(module, mode="max-autotune", fullgraph=True)
    with torch.inference_mode():
        results = run(pixels.cuda())
        return timed(run, pixels, results, seconds)


def check(path, network):
    """Traces the module, which fails where a value is asked for on the host, and compares it with onnx's evaluator where that is installed."""
    from torch.fx.experimental.proxy_tensor import make_fx
    (name, shape), = network.inputs
    pixels = torch.zeros((shape[0], shape[2], shape[3], shape[1]), dtype=torch.uint8)
    with torch.no_grad():
        operations = sum(node.op == "call_function" for node in make_fx(FromPixels(network))(pixels).graph.nodes)
    print(f"{path}: one graph of {operations} operations")
    try:
        from onnx.reference import ReferenceEvaluator
    except ImportError:
        print(f"onnx {onnx.__version__} has no evaluator (from 1.13 on); results are not compared")
        return
    x = np.random.default_rng(1).random(shape, dtype=np.float32)
    with torch.no_grad():
        ours = network(torch.from_numpy(x))
    worst = 0.0
    for result, expected in zip(ours, ReferenceEvaluator(path).run(None, {name: x})):
        worst = max(worst, float(np.abs(result.numpy() - expected).max() / max(np.abs(expected).max(), 1e-9)))
    print(f"{path}: largest relative difference from onnx's evaluator {worst:.1e}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("network")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--peers", default="eager,compile")
    parser.add_argument("--json")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    network = Network(options.network).eval()
    if options.check:
        check(options.network, network)
        return
    (_, shape), = network.inputs
    pixels = torch.randint(0, 256, (shape[0], shape[2], shape[3], shape[1]), dtype=torch.uint8)
    if options.device == "cpu":
        with torch.no_grad():
            print([tuple(r.shape) for r in FromPixels(network)(pixels)])
        return
    module = FromPixels(network.cuda().half().to(memory_format=torch.channels_last))
    torch.backends.cudnn.benchmark = True  # before the warm-up, so that it measures its kernels there
    pixels = pixels.pin_memory()
    report = {"network": options.network, "device": torch.cuda.get_device_name(), "torch": torch.__version__, "cuda": torch.version.cuda,
              "date": time.strftime("%Y-%m-%d %H:%M", time.gmtime()), "boundary": "cropped 8-bit pixels in pinned memory to results in pinned memory", "times": {}}
    known = {"eager": ("eager fp16 channels_last, CUDA graph", graphed), "compile": ("torch.compile max-autotune, fullgraph", compiled)}
    for name, measure in (known[peer] for peer in options.peers.split(",")):
        try:
            report["times"][name] = measure(module, pixels, options.seconds)
        except Exception as error:  # one peer may not build on this machine: the other still counts
            report["times"][name] = {"failed": f"{type(error).__name__}: {error}"}
        print(name, report["times"][name], flush=True)
        if options.json:  # after each, since the next may be killed at its limit
            with open(options.json, "w", encoding="utf-8") as file:
                json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
