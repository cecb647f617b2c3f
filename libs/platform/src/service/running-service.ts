import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { INestApplication } from '@nestjs/common';
import type { Readiness } from '../health/readiness';
import type { MusterAdapter } from '../http/adapter';
import { RECEIVE_MS, refuseUpgrade } from '../http/listener';
import { markInternal } from '../http/request-marks';
import { every } from '../kernel/surviving';
import { asService } from '../tracing/scope';
import { answerLate, answerUnfinished } from './answer-late';
import { InFlight } from './in-flight';
import type { Service, ServiceHealth } from './service';
import type { Shutdown } from './shutdown';

interface Parts {
  readonly adapter: MusterAdapter;
  readonly readiness: Readiness;
  readonly shutdown: Shutdown;
  /** Longest request, milliseconds. */
  readonly requestMs: number;
  /** Hears of each request whose time is up. */
  readonly onLate: (route: string) => void;
}

/** Milliseconds by which the answer to a request whose time is up may be late. */
const LATE_MS = 100;

export class RunningService implements Service {
  private readonly requests = new InFlight();
  /** Runs while a request is in flight: an idle process is not woken ten times a second to find none. */
  private lateness: NodeJS.Timeout | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    readonly name: ServiceName,
    readonly app: INestApplication,
    private readonly parts: Parts,
  ) {}

  handlePublic(request: IncomingMessage, response: ServerResponse): void {
    this.requests.track(response);
    this.lateness ??= every('late answers', LATE_MS, () => this.answerLate());
    this.parts.adapter.listener(request, response);
  }

  handleInternal(request: IncomingMessage, response: ServerResponse): void {
    markInternal(request);
    this.handlePublic(request, response);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const taken = asService(this.name, () => this.parts.adapter.innerServer.emit('upgrade', request, socket, head));
    if (!taken) refuseUpgrade(socket, '404 Not Found');
  }

  async health(): Promise<ServiceHealth> {
    const checks = await this.parts.readiness.outcomes();
    return { ready: [...checks.values()].every((outcome) => outcome === true), checks };
  }

  get inFlight(): number {
    return this.requests.count;
  }

  beginDrain(): Promise<void> {
    this.parts.readiness.drain();
    this.requests.endConnections();
    return asService(this.name, () => this.parts.shutdown.drain());
  }

  closeSockets(windowMs: number): Promise<void> {
    return asService(this.name, () => this.parts.shutdown.closeSockets(windowMs));
  }

  close(): Promise<void> {
    this.closing ??= asService(this.name, () => this.closeAll());
    return this.closing;
  }

  private answerLate(): void {
    if (this.requests.count === 0) {
      clearInterval(this.lateness);
      this.lateness = undefined;
    }
    for (const response of this.requests.olderThan(RECEIVE_MS)) answerUnfinished(response);
    for (const response of this.requests.olderThan(this.parts.requestMs)) {
      const route = answerLate(response);
      if (route !== undefined) this.parts.onLate(route);
    }
  }

  private async closeAll(): Promise<void> {
    await this.beginDrain();
    await this.requests.none(this.parts.requestMs);
    clearInterval(this.lateness);
    await this.closeSockets(0);
    await this.app.close();
    await this.parts.shutdown.close();
  }
}
