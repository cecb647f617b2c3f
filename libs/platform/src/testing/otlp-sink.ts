import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a receiver of OTLP/HTTP sees it; the few fields that tests ask about. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  attributes: Record<string, string>;
}

type Fields = Map<number, Array<Buffer | bigint>>;

/** Protocol buffers' wire format, as far as OTLP uses it: varints, fixed numbers and length-prefixed bytes. */
function decode(bytes: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(bytes.readUInt8(at++));
      value |= (byte & 0x7fn) << shift;
      if (byte < 0x80n) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    let value: Buffer | bigint;
    if (wire === 0) value = varint();
    else {
      const length = wire === 1 ? 8 : wire === 5 ? 4 : Number(varint());
      value = bytes.subarray(at, (at += length));
    }
    const number = tag >> 3;
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

function messages(fields: Fields, number: number): Fields[] {
  return (fields.get(number) ?? []).filter((value) => typeof value !== 'bigint').map(decode);
}

function bytesOf(fields: Fields, number: number): Buffer {
  const value = fields.get(number)?.[0];
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

function attributesOf(fields: Fields, number: number): Record<string, string> {
  return Object.fromEntries(
    messages(fields, number).map((pair) => {
      const value = messages(pair, 2)[0] ?? new Map();
      const whole = value.get(3)?.[0];
      return [bytesOf(pair, 1).toString(), typeof whole === 'bigint' ? String(whole) : bytesOf(value, 1).toString()];
    }),
  );
}

function spansOf(request: Buffer): ReceivedSpan[] {
  return messages(decode(request), 1).flatMap((group) => {
    const service = attributesOf(messages(group, 1)[0] ?? new Map(), 1)['service.name'] ?? '';
    return messages(group, 2).flatMap((scope) =>
      messages(scope, 2).map((span) => ({
        service,
        traceId: bytesOf(span, 1).toString('hex'),
        spanId: bytesOf(span, 2).toString('hex'),
        parentSpanId: bytesOf(span, 4).toString('hex'),
        name: bytesOf(span, 5).toString(),
        kind: Number(span.get(6)?.[0] ?? 0),
        attributes: attributesOf(span, 9),
      })),
    );
  });
}

export interface OtlpSink {
  readonly endpoint: string;
  readonly spans: ReceivedSpan[];
  close(): Promise<void>;
}

/** A receiver of traces that keeps what it gets; on loopback unless said. */
export async function startOtlpSink({ host = '127.0.0.1', port = 0 } = {}): Promise<OtlpSink> {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/traces') spans.push(...spansOf(Buffer.concat(chunks)));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
