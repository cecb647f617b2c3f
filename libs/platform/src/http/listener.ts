import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';
import { surviving } from '../kernel/surviving';

/** Milliseconds that a request, including its body, may take to arrive. */
export const RECEIVE_MS = 15_000;

/** The limits for a client of a listener; every listener of Muster has these. */
export interface ListenerBounds {
  readonly receiveMs: number;
  /** Above the idle time of the proxies in front (60 s), so that it is never us who close as a request arrives. */
  readonly keepAliveMs: number;
  /** Further ones are refused as they come: each takes memory, and file descriptors are counted. */
  readonly connections: number;
}

const usual: ListenerBounds = { receiveMs: RECEIVE_MS, keepAliveMs: 72_000, connections: 10_000 };
/** A service answers a body that does not come with a problem document; the server ends what it has no request for. */
const SERVER_LATER_MS = 1_000;
const LOOK_EVERY_MS = 1_000;

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface ListenerOptions {
  readonly request: RequestListener;
  /** Hears of websockets; without it they are ordinary requests. */
  readonly upgrade?: UpgradeListener;
  readonly tls?: TlsOptions | undefined;
  readonly bounds?: Partial<ListenerBounds>;
}

/** A server that does not listen yet. Neither a listener's fault nor a client's pace takes it from the others. */
export function makeListener({ request, upgrade, tls, bounds }: ListenerOptions): Server {
  const { receiveMs, keepAliveMs, connections } = { ...usual, ...bounds };
  const options = {
    keepAliveTimeout: keepAliveMs,
    headersTimeout: receiveMs + SERVER_LATER_MS,
    requestTimeout: receiveMs + SERVER_LATER_MS,
    connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, receiveMs),
  };
  const server = tls ? createTlsServer({ ...options, ...tls }) : createServer(options);
  server.maxConnections = connections;
  server.on('request', surviving('request', request, failed));
  if (upgrade) {
    const take: UpgradeListener = (asked, socket, head) => {
      // Node has taken its own listener away, and an error that nobody hears ends the process.
      socket.on('error', surviving('error of an upgrade', () => socket.destroy()));
      if (isWebsocket(asked)) upgrade(asked, socket, head);
      else answerWithoutUpgrade(server, tls ? 'secureConnection' : 'connection', { asked, socket, head });
    };
    server.on('upgrade', surviving('upgrade', take, (_request, socket) => socket.destroy()));
  }
  return server;
}

function failed(_request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { connection: 'close' }).end();
}

function isWebsocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * A client may offer any protocol (some offer h2c with each first request) and has to be content with HTTP/1.1. Node
 * has left the connection by now: the request is read again without the offer.
 */
function answerWithoutUpgrade(server: Server, event: string, { asked, socket, head }: { asked: IncomingMessage; socket: Duplex; head: Buffer }): void {
  const dropped = new Set(['connection', 'upgrade', 'http2-settings']);
  const lines: string[] = [];
  for (let at = 0; at < asked.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = asked.rawHeaders.slice(at, at + 2);
    if (!dropped.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  const text = `${asked.method} ${asked.url} HTTP/${asked.httpVersion}\r\n${lines.join('\r\n')}\r\n\r\n`;
  socket.unshift(Buffer.concat([Buffer.from(text, 'latin1'), head]));
  server.emit(event, socket);
}

/** An answer to an upgrade that is not to be; the connection ends with it. */
export function refuseUpgrade(socket: Duplex, status: '403 Forbidden' | '404 Not Found' | '503 Service Unavailable'): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
