import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { every } from '../kernel/surviving';
import { eventually } from '../testing/eventually';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { breakDown, readGreeting } from '../testing/fixture/routes';
import { startService, type TestService } from '../testing/start-service';

let service: TestService;
beforeAll(async () => {
  service = await startService(NotesModule, config, { env: { REQUEST_SECONDS: '2.5' } });
});
afterAll(() => service.close());

async function late(): Promise<string | undefined> {
  const { body } = await service.http.raw('GET', '/metrics', { internal: true });
  return String(body).split('\n').find((line) => line.startsWith('muster_late_requests_total'));
}

async function serverErrors(): Promise<string[]> {
  const { body } = await service.http.raw('GET', '/metrics', { internal: true });
  return String(body).split('\n').filter((line) => /^http_request_duration_seconds_count\{.*5xx/.test(line));
}

describe('a request that takes longer than a request may', () => {
  it('is answered when its time is up, and its connection serves the next one', async () => {
    const agent = new Agent({ connections: 1, pipelining: 1 });
    const path = breakDown.path.replace(':how', 'late');
    const answer = await request(`${service.publicUrl}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', dispatcher: agent });
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['retry-after']]).toEqual([503, expect.stringMatching(/problem\+json/), '1']);
    expect(await answer.body.json()).toMatchObject({ code: 'platform.unavailable', status: 503, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const next = await request(`${service.publicUrl}${readGreeting.path}`, { dispatcher: agent });
    expect([next.statusCode, await next.body.json()]).toEqual([200, { text: 'hello you', signedIn: false }]);
    await wait(3500); // its handler has ended meanwhile
    expect((await service.http.call(readGreeting)).signedIn).toBe(false);
    await agent.close();
    expect(await late()).toBe(`muster_late_requests_total{route="${breakDown.path}",service="notification"} 1`);
  });

  it.each<[string, (socket: Socket) => NodeJS.Timeout | undefined]>([
    ['trickles', (socket) => every('trickle', 20, () => socket.writable && socket.write('a'))],
    ['has stopped', () => undefined],
  ])('is the client’s affair while its body %s: 408, and its connection ends', async (_, go) => {
    const [before, errorsBefore] = [await late(), await serverErrors()];
    const socket = connect(Number(new URL(service.publicUrl).port), '127.0.0.1');
    let heard = '';
    let ended = false;
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString())).on('close', () => (ended = true));
    socket.write(`POST ${breakDown.path.replace(':how', 'x')} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{"a`);
    const going = go(socket);
    await eventually(() => expect(ended).toBe(true));
    clearInterval(going);
    expect(heard).toMatch(/^HTTP\/1\.1 408 [^]*connection: close[^]*platform\.request_too_slow/i);
    // Neither late nor an error of the service.
    expect([await late(), await serverErrors()]).toEqual([before, errorsBefore]);
  });
});
