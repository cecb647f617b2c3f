import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { INestApplication } from '@nestjs/common';
import type { CheckOutcome } from '../health/readiness';

export interface ServiceHealth {
  readonly ready: boolean;
  readonly checks: ReadonlyMap<string, CheckOutcome>;
}

/** A running service without sockets of its own: whoever made it owns the listeners. */
export interface Service {
  readonly name: ServiceName;
  /** For tests and tools: the Nest application. */
  readonly app: INestApplication;
  /** A request from outside; operations paths answer 404. */
  handlePublic(request: IncomingMessage, response: ServerResponse): void;
  /** A request on the operations listener. */
  handleInternal(request: IncomingMessage, response: ServerResponse): void;
  /** A websocket's upgrade; answered with 404 when the service has no gateway. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  health(): Promise<ServiceHealth>;
  /** Requests received and not yet answered. */
  readonly inFlight: number;
  /**
   * Begins the drain: the service is not ready, every answer carries `Connection: close`, and consumers stop; requests
   * are still served. Safe to repeat.
   */
  beginDrain(): Promise<void>;
  /** Websockets get 1012, spread over `windowMs`. */
  closeSockets(windowMs: number): Promise<void>;
  /** Waits for the requests in flight, at most `REQUEST_SECONDS`, then closes everything. Safe to repeat. */
  close(): Promise<void>;
}
