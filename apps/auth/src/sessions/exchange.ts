import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The parts of Fastify's request that auth reads beyond its contracts. */
export interface IncomingRequest {
  readonly headers: IncomingHttpHeaders;
  readonly raw: IncomingMessage;
}

/** The part of Fastify's reply that auth uses: it sets cookies. */
export interface OutgoingReply {
  header(name: 'set-cookie', value: string): unknown;
}
