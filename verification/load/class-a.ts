import { setTimeout as sleep } from 'node:timers/promises';
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import { sendMessage } from '@muster/contracts/communication/routes';
import type { EventId } from '@muster/contracts/kernel/ids';
import type { InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob } from '@muster/contracts/matching/jobs.routes';
import { NAGPUR } from '@muster/contracts/user/routes';
import { newId } from '@muster/platform/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import { dayAhead } from '../product/days';
import type { Product } from '../product/standalone';
import { Visitor } from '../product/visitor';

const pay = { amount: 95_000, currency: 'INR', basis: 'day' } as const;

/** A contractor and a worker who do what must not fail under load: stay signed in, write to each other, say yes to work. */
export class ClassA {
  asked = 0;
  refused = 0;

  private constructor(
    readonly contractor: Visitor,
    private readonly worker: Visitor,
    private readonly conversationId: ReturnType<typeof conversationOf>,
    /** One for each of many days, so that no work overlaps other work. */
    private readonly lines: Array<{ jobId: JobId; lineId: LineId }>,
    /** Where the costly search of this contractor is: the workers for a line of many days. */
    readonly costly: string,
  ) {}

  static async of(product: Product): Promise<ClassA> {
    const [contractor, worker] = await Promise.all([Visitor.signUp(product, 'overload-contractor@example.org', 'contractor'), Visitor.signUp(product, 'overload-worker@example.org', 'worker')]);
    await Promise.all([contractor.introduce('Builders'), worker.introduce('Ramesh')]);
    const describe = async (lines: ReadonlyArray<readonly string[]>) => {
      const wanted = lines.map((days) => ({ trade: 'mason', minimumLevel: 1, count: 1, days: [...days], startsAt: '09:00', endsAt: '18:00', pay }));
      const job = await eventually(() => contractor.call(describeJob, { body: { title: 'Wall', placeId: NAGPUR, radiusKm: 50, lines: wanted } }));
      return contractor.call(openJob, { params: { jobId: job.jobId }, body: {}, ifMatch: job.version });
    };
    const free: Array<{ jobId: JobId; lineId: LineId }> = [];
    for (let first = 1; first <= 49; first += 12) {
      const { jobId, lines } = await describe(Array.from({ length: 12 }, (_, at) => [dayAhead(first + at)]));
      free.push(...lines.map(({ lineId }) => ({ jobId, lineId })));
    }
    const { jobId, lines } = await describe(Array.from({ length: 12 }, () => Array.from({ length: 50 }, (_, at) => dayAhead(1 + at))));
    const costly = `${product.origin}/api/v1/matching/jobs/${jobId}/lines/${lines[0]?.lineId}/workers?limit=100`;
    const all = new ClassA(contractor, worker, conversationOf(free.at(-1)?.jobId as JobId, worker.personId), free, costly);
    await eventually(async () => {
      if (!(await all.fillLine())) throw new Error('the worker can not be invited yet');
    });
    return all;
  }

  /** For a while, each of the three a few times a second. */
  async during(ms: number): Promise<void> {
    const end = Date.now() + ms;
    const again = async (pauseMs: number, ask: () => Promise<boolean>): Promise<void> => {
      while (Date.now() < end) {
        const isDone = await ask();
        this.asked += 1;
        if (!isDone) this.refused += 1;
        await sleep(pauseMs);
      }
    };
    const params = { conversationId: this.conversationId };
    await Promise.all([
      again(150, async () => {
        const clientId = newId<EventId>() as string;
        return (await this.contractor.send(sendMessage, { params, body: { clientId, text: 'On my way' } }))?.status === 201;
      }),
      again(250, () => this.worker.refreshOnce()),
      again(800, () => this.fillLine()),
    ]);
  }

  /** Invites the worker to the next line, who says yes; the first time that makes their conversation. */
  private async fillLine(): Promise<boolean> {
    const line = this.lines.at(-1);
    if (!line) return true;
    const sent = await this.contractor.send(sendInvite, { params: line, body: { worker: this.worker.personId, timeLimitMinutes: 60 } });
    if (sent?.status !== 201) return false;
    this.lines.pop();
    return (await this.worker.send(acceptInvite, { params: { inviteId: sent.body['inviteId'] as InviteId }, body: {} }))?.status === 200;
  }
}
