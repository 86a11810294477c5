#!/usr/bin/env python3
"""Records a reference case for handmesh verify from your own PyTorch module, with forward hooks.

    from record_case import record
    record(model, {"input": image}, "mycase.safetensors",
           stages={"backbone.layer4": "net.layer4", "decoder": "net.verts"},
           extra={"faces": faces}, metadata={"seed": "mycase"})

The module runs once, in eval mode and float32, without gradients. What each submodule named in `stages` returns is stored under the
given name (a tuple as NAME.0, NAME.1 ...), the inputs under theirs, and what the module returns under `outputs` (a name, a list of
names for a tuple; a dict is stored under its own keys). Which names a system's case has is in docs/verify.md.
Needs torch only; the file is written as safetensors here.
"""
import json
import os
import struct

import torch

DTYPES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}


def record(module, inputs, path, stages=None, outputs="output", extra=None, metadata=None):
    """Runs `module(**inputs)` and writes every named tensor; returns the dict that was written."""
    known = dict(module.named_modules())
    stages = stages or {}
    missing = [name for name in stages if name not in known]
    if missing:
        raise KeyError(f"the module has no submodule {', '.join(missing)}; it has {', '.join(sorted(known)[1:])}")

    tensors = {}
    hooks = [known[submodule].register_forward_hook(lambda _m, _i, result, name=name: add(tensors, name, result))
             for submodule, name in stages.items()]
    was_training = module.training
    module.eval()
    try:
        for name, value in inputs.items():
            add(tensors, name, value)
        with torch.no_grad():
            add(tensors, outputs, module(**inputs) if isinstance(inputs, dict) else module(*inputs))
    finally:
        for hook in hooks:
            hook.remove()
        module.train(was_training)

    for name, value in (extra or {}).items():
        add(tensors, name, torch.as_tensor(value))
    for name, tensor in tensors.items():
        if tensor.is_floating_point() and not torch.isfinite(tensor).all():
            raise ValueError(f"{name} holds values that are not finite; no engine can be compared with them")
    save(path, tensors, metadata or {})
    return tensors


def add(tensors, name, value):
    """Copies a tensor, or the tensors of a tuple, list or dict, under names that must be new."""
    if isinstance(value, torch.Tensor):
        if name in tensors:
            raise ValueError(f"two tensors are called {name}: a submodule that runs twice needs a hook of its own")
        tensors[name] = value.detach().cpu().contiguous().clone()
    elif isinstance(value, dict):
        for key, item in value.items():
            add(tensors, str(key), item)
    elif isinstance(value, (tuple, list)):
        names = name if isinstance(name, (tuple, list)) else [f"{name}.{i}" for i in range(len(value))]
        for item_name, item in zip(names, value):
            add(tensors, item_name, item)
    elif value is not None:
        raise TypeError(f"{name} is a {type(value).__name__}, not a tensor")


def save(path, tensors, metadata):
    """Writes safetensors: 8 bytes of header length, the JSON header, then the data."""
    header, at = {"__metadata__": {key: str(value) for key, value in metadata.items()}}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    temporary = f"{path}.tmp"
    with open(temporary, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.flatten().view(torch.uint8).numpy().tobytes() if tensor.numel() else b"")
    os.replace(temporary, path)
