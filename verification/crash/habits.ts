// What contractors and workers do while Muster is killed: each step is one thing that a person would do next.
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { ConversationId } from '@muster/contracts/communication/ids';
import { markRead, readMessages, sendMessage } from '@muster/contracts/communication/routes';
import type { EventId, PersonId } from '@muster/contracts/kernel/ids';
import type { InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, declineInvite, listInvites, markInviteSeen, sendInvite, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob, readJob } from '@muster/contracts/matching/jobs.routes';
import { listNotices, markNoticeSeen } from '@muster/contracts/notification/routes';
import { declareFreeToday, NAGPUR, saveAvailability, saveContractorProfile, saveWorkerProfile, withdrawFreeToday } from '@muster/contracts/user/routes';
import { newId } from '@muster/platform/kernel/ids';
import { dayAhead } from '../product/days';
import type { Client } from './client';

export type StepOfPerson = () => Promise<unknown>;

/** They do not touch each other: work overlaps where day and shift are the same. */
const shifts = [['06:00', '10:00'], ['11:00', '15:00'], ['16:00', '20:00']] as const;
/** Few, so that now and then a worker is asked twice for one time. */
const HORIZON_DAYS = 10;

export function contractorSteps(client: Client, workers: readonly PersonId[]): StepOfPerson {
  const { random } = client;
  const lines: Array<{ jobId: JobId; lineId: LineId }> = [];
  const sent: InviteId[] = [];
  const jobs: JobId[] = [];
  const conversations: ConversationId[] = [];
  let named = 0;
  const changeName = () => client.do(saveContractorProfile, { body: { displayName: `Builders ${(named += 1)}` } });

  const describeAndOpen = async (): Promise<void> => {
    const wanted = Array.from({ length: random.whole(1, 2) }, () => {
      const [startsAt, endsAt] = random.pickIfAny(shifts) ?? shifts[0];
      const pay = { amount: 95_000, currency: 'INR', basis: 'day' } as const;
      return { trade: 'mason', minimumLevel: 1, count: random.whole(1, 2), days: [dayAhead(random.whole(1, HORIZON_DAYS))], startsAt, endsAt, pay };
    });
    const { answer: job } = await client.do(describeJob, { body: { title: `Wall ${random.whole(1, 1e9)}`, placeId: NAGPUR, lines: wanted } });
    if (!job) return;
    const { jobId } = job;
    const opened = await client.do(openJob, { params: { jobId }, body: {}, ifMatch: job.version });
    // "Already open" is what a repeated request is told whose first answer was lost.
    if (opened.outcome !== 'ok' && opened.code !== 'matching.job_not_draft') return;
    jobs.push(jobId);
    lines.push(...job.lines.map(({ lineId }) => ({ jobId, lineId })));
  };
  const invite = async (): Promise<void> => {
    const line = random.pickIfAny(lines);
    const worker = random.pickIfAny(workers);
    if (!line || !worker) return;
    const { answer, code } = await client.do(sendInvite, { params: line, body: { worker, timeLimitMinutes: 15 } });
    if (answer) {
      sent.push(answer.inviteId);
      conversations.push(conversationOf(line.jobId, worker));
    }
    if (code === 'matching.line_full') lines.splice(lines.indexOf(line), 1);
    else if (lines.length > 8) lines.shift();
  };
  const withdraw = async (): Promise<void> => {
    const inviteId = random.pickIfAny(sent.slice(-6));
    if (inviteId) await client.do(withdrawInvite, { params: { inviteId }, body: {} });
  };
  const look = async (): Promise<void> => {
    const jobId = random.pickIfAny(jobs.slice(-8));
    if (jobId) await client.do(readJob, { params: { jobId } });
  };

  return () => {
    if (named === 0) return changeName(); // a job is described by somebody with a name
    const dice = random.next();
    if (lines.length < 3 || dice < 0.08) return describeAndOpen();
    if (dice < 0.45) return invite();
    if (dice < 0.53) return withdraw();
    if (dice < 0.6) return look();
    if (dice < 0.85) return chat(client, random.pickIfAny(conversations.slice(-12)));
    return dice < 0.95 ? readNotices(client) : changeName();
  };
}

export function workerSteps(client: Client): StepOfPerson {
  const { random } = client;
  let isFindable = false;
  let conversations: ConversationId[] = [];
  let rate = 80_000;

  const saveProfile = () => {
    rate += 100;
    const skills = [{ trade: 'mason', level: 3, years: random.whole(1, 30) }];
    const dayRate = { amount: rate, currency: 'INR' as const };
    return client.do(saveWorkerProfile, { body: { displayName: `Ramesh ${rate}`, placeId: NAGPUR, travelRadiusKm: random.whole(5, 50), skills, dayRate, languages: ['hi'] } });
  };
  const saveCalendar = () => {
    const weekly = ([1, 2, 3, 4, 5, 6] as const).filter(() => random.chance(0.9));
    return client.do(saveAvailability, { body: { weekly, exceptions: [{ date: dayAhead(random.whole(1, 80)), free: false }] } });
  };
  const becomeFindable = async (): Promise<void> => {
    await saveProfile();
    await saveCalendar();
    isFindable = true;
  };
  const answerInvites = async (): Promise<void> => {
    const items = (await client.do(listInvites, { query: { open: 'true' } })).answer?.items ?? [];
    conversations = [...conversations, ...items.map(({ conversationId }) => conversationId as ConversationId)].slice(-12);
    const invite = random.pickIfAny(items);
    if (!invite) return;
    const sent = { params: { inviteId: invite.inviteId }, body: {} };
    if (random.chance(0.4)) await client.do(markInviteSeen, sent);
    const dice = random.next();
    if (dice < 0.6) await client.do(acceptInvite, sent);
    else if (dice < 0.8) await client.do(declineInvite, sent);
  };

  return () => {
    if (!isFindable) return becomeFindable();
    const dice = random.next();
    if (dice < 0.5) return answerInvites();
    if (dice < 0.75) return chat(client, random.pickIfAny(conversations));
    if (dice < 0.83) return readNotices(client);
    if (dice < 0.9) return saveProfile();
    if (dice < 0.95) return saveCalendar();
    return random.chance(0.6) ? client.do(declareFreeToday, { body: {} }) : client.do(withdrawFreeToday, { body: {} });
  };
}

/** Writes to a conversation, or says that everything in it was read. */
async function chat(client: Client, conversationId: ConversationId | undefined): Promise<void> {
  if (!conversationId) return;
  const params = { conversationId };
  if (client.random.chance(0.2)) {
    const sequence = (await client.do(readMessages, { params })).answer?.lastSequence ?? 0;
    if (sequence > 0) await client.do(markRead, { params, body: { sequence } });
    return;
  }
  const clientId = newId<EventId>() as string;
  await client.do(sendMessage, { params, body: { clientId, text: `Message ${clientId.slice(-12)}` } }, clientId);
}

async function readNotices(client: Client): Promise<void> {
  const items = (await client.do(listNotices, { query: { limit: '20' } })).answer?.items ?? [];
  const notice = client.random.pickIfAny(items.filter(({ seenAt }) => seenAt === null));
  if (notice) await client.do(markNoticeSeen, { params: { noticeId: notice.noticeId }, body: {} });
}
