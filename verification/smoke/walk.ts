import { randomBytes } from 'node:crypto';
import { listConversations, readMessages, sendMessage } from '@muster/contracts/communication/routes';
import type { EventId } from '@muster/contracts/kernel/ids';
import { acceptInvite, listAssignments, listInvites, markInviteSeen, sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob, rankForLine, readJob, searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { listNotices } from '@muster/contracts/notification/routes';
import { NAGPUR, readAvailability } from '@muster/contracts/user/routes';
import { newId } from '@muster/platform/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import { dayAhead } from '../product/days';
import { Visitor, type Answered, type Site } from '../product/visitor';
import { Live } from './live';

export interface Walked {
  readonly traceId: string;
  readonly steps: number;
  /** Every answer to both visitors. */
  readonly seen: readonly Answered[];
}

/** Facts travel between services; what they lead to is asked for until it is there. */
const FACT_MS = 15_000;

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  return eventually(async () => {
    const value = await read();
    if (!holds(value)) throw new Error(`not within ${FACT_MS} ms; last ${JSON.stringify(value).slice(0, 300)}`);
    return value;
  }, FACT_MS);
}


/**
 * The thread of the product from outside: a worker and a contractor sign up, find each other, agree and talk. Every
 * answer is held against its contract, so it serves compose and a cluster alike.
 *
 * @throws Error at the first step that goes wrong, with its name
 */
export async function walkTheThread(site: Site, say: (step: string) => void): Promise<Walked> {
  const traceId = randomBytes(16).toString('hex');
  const seen: Answered[] = [];
  const ways = { headers: { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` }, watch: (answered: Answered) => void seen.push(answered) };
  const suffix = randomBytes(4).toString('hex');
  let steps = 0;
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work();
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    } finally {
      steps += 1;
      say(`${name} ${Math.round(performance.now() - started)} ms`);
    }
  };

  const both = await step('two people sign up with codes from the mail', () =>
    Promise.all((['worker', 'contractor'] as const).map((hat) => Visitor.signUp(site, `${hat}.${suffix}@example.org`, hat, ways))),
  );
  const [worker, contractor] = both as [Visitor, Visitor];
  await step('both say who they are, the worker with trade, place, rate and days', () => Promise.all([worker.introduce(`Ramesh ${suffix}`), contractor.introduce(`Deshmukh ${suffix}`)]));
  const pay = { amount: 95_000, currency: 'INR' as const, basis: 'day' as const };
  const days = [dayAhead(3), dayAhead(4)];
  const need = { trade: 'mason', minimumLevel: 2, days, pay } as const;
  const hasWorker = ({ items }: { items: ReadonlyArray<{ personId: string }> }): boolean => items.some(({ personId }) => personId === worker.personId);
  await step('the search finds the worker', () => until(() => contractor.call(searchWorkers, { body: { placeId: NAGPUR, ...need, days } }), hasWorker));
  const { jobId, version, lines } = await step('the contractor describes a job', () =>
    contractor.call(describeJob, { body: { title: `Compound wall ${suffix}`, placeId: NAGPUR, lines: [{ ...need, days, count: 1, startsAt: '09:00', endsAt: '18:00' }] } }),
  );
  const lineId = lines[0]?.lineId as string;
  await step('and opens it', () => contractor.call(openJob, { params: { jobId }, body: {}, ifMatch: version }));
  await step('its line ranks the worker', () => until(() => contractor.call(rankForLine, { params: { jobId, lineId } }), hasWorker));

  const live = await step('both open a live socket', () => Promise.all(both.map((one) => Live.open(one))));
  const [atWorker, atContractor] = live as [Live, Live];
  try {
    const { inviteId } = await step('the contractor invites', () => contractor.call(sendInvite, { params: { jobId, lineId }, body: { worker: worker.personId } }));
    await step('the worker hears of it live', () => atWorker.hint('invite', inviteId));
    const conversationId = await step('and sees the invite', async () => {
      const { items } = await worker.call(listInvites, { query: { open: 'true' } });
      const mine = items.find((each) => each.inviteId === inviteId);
      if (!mine) throw new Error('it is not in the list');
      await worker.call(markInviteSeen, { params: { inviteId }, body: {} });
      return mine.conversationId;
    });
    await step('a conversation is there for both', () =>
      Promise.all(both.map((one) => until(() => one.call(listConversations), ({ items }) => items.some((each) => each.conversationId === conversationId)))),
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
    await step('both find it among their notices', () => Promise.all(both.map((one) => until(() => one.call(listNotices), ({ items }) => items.length >= 2))));
    return { traceId, steps, seen };
  } finally {
    for (const one of live) one.close();
    await Promise.all(both.map((one) => one.close()));
  }
}
