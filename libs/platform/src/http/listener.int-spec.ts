import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { releaseOf } from '../config/release';
import { createLogger } from '../logging/logger';
import { printNestLogs } from '../logging/nest-logger';
import { eventually } from '../testing/eventually';
import { makeListener, refuseUpgrade, type ListenerOptions } from './listener';

printNestLogs(createLogger({ service: 'auth', level: 'silent', release: releaseOf({}) }));

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const echo = (request: IncomingMessage, response: ServerResponse): void => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => response.end(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(parts).toString()}`));
};

async function start(options: Partial<ListenerOptions>): Promise<void> {
  server = makeListener({ request: echo, ...options });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

interface Talk {
  readonly socket: Socket;
  heard(): string;
  readonly closed: Promise<void>;
}

function say(text: string): Talk {
  let heard = '';
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  socket.on('data', (part: Buffer) => (heard += part.toString('latin1'))).on('error', () => undefined);
  socket.write(text);
  return { socket, heard: () => heard, closed: new Promise((resolve) => socket.once('close', () => resolve())) };
}

const answered = (talk: Talk, text: string | RegExp) => eventually(() => expect(talk.heard()).toMatch(text));
const websocket = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
const request = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;

describe('a listener', () => {
  it('survives a handler of requests that throws, and answers the next', async () => {
    await start({
      request: (asked, response) => {
        if (asked.url === '/broken') throw new Error('broken');
        echo(asked, response);
      },
    });
    const broken = say(request('/broken'));
    await answered(broken, /^HTTP\/1\.1 500/);
    await answered(say(request('/whole')), 'GET /whole');
  });

  it('survives a handler of upgrades that throws, and ends the connection', async () => {
    await start({
      upgrade: () => {
        throw new Error('broken');
      },
    });
    await say(request('/ws', websocket)).closed;
    await answered(say(request('/whole')), 'GET /whole');
  });

  it('survives a client that is gone while its upgrade is refused', async () => {
    let upgraded = 0;
    await start({
      upgrade: (_request, socket) => {
        upgraded += 1;
        socket.emit('error', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
        refuseUpgrade(socket, '404 Not Found');
      },
    });
    await say(request('/ws', websocket)).closed;
    expect(upgraded).toBe(1);
    await answered(say(request('/whole')), 'GET /whole');
  });

  it.each([
    ['h2c', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n'],
    ['a protocol that nobody knows', 'Connection: keep-alive, Upgrade\r\nUpgrade: tomorrow/9\r\n'],
  ])('answers a request that offers %s as if it had not', async (_, offer) => {
    const upgraded: string[] = [];
    await start({ upgrade: (asked) => upgraded.push(asked.url ?? '') });
    const talk = say(`POST /offer HTTP/1.1\r\nHost: x\r\n${offer}Content-Length: 9\r\n\r\nthe body!`);
    await answered(talk, /^HTTP\/1\.1 200 [\s\S]*POST \/offer \{[^}]*\} the body!/);
    expect(talk.heard()).not.toMatch(/upgrade|http2/i);
    // The connection goes on, and a second offer on it is no other matter.
    talk.socket.write(request('/second', offer));
    await answered(talk, 'GET /second');
    expect(upgraded).toEqual([]);
  });

  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf'],
  ])('ends a request whose %s do not come, with 408', async (_, begun) => {
    await start({ bounds: { receiveMs: 50 } });
    const talk = say(begun);
    await talk.closed;
    expect(talk.heard()).toMatch(/^HTTP\/1\.1 408/);
  });

  it('takes no more connections than it may have', async () => {
    await start({ bounds: { connections: 2 } });
    for (const path of ['/one', '/two']) await answered(say(request(path)), `GET ${path}`);
    await say(request('/three')).closed;
    sockets[0]?.destroy();
    await eventually(async () => {
      const again = say(request('/four'));
      await eventually(() => expect(again.heard() !== '' || again.socket.destroyed).toBe(true));
      expect(again.heard()).toContain('GET /four');
    });
  });
});
