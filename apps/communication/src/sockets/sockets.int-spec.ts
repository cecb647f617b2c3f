import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { takeSocketTicket } from '@muster/contracts/communication/routes';
import { closeCodes, type ServerFrame } from '@muster/contracts/communication/socket';
import { liveSubject } from '@muster/platform/realtime/fanout';
import { InProcessFanout } from '@muster/platform/realtime/in-process-fanout';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson, type TestPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { WebSocket } from 'ws';
import { CommunicationModule } from '../communication.module';
import { config } from '../config';

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

  it('ends with its session, within a second or so', async () => {
    const person = asPerson();
    const opened = await open(person);
    const started = performance.now();
    await communication.revoke(person);
    expect(await opened.closed).toBe(closeCodes.sessionOver);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('ends for a client that talks too much', async () => {
    const opened = await open(asPerson());
    for (let n = 0; n < 50; n++) opened.socket.send('{}');
    expect(await opened.closed).toBe(closeCodes.tooFast);
  });

  it('is closed with "service restart" when the service goes', async () => {
    const opened = await open(asPerson());
    await communication.service.closeSockets(50);
    expect(await opened.closed).toBe(closeCodes.restart);
  });
});
