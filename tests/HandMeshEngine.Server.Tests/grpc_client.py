"""The protocol's bytes by grpcio, without generated code: messages are written and read field by field. Prints JSON."""
import base64
import json
import struct
import sys

import grpc


def varint(value):
    out = bytearray()
    while True:
        out.append((value & 127) | (128 if value > 127 else 0))
        value >>= 7
        if not value:
            return bytes(out)


def field(number, payload):
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def fields(data):
    """All fields of a message: (number, value); nested messages stay bytes."""
    at = 0

    def read():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = read()
        if key & 7 == 0:
            yield key >> 3, read()
        elif key & 7 == 1:
            yield key >> 3, data[at:at + 8]
            at += 8
        else:
            size = read()
            yield key >> 3, data[at:at + size]
            at += size


def call(channel, method, message=b''):
    return channel.unary_unary('/inference.GRPCInferenceService/' + method)(message, timeout=30)


def status(channel, method, message):
    try:
        call(channel, method, message)
        return 'OK'
    except grpc.RpcError as error:
        return error.code().name


address, photo = sys.argv[1:]
image = open(photo, 'rb').read()
packed = struct.pack('<I', len(image)) + image
tensor = field(1, b'IMAGE') + field(2, b'BYTES') + field(3, b'\x01\x01')
request = field(1, b'mediapipe-hand') + field(5, tensor) + field(6, field(1, b'JOINTS')) + field(7, packed)
with grpc.insecure_channel(address, options=[('grpc.max_receive_message_length', 1 << 26)]) as channel:
    answer = list(fields(call(channel, 'ModelInfer', request)))
    print(json.dumps({
        'live': list(fields(call(channel, 'ServerLive'))),
        'joints': base64.b64encode(next(value for number, value in answer if number == 6)).decode(),
        'garbage': status(channel, 'ModelInfer', b'\xff\xff\xff garbage'),
        'truncated': status(channel, 'ModelInfer', request[:len(request) // 2]),
        'huge': status(channel, 'ModelInfer', field(7, bytes(33 << 20))),
        'method': status(channel, 'ModelTrain', b''),
    }))
