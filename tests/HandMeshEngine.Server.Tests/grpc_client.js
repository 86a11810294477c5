// The protocol's messages by @grpc/grpc-js: every call, errors included. Prints JSON for the test that runs it.
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const fs = require('fs');
const [proto, address, photo] = process.argv.slice(2);
const { inference } = grpc.loadPackageDefinition(loader.loadSync(proto, { keepCase: true, longs: Number }));
const client = new inference.GRPCInferenceService(address, grpc.credentials.createInsecure());
const call = (name, request) => new Promise(done => client[name](request, { deadline: Date.now() + 30000 }, (error, answer) => done(error ? { code: error.code, details: error.details } : answer)));

(async () => {
  const image = fs.readFileSync(photo);
  const tensor = { name: 'IMAGE', datatype: 'BYTES', shape: [1, 1], contents: { bytes_contents: [image] } };
  const infer = await call('ModelInfer', { model_name: 'mediapipe-hand', id: 'js', inputs: [tensor], outputs: [{ name: 'HANDS' }, { name: 'VERTICES' }] });
  const frame = { model_name: 'mediapipe-hand', inputs: [tensor], outputs: [{ name: 'ID' }] };
  const sequence = parameters => call('ModelInfer', { ...frame, parameters });
  const first = await sequence({ sequence_id: { int64_param: 5 }, sequence_start: { bool_param: true } });
  const last = await sequence({ sequence_id: { int64_param: 5 }, sequence_end: { bool_param: true } });
  console.log(JSON.stringify({
    live: (await call('ServerLive', {})).live,
    ready: (await call('ServerReady', {})).ready,
    modelReady: (await call('ModelReady', { name: 'mediapipe-hand' })).ready,
    server: (await call('ServerMetadata', {})).name,
    inputs: (await call('ModelMetadata', { name: 'mediapipe-hand', version: '1' })).inputs.map(input => input.name),
    index: (await call('RepositoryIndex', {})).models.map(model => model.state),
    id: infer.id,
    shapes: infer.outputs.map(output => output.shape),
    vertices: infer.raw_output_contents[1].toString('base64'),
    ids: [first, last].map(answer => answer.raw_output_contents[0].readInt32LE(0)),
    after: (await sequence({ sequence_id: { int64_param: 5 } })).code,
    unknown: (await call('ModelReady', { name: 'other' })).code,
    noImage: await call('ModelInfer', { model_name: 'mediapipe-hand' }),
    noPicture: (await call('ModelInfer', { model_name: 'mediapipe-hand', inputs: [{ ...tensor, contents: { bytes_contents: [Buffer.from('hand')] } }] })).code,
    count: (await call('ModelInfer', { model_name: 'mediapipe-hand', inputs: [tensor], raw_input_contents: [image, image] })).code,
  }));
  client.close();
})();
