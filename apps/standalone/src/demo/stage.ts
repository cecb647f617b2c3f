import { setTimeout as sleep } from 'node:timers/promises';
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { ClientMessageId } from '@muster/contracts/communication/ids';
import { readConversation, sendMessage, markRead } from '@muster/contracts/communication/routes';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob, rankForLine, readJob } from '@muster/contracts/matching/jobs.routes';
import type { jobInput } from '@muster/contracts/matching/views';
import type { z } from 'zod';
import { Refused, type DemoPerson } from './demo-person';
import type { DemoAccount } from './market';
import { Seeded } from './seeded';

type Job = z.output<(typeof readJob)['response']>;

interface LineIds {
  jobId: JobId;
  lineId: LineId;
}

/** Milliseconds to wait for a conversation, which follows from an invite by an event. */
const factMs = 20_000;

/** The actions of the demo's people through the public routes. Every action can be repeated; existing results stay. */
export class Stage {
  /** @param day names what is made, so that another day makes its own */
  constructor(
    readonly day: string,
    private readonly personOf: (account: Pick<DemoAccount, 'personId'>) => DemoPerson,
  ) {}

  /** Opens a job of the contractor, or returns the one that was described before. */
  async job(contractor: DemoAccount, name: string, body: z.input<typeof jobInput>): Promise<Job> {
    const me = this.personOf(contractor);
    const { jobId } = await me.call(describeJob, { body, key: `demo-${this.day}-${name}` });
    const job = await me.call(readJob, { params: { jobId } });
    return job.state === 'draft' ? me.call(openJob, { params: { jobId }, body: {}, ifMatch: job.version }) : job;
  }

  /**
   * Invites the best workers of each line, who accept, until as many places are taken as wanted; workers who cannot
   * come are skipped.
   */
  async staff(contractor: DemoAccount, { jobId, lines }: Job, wanted: readonly number[], without: readonly PersonId[]): Promise<void> {
    const me = this.personOf(contractor);
    for (const [at, { lineId }] of lines.entries()) {
      const params = { jobId, lineId };
      let { filled } = (await me.call(readJob, { params: { jobId } })).lines[at] ?? { filled: 0 };
      const { items } = await me.call(rankForLine, { params, query: { limit: '60' } });
      for (const { personId } of items) {
        if (filled >= (wanted[at] ?? 0)) break;
        if (!without.includes(personId) && (await this.join(contractor, params, personId))) filled += 1;
      }
    }
  }

  /** @returns whether the worker was invited and came */
  private async join(contractor: DemoAccount, params: LineIds, worker: PersonId): Promise<boolean> {
    const inviteId = await this.invite(contractor, params, worker);
    return inviteId !== undefined && this.accept({ personId: worker }, inviteId);
  }

  /** @returns false where the rules are against it */
  async accept(worker: Pick<DemoAccount, 'personId'>, inviteId: InviteId): Promise<boolean> {
    return (await passedOver(() => this.personOf(worker).call(acceptInvite, { params: { inviteId }, body: {} }))) !== undefined;
  }

  /** @returns undefined where the rules are against it */
  async invite(contractor: DemoAccount, params: LineIds, worker: PersonId): Promise<InviteId | undefined> {
    const body = { worker, timeLimitMinutes: 4320 };
    const key = `demo-${params.lineId}-${worker}`;
    return (await passedOver(() => this.personOf(contractor).call(sendInvite, { params, body, key })))?.inviteId;
  }

  /** Sends a message in the conversation of job and worker, which is made a moment after the invite. */
  async say(from: DemoAccount, jobId: JobId, worker: PersonId, text: string): Promise<void> {
    const conversationId = conversationOf(jobId, worker);
    const clientId = new Seeded(hashOf(`${conversationId} ${text}`)).id() as ClientMessageId;
    await this.onceThere(() => this.personOf(from).call(sendMessage, { params: { conversationId }, body: { clientId, text } }));
  }

  /** Marks the whole conversation as read. */
  async read(reader: DemoAccount, jobId: JobId, worker: PersonId): Promise<void> {
    const me = this.personOf(reader);
    const conversationId = conversationOf(jobId, worker);
    const { lastSequence } = await this.onceThere(() => me.call(readConversation, { params: { conversationId } }));
    await me.call(markRead, { params: { conversationId }, body: { sequence: lastSequence } });
  }

  private async onceThere<Result>(work: () => Promise<Result>): Promise<Result> {
    for (const end = performance.now() + factMs; ; await sleep(50)) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Refused && error.status === 404) || performance.now() > end) throw error;
      }
    }
  }
}

/** Returns undefined if a rule of the product refuses the action. */
async function passedOver<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && (error.status === 409 || error.status === 429)) return undefined;
    throw error;
  }
}

/** Hashes a text to 32 bits (FNV-1a) as a seed. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
