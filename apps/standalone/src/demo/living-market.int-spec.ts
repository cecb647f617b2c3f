import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { listConversations, readMessages } from '@muster/contracts/communication/routes';
import { addDays } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Route } from '@muster/contracts/kernel/route';
import { acceptInvite, listAssignments, listInvites, sendInvite } from '@muster/contracts/matching/invites.routes';
import { listJobs, rankForLine, readJob } from '@muster/contracts/matching/jobs.routes';
import { listNotices } from '@muster/contracts/notification/routes';
import { readAvailability } from '@muster/contracts/user/routes';
import { Clock } from '@muster/platform/clock/clock';
import { newId } from '@muster/platform/kernel/ids';
import type { z } from 'zod';
import type { Child } from '../../test/run-child';
import { TemporaryProject } from '../../test/temporary-project';
import type { Answer } from './demo-door';
import { DemoPerson } from './demo-person';
import { demoMarket } from './market';
import { playScenes } from './scenes';
import { Stage } from './stage';

jest.setTimeout(300_000);

let project: TemporaryProject;
let muster: Child;
let worker: Visitor;
let contractor: Visitor;

type Visitor = <R extends Route>(route: R, sent?: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown }) => Promise<z.output<R['response']>>;

async function ask(method: string, path: string, headers: Record<string, string>, body: unknown): Promise<Answer> {
  const origin = `http://localhost:${project.port}`;
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { origin, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), retryAfterSeconds: Number(response.headers.get('retry-after') ?? 1) };
}

