// A keep-alive client as small as can be, so that it never is what limits a server: raw sockets, one request at a time on each.
import { connect, type Socket } from 'node:net';

export interface Load {
  /** Sent in turn, as they are. */
  readonly requests: readonly Buffer[];
  readonly count: number;
  /** Sees the bodies; costs the client a copy of each. */
  readonly onBody?: (body: string, nth: number) => void;
}

export interface Answered {
  readonly seconds: number;
  /** Of one request, milliseconds by the clock. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export class LoadClient {
  private constructor(
    private readonly port: number,
    private sockets: readonly Socket[],
  ) {}

  static async open(port: number, connections = 16): Promise<LoadClient> {
    return new LoadClient(port, await Promise.all(Array.from({ length: connections }, () => open(port))));
  }

  /** @throws Error on the first answer that is not a 200 */
  async send({ requests, count, onBody }: Load): Promise<Answered> {
    // A server closes what is idle for a minute, and others may have had their turn for longer.
    this.sockets = await Promise.all(this.sockets.map(async (socket) => (socket.destroyed ? open(this.port) : socket)));
    let sent = 0;
    const times: number[] = [];
    const next = (): number | undefined => (sent < count ? sent++ : undefined);
    const request = (nth: number): Buffer => requests[nth % requests.length] as Buffer;
    const began = performance.now();
    await Promise.all(this.sockets.map((socket) => talk(socket, { next, request, times, onBody })));
    const seconds = (performance.now() - began) / 1000;
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    return { seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

interface Talk {
  readonly next: () => number | undefined;
  readonly request: (nth: number) => Buffer;
  readonly times: number[];
  readonly onBody: Load['onBody'];
}

function talk(socket: Socket, { next, request, times, onBody }: Talk): Promise<void> {
  return new Promise((resolve, reject) => {
    let nth: number | undefined;
    let sentAt = 0;
    let held: Buffer = Buffer.alloc(0);
    const end = (error?: Error): void => {
      socket.off('data', hear).off('error', end).off('close', lost);
      if (error) reject(error);
      else resolve();
    };
    const lost = (): void => end(new Error('the server closed a connection'));
    const send = (): void => {
      nth = next();
      if (nth === undefined) return end();
      sentAt = performance.now();
      socket.write(request(nth));
    };
    const hear = (chunk: Buffer): void => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const head = held.indexOf('\r\n\r\n');
      if (head < 0) return;
      const text = held.toString('latin1', 0, head);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (!text.startsWith('HTTP/1.1 200') || Number.isNaN(length)) {
        end(new Error(`not the answer that was expected: ${held.toString('utf8', 0, 600)}`));
        return;
      }
      if (held.length < head + 4 + length) return;
      times.push(performance.now() - sentAt);
      onBody?.(held.toString('utf8', head + 4), nth as number);
      held = Buffer.alloc(0);
      send();
    };
    socket.on('data', hear).once('error', end).once('close', lost);
    send();
  });
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      socket.off('error', reject).on('error', () => undefined); // its close is what counts
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** A request's bytes. */
export function requestOf(method: 'GET' | 'POST', path: string, { token, body }: { token?: string; body?: unknown } = {}): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', 'accept: application/json', 'user-agent: bench'];
  if (token !== undefined) lines.push(`authorization: Bearer ${token}`);
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(text)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
