import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The parts of Fastify's request that auth looks at beyond its contracts. */
export interface IncomingRequest {
  readonly headers: IncomingHttpHeaders;
  readonly raw: IncomingMessage;
}

/** The one thing that auth adds to an answer. */
export interface OutgoingReply {
  header(name: 'set-cookie', value: string): unknown;
}