async function signedIn(hat: string): Promise<Visitor> {
  const [, email, password] = await muster.says(new RegExp(`Sign in as ${hat}: (\\S+)\\s+(\\S+)`));
  const { accessToken } = (await ask('POST', '/api/v1/auth/sign-in', {}, { email, password })).body as { accessToken: string };
  return async (route, { params = {}, query, body } = {}) => {
    const path = route.path.replace(/:(\w+)/g, (_all, name: string) => params[name] ?? '');
    const headers = { authorization: `Bearer ${accessToken}`, 'idempotency-key': newId<string>() };
    const answer = await ask(route.method, `${path}${query ? `?${new URLSearchParams(query).toString()}` : ''}`, headers, body);
    if (answer.status !== route.status) throw new Error(`${route.id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return route.response.parse(answer.body) as never;
  };
}

/** Asks until the condition holds, because people and events take their time. */
async function until<Value>(ask: () => Promise<Value>, holds: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    await sleep(300);
  }
}

beforeAll(async () => {
  project = await TemporaryProject.make();
  muster = project.start(['--demo']);
  await muster.says(/Ready/);
  [worker, contractor] = [await signedIn('worker'), await signedIn('contractor')];
});
afterAll(() => project.remove());

const job = async (title: RegExp) => {
  const { items } = await contractor(listJobs);
  const found = items.find((one) => title.test(one.title));
  if (!found) throw new Error(`no job is called ${title}: ${items.map((one) => one.title).join(', ')}`);
  return contractor(readJob, { params: { jobId: found.jobId } });
};

describe('the demo', () => {
  it('gives the worker work tomorrow, work that is done, invites, talks and notices', async () => {
    const tomorrow = addDays(new Clock().today('Asia/Kolkata'), 1);
    const { items } = await worker(listAssignments);
    expect(items.map(({ state, days }) => [state, days.length])).toEqual([['accepted', 1], ['completed', 3]]);
    expect(items[0]?.days).toEqual([tomorrow]);
    await until(() => worker(readAvailability), ({ booked }) => booked.some((day) => day === tomorrow));
    expect((await worker(listInvites, { query: { open: 'true' } })).items.map(({ state }) => state)).toEqual(['sent', 'sent']);
    const talks = (await worker(listConversations)).items;
    expect(talks.length).toBeGreaterThanOrEqual(4);
    expect((await until(() => worker(listNotices), (notices) => notices.items.length >= 3)).items.length).toBeGreaterThanOrEqual(3);
  });

  it('gives the contractor a job that five of seven have joined, one for tomorrow, one that is done, and talks', async () => {
    expect(await job(/Compound wall near Nagpur bypass/)).toMatchObject({ places: 7, filled: 5 });
    expect(await job(/Boundary wall repair/)).toMatchObject({ places: 2, filled: 2 });
    expect(await job(/Water tank/)).toMatchObject({ state: 'completed' });
    const { items } = await contractor(listConversations);
    const texts = await Promise.all(items.map(({ conversationId }) => contractor(readMessages, { params: { conversationId } })));
    expect(texts.flatMap((one) => one.items).length).toBeGreaterThanOrEqual(6);
    expect((await until(() => contractor(listNotices), (notices) => notices.items.length >= 5)).items.length).toBeGreaterThanOrEqual(5);
  });

  it('finds many workers right after Ready, who are not alike in distance, score and time here', async () => {
    const { jobId, lines } = await job(/Compound wall near Nagpur bypass/);
    const { items, matches } = await contractor(rankForLine, { params: { jobId, lineId: lines[0]?.lineId ?? '' }, query: { limit: '100' } });
    expect(matches).toBeGreaterThan(10);
    expect(new Set(items.map(({ distanceBand }) => distanceBand)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(items.map(({ total }) => total)).size).toBeGreaterThan(matches / 2);
    const isNew = items.filter(({ reasons }) => reasons.some(({ key }) => key === 'new_here')).length;
    expect(isNew).toBeLessThan(items.length / 2);
  });

  it('has people who answer an invite and a message by themselves', async () => {
    const { jobId, lines } = await job(/Compound wall near Nagpur bypass/);
    const line = lines[0];
    if (!line) throw new Error('the job has no line');
    const params = { jobId, lineId: line.lineId };
    const { items } = await contractor(rankForLine, { params });
    const asked = items.slice(0, 3);
    for (const { personId } of asked) await contractor(sendInvite, { params, body: { worker: personId } });
    const answered = await until(() => job(/Compound wall near Nagpur bypass/), (now) => (now.lines[0]?.invites.length ?? 0) === 0);
    expect(answered.lines[0]?.filled).toBe(4);

    const { items: invites } = await worker(listInvites, { query: { open: 'true' } });
    const [invite] = invites;
    if (!invite) throw new Error('nobody has invited the worker');
    const before = (await worker(readMessages, { params: { conversationId: invite.conversationId } })).lastSequence;
    await worker(acceptInvite, { params: { inviteId: invite.inviteId }, body: {} });
    await until(() => worker(readMessages, { params: { conversationId: invite.conversationId } }), ({ lastSequence }) => lastSequence > before);
  });

  it('goes on where it was when it is started again', async () => {
    muster.process.kill('SIGINT');
    await muster.exited;
    muster = project.start(['--demo']);
    await muster.says(/Ready/);
    expect(muster.output()).not.toContain('Adding a small market');
    contractor = await signedIn('contractor');
    expect((await contractor(listJobs)).items.filter(({ title }) => /Compound wall near Nagpur bypass/.test(title))).toHaveLength(1);
  });

  it('brings new work on a later day, and repeats what a day that was cut short has left', async () => {
    const today = new Clock().today('Asia/Kolkata');
    const market = demoMarket(today);
    const emails = new Map([...market.workers, ...market.contractors].map(({ personId, email }) => [personId, email]));
    const names = new Map<string | undefined, string>(Object.entries(market.named).map(([name, { email }]) => [email, name]));
    const password = (email: string): string => readFileSync(join(project.data, 'keys', `demo.${names.get(email) ?? 'everybody'}`), 'utf8');
    const personOf = ({ personId }: { personId: PersonId }): DemoPerson => {
      const email = emails.get(personId) ?? '';
      return new DemoPerson({ ask }, email, password(email));
    };
    for (const day of [today, addDays(today, 1)]) await playScenes(new Stage(day, personOf), market);
    const crews = (await contractor(listJobs)).items.filter(({ title }) => /Compound wall near Nagpur bypass/.test(title));
    // On that day some of the workers who would come are on the first crew.
    expect(crews.map(({ places, filled }) => [places, filled >= 3])).toEqual([[7, true], [7, true]]);
  });
});
