// ONNX Runtime behind a line protocol on stdin and stdout, so that one program can time both engines in turn.
//   load FILE THREADS     -> ok, or error TEXT
//   input FILE            -> ok; float32 values of the input "input"
//   run COUNT PAUSE       -> milliseconds of each run, separated by spaces; PAUSE milliseconds of sleep before each
//   outputs FOLDER        -> names of the outputs, each written as NAME.f32
import { createInterface } from 'node:readline';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';

const ort = createRequire(process.argv[2] + '/')('onnxruntime-node');
let session = null;
let feeds = null;
let results = null;

const verbs = {
    async load(file, threads) {
        session = await ort.InferenceSession.create(file, {
            intraOpNumThreads: Number(threads),
            interOpNumThreads: 1,
            executionMode: 'sequential',
            graphOptimizationLevel: 'all',
            logSeverityLevel: 3,
        });
        return 'ok';
    },
    async input(file, ...extents) {
        const bytes = readFileSync(file);
        const data = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
        feeds = { [session.inputNames[0]]: new ort.Tensor('float32', Float32Array.from(data), extents.map(Number)) };
        return 'ok';
    },
    async run(count, pause) {
        const times = [];
        for (let i = 0; i < Number(count); i++) {
            if (Number(pause) > 0) await setTimeout(Number(pause));
            const start = process.hrtime.bigint();
            results = await session.run(feeds);
            times.push(Number(process.hrtime.bigint() - start) / 1e6);
        }
        return times.join(' ');
    },
    async outputs(folder) {
        for (const [name, tensor] of Object.entries(results)) {
            const data = tensor.data;
            writeFileSync(`${folder}/${name}.f32`, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
        }
        return Object.keys(results).join(' ');
    },
};

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
    const [verb, ...args] = line.split('\t');
    try {
        console.log(await verbs[verb](...args));
    } catch (error) {
        console.log(`error ${String(error.message ?? error).replaceAll('\n', ' ')}`);
    }
}
