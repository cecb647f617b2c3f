import { once } from 'node:events';
import { connect as connectNet, type Socket as NetSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeSocketTicket } from '@muster/contracts/communication/routes';
import { closeCodes, type ServerFrame } from '@muster/contracts/communication/socket';
import type { Instant } from '@muster/contracts/kernel/time';
import { REVOCATIONS_SUBJECT } from '@muster/platform/auth/revocations';
import { every } from '@muster/platform/kernel/surviving';
import { liveSubject } from '@muster/platform/realtime/fanout';
import { InProcessFanout } from '@muster/platform/realtime/in-process-fanout';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson, type TestPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { WebSocket } from 'ws';
import { CommunicationModule } from '../communication.module';
import { config } from '../config';

/** Milliseconds within which thousands of hints or forty sockets are handled even on a busy machine. */
const LONGEST_MS = 60_000;
const ORIGIN = 'http://localhost:3000';
let communication: TestService;
beforeAll(async () => {
  communication = await startService(CommunicationModule, config);
});
afterAll(() => communication.close());

interface Socket {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[];
  readonly closed: Promise<number>;
}

function connect(options: { origin?: string; path?: string } = {}): Socket {
  const url = `${communication.publicUrl.replace('http', 'ws')}${options.path ?? '/ws'}`;
  const socket = new WebSocket(url, { origin: options.origin ?? ORIGIN });
  const frames: ServerFrame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString('utf8')) as ServerFrame));
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  return { socket, frames, closed };
}

async function ticketOf(as: TestPerson): Promise<string> {
  return (await communication.http.call(takeSocketTicket, { as })).ticket;
}

async function open(as: TestPerson): Promise<Socket> {
  const ticket = await ticketOf(as);
  const opened = connect();
  opened.socket.on('open', () => opened.socket.send(JSON.stringify({ type: 'hello', ticket })));
  await eventually(() => expect(opened.frames[0]).toMatchObject({ type: 'welcome' }));
  return opened;
}

async function hello(frame: string): Promise<number> {
  const opened = connect();
  opened.socket.on('open', () => opened.socket.send(frame));
  return opened.closed;
}

/** Publishes hints for the person. @returns how many of them came */
async function hints(to: Socket, person: TestPerson, count: number): Promise<number> {
  const before = to.frames.length;
  const came = (): number => to.frames.slice(before).filter(({ type }) => type === 'hint').length;
  const fanout = new InProcessFanout(communication.bus);
  const hint = { kind: 'invite', id: 'x'.repeat(64), version: 1, traceparent: 'x'.repeat(128) };
  for (let n = 0; n < count; n++) fanout.publish(liveSubject(person.personId), hint);
  await eventually(() => expect(came()).toBeGreaterThanOrEqual(count));
  return came();
}

async function openSockets(): Promise<number> {
  const text = await (await fetch(`${communication.operationsUrl}/metrics`)).text();
  return Number(/muster_sockets_open\{[^}]*\} (\d+)/.exec(text)?.[1]);
}

function toService(): NetSocket {
  const { port, hostname } = new URL(communication.publicUrl);
  return connectNet(Number(port), hostname).on('error', () => undefined);
}

