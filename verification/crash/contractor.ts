import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { randomUUID } from 'node:crypto';
import type { Client } from './client';
import { changeName, chat, readNotices } from './everybody';

const NAGPUR = '1262180';
export const shifts = [['06:00', '10:00'], ['11:00', '15:00'], ['16:00', '20:00']] as const;

/** Few, so that now and then a worker is asked twice for one time. */
const HORIZON_DAYS = 10;

interface Desk {
  readonly workers: readonly string[];
  readonly lines: Array<{ jobId: string; lineId: string }>;
  readonly sent: string[];
  readonly jobs: string[];
  readonly conversations: string[];
  named: number;
}

export const newDesk = (workers: readonly string[]): Desk => ({ workers, lines: [], sent: [], jobs: [], conversations: [], named: 0 });

export function contractorStep(client: Client, desk: Desk): () => Promise<void> {
  return async () => {
    // A job is described by somebody with a name.
    if (desk.named === 0) return changeName(client, 'saveContractorProfile', `Builders ${(desk.named += 1)}`);
    const dice = client.random.next();
    if (desk.lines.length < 3 || dice < 0.08) return describeAndOpen(client, desk);
    if (dice < 0.45) return invite(client, desk);
    if (dice < 0.53) return withdraw(client, desk);
    if (dice < 0.6) return look(client, desk);
    if (dice < 0.85) return chat(client, client.random.pick(desk.conversations.slice(-12)));
    if (dice < 0.95) return readNotices(client);
    return changeName(client, 'saveContractorProfile', `Builders ${(desk.named += 1)}`);
  };
}

async function describeAndOpen(client: Client, desk: Desk): Promise<void> {
  const { random } = client;
  const key = randomUUID();
  const lines = Array.from({ length: random.between(1, 2) }, () => {
    const [startsAt, endsAt] = random.pick(shifts) ?? shifts[0];
    const pay = { amount: 95_000, currency: 'INR', basis: 'day' };
    return { trade: 'mason', minimumLevel: 1, count: random.between(1, 2), days: [dayAhead(random.between(1, HORIZON_DAYS))], startsAt, endsAt, pay };
  });
  const title = `Wall ${key.slice(0, 8)}`;
  const described = await client.do({
    op: 'describeJob', method: 'POST', path: '/matching/jobs', key, repeatable: true, headers: { 'idempotency-key': key },
    body: { title, placeId: NAGPUR, lines }, about: { title, counts: lines.map((line) => line.count) },
  });
  if (described.outcome !== 'ok') return;
  const { jobId, version, lines: made } = described.answer as { jobId: string; version: number; lines: Array<{ lineId: string }> };
  const opened = await client.do({
    op: 'openJob', method: 'POST', path: `/matching/jobs/${jobId}/open`, body: {}, headers: { 'if-match': `"${version}"` }, about: { jobId },
  });
  // "Already open" is what a repeated request is told whose first answer was lost.
  if (opened.outcome !== 'ok' && opened.code !== 'matching.job_not_draft') return;
  desk.jobs.push(jobId);
  desk.lines.push(...made.map(({ lineId }) => ({ jobId, lineId })));
}

async function invite(client: Client, desk: Desk): Promise<void> {
  const line = client.random.pick(desk.lines);
  const worker = client.random.pick(desk.workers);
  if (!line || !worker) return;
  const key = randomUUID();
  const sent = await client.do({
    op: 'sendInvite', method: 'POST', path: `/matching/jobs/${line.jobId}/lines/${line.lineId}/invites`, key, repeatable: true,
    headers: { 'idempotency-key': key }, body: { worker, timeLimitMinutes: 15 }, about: { ...line, worker },
  });
  if (sent.outcome === 'ok') {
    desk.sent.push(String(sent.answer?.['inviteId']));
    desk.conversations.push(conversationOf(line.jobId as JobId, worker as PersonId));
  }
  if (sent.code === 'matching.line_full') desk.lines.splice(desk.lines.indexOf(line), 1);
  else if (desk.lines.length > 8) desk.lines.shift();
}

async function withdraw(client: Client, desk: Desk): Promise<void> {
  const inviteId = client.random.pick(desk.sent.slice(-6));
  if (!inviteId) return;
  await client.do({ op: 'withdrawInvite', method: 'POST', path: `/matching/invites/${inviteId}/withdraw`, body: {}, about: { inviteId }, repeatable: true });
}

async function look(client: Client, desk: Desk): Promise<void> {
  const jobId = client.random.pick(desk.jobs.slice(-8));
  if (jobId) await client.do({ op: 'readJob', method: 'GET', path: `/matching/jobs/${jobId}`, about: { jobId } });
}

export function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
