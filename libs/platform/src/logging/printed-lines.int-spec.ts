import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../testing/eventually';
import { config } from '../testing/fixture/config';
import { startServiceProcess, type ServiceProcess } from '../testing/service-process';

/** Starting a process from source, on a busy machine. */
const LONGEST_MS = 90_000;
const release = { RELEASE_VERSION: '1.4.2', RELEASE_COMMIT: '933723b' };
let notes: ServiceProcess;
beforeAll(async () => {
  notes = await startServiceProcess({ program: join(__dirname, '../testing/fixture/notes-program.ts'), config, env: release });
}, LONGEST_MS);
afterAll(() => notes.close());

const fail = () => fetch(`${notes.publicUrl}/api/v1/notification/break/anyhow`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
const failures = () => notes.lines().filter(({ msg }) => msg === 'request failed');

it('prints that it listens, as a line of the service', async () => {
  await eventually(() => expect(notes.lines()).toContainEqual(expect.objectContaining({ service: 'notification', context: 'Service', msg: 'listening' })));
});

it('says which build it is in every line, in its health and in its metrics', async () => {
  const builds = new Set(notes.lines().map(({ version, commit }) => `${String(version)} ${String(commit)}`));
  expect([...builds]).toEqual(['1.4.2 933723b']);
  const health = await fetch(`${notes.operationsUrl}/health`);
  expect(await health.json()).toMatchObject({ version: '1.4.2', commit: '933723b' });
  const metrics = await fetch(`${notes.operationsUrl}/metrics`);
  expect(await metrics.text()).toContain('muster_build_info{version="1.4.2",commit="933723b",service="notification"} 1');
});

it('prints the cause of a 500 that its caller is not told', async () => {
  const answer = await fail();
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('/etc/passwd')]);
  await eventually(() => expect(failures()).toContainEqual(expect.objectContaining({ level: 'error', err: expect.objectContaining({ message: 'the secret path /etc/passwd' }) })));
});

it('goes on printing after somebody has read the documents', async () => {
  const before = failures().length;
  expect((await fetch(`${notes.publicUrl}/api/v1/notifications/docs`)).status).toBe(200);
  await fail();
  await eventually(() => expect(failures()).toHaveLength(before + 1));
});

it('prints nothing beside its lines', () => {
  expect(notes.complaints()).toBe('');
});