async function upgradeAt(address: string): Promise<string> {
  const socket = toService();
  let heard = '';
  socket.on('data', (part: Buffer) => (heard += part.toString()));
  socket.write(`GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  await ended(socket);
  return heard;
}

/** A connection that has completed the websocket upgrade but ignores the protocol afterwards. */
async function raw(): Promise<NetSocket> {
  const socket = toService();
  socket.write(`GET /ws HTTP/1.1\r\nHost: x\r\nOrigin: ${ORIGIN}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`);
  await once(socket, 'data');
  return socket.resume();
}

/** Makes one text frame, masked with zeros. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

function ended(socket: NetSocket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

describe('the live socket', () => {
  it('passes a hint to every socket of its person and to nobody else', async () => {
    const person = asPerson();
    const [phone, laptop, other] = [await open(person), await open(person), await open(asPerson())];
    const hint = { kind: 'invite', id: 'x', version: 3 };
    new InProcessFanout(communication.bus).publish(liveSubject(person.personId), hint);
    for (const { frames } of [phone, laptop]) await eventually(() => expect(frames).toContainEqual({ type: 'hint', hint }));
    expect(other.frames).toHaveLength(1);
    for (const { socket } of [phone, laptop, other]) socket.terminate();
  });

  it.each([
    ['nothing readable', 'hello?'],
    ['a ticket that nobody gave out', JSON.stringify({ type: 'hello', ticket: 'x'.repeat(32) })],
    ['an access token instead of a ticket', JSON.stringify({ type: 'hello', token: 'x'.repeat(32) })],
  ])('is closed for %s', async (_, frame) => {
    expect(await hello(frame)).toBe(closeCodes.notWelcome);
  });

  it('takes a ticket once', async () => {
    const ticket = await ticketOf(asPerson());
    const frame = JSON.stringify({ type: 'hello', ticket });
    const first = connect();
    first.socket.on('open', () => first.socket.send(frame));
    await eventually(() => expect(first.frames).toHaveLength(1));
    expect(await hello(frame)).toBe(closeCodes.notWelcome);
    first.socket.terminate();
  });

  it('takes a ticket for thirty seconds', async () => {
    const ticket = await ticketOf(asPerson());
    communication.clock.advance({ s: 31 });
    expect(await hello(JSON.stringify({ type: 'hello', ticket }))).toBe(closeCodes.notWelcome);
  });

  it.each(['null', 'http://localhost:3000.evil.example', 'http://evil.localhost:3000', 'https://localhost:3000', 'http://localhost', ''])(
    'does not open for the origin %j',
    async (origin) => {
      const refused = connect({ origin });
      expect(await refused.closed).toBe(1006);
    },
  );

  it.each(['http://127.0.0.1:3000', 'http://[::1]:3000'])('opens for %s, the other names of the machine that the page may be opened by', async (origin) => {
    const opened = connect({ origin });
    await new Promise((resolve) => opened.socket.once('open', resolve));
    opened.socket.terminate();
  });

  it('opens at its own path only', async () => {
    expect(await connect({ path: '/ws/other' }).closed).toBe(1006);
  });

  it('ends with its session', async () => {
    const person = asPerson();
    const opened = await open(person);
    await communication.revoke(person);
    expect(await opened.closed).toBe(closeCodes.sessionOver);
  });

  it.each<[string, (socket: WebSocket) => void]>([
    ['messages', (socket) => socket.send('{}')],
    ['pings', (socket) => socket.ping()],
    ['pongs', (socket) => socket.pong()],
  ])('ends at once for a client that sends too many %s, and for nobody else', async (_, send) => {
    const [person, flooding] = [asPerson(), await open(asPerson())];
    const other = await open(person);
    for (let n = 0; n < 50; n++) send(flooding.socket);
    expect([closeCodes.tooFast, 1006]).toContain(await flooding.closed);
    expect(await hints(other, person, 1)).toBe(1);
    other.socket.terminate();
  });

  it('ends before its hello for a client that only sends pongs', async () => {
    const silent = connect();
    silent.socket.on('open', () => {
      for (let n = 0; n < 50; n++) silent.socket.pong();
    });
    expect([closeCodes.tooFast, 1006]).toContain(await silent.closed);
  });

  it('reads nothing more of a client that does not agree to the end', async () => {
    const ticket = await ticketOf(asPerson());
    const stubborn = await raw();
    stubborn.write(frame(JSON.stringify({ type: 'hello', ticket })));
    const stop = every('flood', 1, () => {
      if (stubborn.writable) stubborn.write(frame('{}'));
    });
    await ended(stubborn);
    clearInterval(stop);
  });

  it('opens ten times for a session and thirty times for a person, and again when one has closed', async () => {
    const person = asPerson();
    const session = () => ({ ...person, sessionId: asPerson().sessionId });
    const refused = async (as: TestPerson): Promise<number> => hello(JSON.stringify({ type: 'hello', ticket: await ticketOf(as) }));
    const [first, second, third, fourth] = [session(), session(), session(), session()];
    const opened: Socket[] = [];
    for (const as of [first, second, third]) {
      for (let n = 0; n < 10; n++) opened.push(await open(as));
      if (as !== third) expect(await refused(as)).toBe(closeCodes.tooMany);
    }
    expect(await refused(fourth)).toBe(closeCodes.tooMany);
    opened[0]?.socket.close();
    await opened[0]?.closed;
    opened.push(await open(fourth));
    expect(await hints(opened.at(-1) as Socket, person, 1)).toBe(1);
    for (const { socket } of opened) socket.terminate();
  }, LONGEST_MS);

  it('ends when its session does by age, which nobody revokes', async () => {
    const person = { ...asPerson(), sessionUntil: Math.floor(communication.clock.now().getTime() / 1000) + 600 };
    const opened = await open(person);
    const unopened = await ticketOf({ ...person, sessionUntil: Math.floor(communication.clock.now().getTime() / 1000) + 10 });
    communication.clock.advance({ s: 12 });
    expect(await hello(JSON.stringify({ type: 'hello', ticket: unopened }))).toBe(closeCodes.notWelcome);
    expect(opened.socket.readyState).toBe(WebSocket.OPEN);
    communication.clock.advance({ s: 600 });
    expect(await opened.closed).toBe(closeCodes.sessionOver);
  });

  it('ends for a person whose tokens were revoked between the ticket and the hello', async () => {
    const person = asPerson();
    const ticket = await ticketOf(person);
    communication.clock.advance({ s: 2 });
    const issuedBefore = communication.clock.now().toISOString() as Instant;
    communication.clock.advance({ s: 2 });
    const revoked = communication.auth.revoke({ personId: person.personId, sessionId: null, issuedBefore });
    new InProcessFanout(communication.bus).publish(REVOCATIONS_SUBJECT, revoked);
    expect(await hello(JSON.stringify({ type: 'hello', ticket }))).toBe(closeCodes.sessionOver);
    const later = await open(person);
    later.socket.terminate();
  });

  it('ends for a client that does not read, while another of the same person is told everything', async () => {
    const person = asPerson();
    const [deaf, reading] = [await open(person), await open(person)];
    deaf.socket.pause();
    // Sends more than the kernel's socket buffers and the registry's limit together hold.
    for (let told = 0; told < 100_000 && (await openSockets()) === 2; told += 2_000) expect(await hints(reading, person, 2_000)).toBe(2_000);
    expect(await openSockets()).toBe(1);
    expect(reading.socket.readyState).toBe(WebSocket.OPEN);
    for (const { socket } of [deaf, reading]) socket.terminate();
  }, LONGEST_MS);

  it.each(['//:/../ws', '/%zz', '//', '/ws/../ws', 'http://[::1', '*'])('answers an upgrade at %s, and goes on', async (address) => {
    expect(await upgradeAt(address)).toMatch(/^HTTP\/1\.1 40[04] /);
    (await open(asPerson())).socket.terminate();
  });

  it('is closed with "service restart" when the service goes', async () => {
    const opened = await open(asPerson());
    await communication.service.closeSockets(50);
    expect(await opened.closed).toBe(closeCodes.restart);
  });
});
