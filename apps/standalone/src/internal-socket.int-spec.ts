import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { InternalSocket } from './internal-socket';

describe('the private socket of the operations listeners', () => {
  let folder: string;
  let socket: InternalSocket;
  let agent: Agent;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-internal-'));
    socket = await InternalSocket.open(folder);
    agent = new Agent({ connect: { socketPath: socket.path } });
  });
  afterEach(async () => {
    await agent.destroy();
    await socket.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const named = (name: string) => ({
    handleInternal: (asked: { url?: string }, response: { end(text: string): unknown }) => void response.end(`${name} ${asked.url}`),
  });
  const ask = async (path: string): Promise<string> => (await request(`http://internal${path}`, { dispatcher: agent })).body.text();

  it('passes a request on to the service that its path begins with', async () => {
    socket.add('auth', named('auth'));
    socket.add('user', named('user'));
    expect([await ask('/auth/internal/v1/keys'), await ask('/user')]).toEqual(['auth /internal/v1/keys', 'user /']);
  });

  it('answers what came too early when the service has started, and nobody else', async () => {
    const answered: string[] = [];
    const early = ['/matching/a', '/matching/b', '/user/c'].map((path) => ask(path).then((text) => answered.push(text)));
    socket.add('auth', named('auth'));
    await ask('/auth/later');
    expect(answered).toEqual([]);
    socket.add('matching', named('matching'));
    await Promise.all(early.slice(0, 2));
    expect(answered.sort()).toEqual(['matching /a', 'matching /b']);
    socket.add('user', named('user'));
    await early[2];
    expect(answered).toContain('user /c');
  });
});
