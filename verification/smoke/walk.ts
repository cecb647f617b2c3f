import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { listConversations, readMessages, sendMessage } from '@muster/contracts/communication/routes';
import { acceptInvite, listAssignments, listInvites, markInviteSeen, sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob, rankForLine, readJob, searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { listNotices } from '@muster/contracts/notification/routes';
import { NAGPUR, readAvailability, saveAvailability, saveContractorProfile, saveWorkerProfile } from '@muster/contracts/user/routes';
import type { EventId } from '@muster/contracts/kernel/ids';
import { newId } from '@muster/platform/kernel/ids';
import { Live } from './live';
import { Visitor, type Seen, type Site } from './visitor';

export interface Walked {
  readonly traceId: string;
  /** Milliseconds of each step, in order. */
  readonly steps: ReadonlyMap<string, number>;
  /** Every answer to both visitors. */
  readonly seen: readonly Seen[];
  /** How often a service was too busy and said when to come back. */
  readonly toldToComeBack: number;
}

/** Facts travel between services; what they lead to is asked for until it is there. */
const FACT_MS = 15_000;

/**
 * The thread of the product from outside: a worker and a contractor sign up, find each other, agree and talk. Every
 * answer is held against its contract, so it serves compose and a cluster alike.
 *
 * @throws Error at the first step that goes wrong, with its name
 */
export async function walkTheThread(site: Site, say: (step: string) => void = () => undefined): Promise<Walked> {
  const traceId = randomBytes(16).toString('hex');
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  const suffix = randomBytes(4).toString('hex');
  const worker = new Visitor(site, `worker.${suffix}@example.org`, traceparent);
  const contractor = new Visitor(site, `contractor.${suffix}@example.org`, traceparent);
  const steps = new Map<string, number>();
  const opened: Live[] = [];
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work();
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    } finally {
      steps.set(name, performance.now() - started);
      say(`${name} ${Math.round(performance.now() - started)} ms`);
    }
  };

  try {
    await step('two people sign up with codes from the mail', () => Promise.all([worker.signUp('worker'), contractor.signUp('contractor')]));
    await step('the worker says trade, place, rate and days', async () => {
      const displayName = `Ramesh ${suffix}`;
      const skills = [{ trade: 'mason', level: 3, years: 8 }];
      const dayRate = { amount: 90_000, currency: 'INR' as const };
      await worker.call(saveWorkerProfile, { body: { displayName, placeId: NAGPUR, travelRadiusKm: 25, skills, dayRate, languages: ['hi'] } });
      await worker.call(saveAvailability, { body: { weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [] } });
      await contractor.call(saveContractorProfile, { body: { displayName: `Deshmukh ${suffix}` } });
    });

    const pay = { amount: 95_000, currency: 'INR' as const, basis: 'day' as const };
    const days = [dayAhead(3), dayAhead(4)];
    const need = { placeId: NAGPUR, trade: 'mason', minimumLevel: 2, days, pay };
    await step('the search finds the worker', () =>
      until(() => contractor.call(searchWorkers, { body: need }), ({ items }) => items.some(({ personId }) => personId === worker.personId)),
    );
    const draft = await step('the contractor describes a job', () =>
      contractor.call(describeJob, {
        body: {
          title: `Compound wall ${suffix}`,
          placeId: NAGPUR,
          lines: [{ trade: 'mason', minimumLevel: 2, count: 1, days, startsAt: '09:00', endsAt: '18:00', pay }],
        },
      }),
    );
    const { jobId } = draft;
    const lineId = draft.lines[0]?.lineId as string;
    await step('and opens it', () => contractor.call(openJob, { params: { jobId }, body: {}, ifMatch: draft.version }));
    await step('its line ranks the worker', () =>
      until(() => contractor.call(rankForLine, { params: { jobId, lineId } }), ({ items }) => items.some(({ personId }) => personId === worker.personId)),
    );

    const [atWorker, atContractor] = await step('both open a live socket', () => Promise.all([Live.open(worker), Live.open(contractor)]));
    opened.push(atWorker, atContractor);
    const { inviteId } = await step('the contractor invites', () => contractor.call(sendInvite, { params: { jobId, lineId }, body: { worker: worker.personId } }));
    await step('the worker hears of it live', () => atWorker.hint('invite', inviteId));
    const invite = await step('and sees the invite', async () => {
      const { items } = await worker.call(listInvites, { query: { open: 'true' } });
      const mine = items.find((each) => each.inviteId === inviteId);
      if (!mine) throw new Error('it is not in the list');
      await worker.call(markInviteSeen, { params: { inviteId }, body: {} });
      return mine;
    });

    const { conversationId } = invite;
    await step('a conversation is there for both', () =>
      Promise.all(
        [worker, contractor].map((one) => until(() => one.call(listConversations), ({ items }) => items.some((each) => each.conversationId === conversationId))),
      ),
    );
    const write = (from: Visitor, text: string) => from.call(sendMessage, { params: { conversationId }, body: { clientId: newId<EventId>() as string, text } });
    await step('the worker writes and the contractor hears it live', async () => {
      await write(worker, 'When shall I be there?');
      await atContractor.hint('conversation', conversationId);
    });
    await step('the contractor answers and the worker reads it', async () => {
      await write(contractor, 'At nine, bring your level. धन्यवाद');
      await until(() => worker.call(readMessages, { params: { conversationId } }), ({ items }) => items.length === 2);
    });

    await step('the worker says yes', () => worker.call(acceptInvite, { params: { inviteId }, body: {} }));
    await step('the slot is filled', () => until(() => contractor.call(readJob, { params: { jobId } }), (job) => job.filled === 1 && job.lines[0]?.slots[0]?.worker === worker.personId));
    await step('the days are booked in the calendar', async () => {
      await until(() => worker.call(listAssignments), ({ items }) => items.length === 1);
      await until(() => worker.call(readAvailability), ({ booked }) => days.every((day) => booked.some((date) => date === day)));
    });
    await step('both find it among their notices', () =>
      Promise.all([worker, contractor].map((one) => until(() => one.call(listNotices), ({ items }) => items.length >= 2))),
    );
    return { traceId, steps, seen: [...worker.seen, ...contractor.seen], toldToComeBack: worker.toldToComeBack + contractor.toldToComeBack };
  } finally {
    opened.forEach((live) => live.close());
    await Promise.all([worker.close(), contractor.close()]);
  }
}

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + FACT_MS; ; await sleep(100)) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`not within ${FACT_MS} ms; last ${JSON.stringify(value).slice(0, 300)}`);
  }
}

function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
