// The receiver of traces that the smoke test puts beside the services: OTLP on 4318, what came on 4319. Run by node
// itself, which leaves out the types of the one file that it imports.
import { createServer } from 'node:http';
import { startOtlpSink } from './otlp-sink.ts';

const sink = await startOtlpSink({ host: '0.0.0.0', port: 4318 });
const reader = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(sink.spans)));
reader.listen(4319, '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
