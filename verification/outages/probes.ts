import { readAccount, signUp } from '@muster/contracts/auth/routes';
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { ConversationId } from '@muster/contracts/communication/ids';
import { listConversations, sendMessage } from '@muster/contracts/communication/routes';
import type { EventId, ServiceName } from '@muster/contracts/kernel/ids';
import type { LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, listJobs, openJob, searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { listNotices, savePreferences } from '@muster/contracts/notification/routes';
import { NAGPUR, readContractorProfile, saveContractorProfile, searchPlaces } from '@muster/contracts/user/routes';
import { newId } from '@muster/platform/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import { Client } from '../crash/client';
import { History, type Attempt } from '../crash/history';
import { dayAhead } from '../product/days';
import type { Deployment } from '../product/deployment';
import { Random } from '../product/random';
import { PASSWORD, Visitor } from '../product/visitor';

export type Kind = 'read' | 'write' | 'search';
/** Longer than a request may take. */
const ATTEMPT_MS = 30_000;
const pay = { amount: 95_000, currency: 'INR', basis: 'day' } as const;

/** A contractor and a worker of theirs, and what they ask of each service again and again. */
export class Probes {
  readonly history = new History();
  /** Addresses whose sign-up was acknowledged: each has been sent a code. */
  readonly signedUp: string[] = [];
  readonly asked: ReadonlyArray<{ service: ServiceName; kind: Kind; ask: () => Promise<Attempt> }>;
  private count = 0;
  private readonly client: Client;

  private constructor(
    private readonly people: readonly Visitor[],
    product: Deployment,
    conversationId: ConversationId,
  ) {
    const client = new Client(people[0] as Visitor, product, this.history, new Random(1));
    this.client = client;
    const wanted = { trade: 'mason', minimumLevel: 1, days: [dayAhead(3)], pay };
    const next = (): number => (this.count += 1);
    this.asked = [
      { service: 'auth', kind: 'read', ask: () => client.attempt(readAccount) },
      { service: 'auth', kind: 'write', ask: () => this.signUp(`newcomer${next()}@example.org`) },
      { service: 'user', kind: 'read', ask: () => client.attempt(readContractorProfile) },
      { service: 'user', kind: 'write', ask: () => client.attempt(saveContractorProfile, { body: { displayName: `Builders ${next()}` } }) },
      { service: 'user', kind: 'search', ask: () => client.attempt(searchPlaces, { query: { q: 'nagp' } }) },
      { service: 'matching', kind: 'read', ask: () => client.attempt(listJobs) },
      { service: 'matching', kind: 'write', ask: () => client.attempt(describeJob, { body: { title: `Wall ${next()}`, placeId: NAGPUR, lines: [{ ...wanted, count: 1, startsAt: '09:00', endsAt: '18:00' }] } }) },
      { service: 'matching', kind: 'search', ask: () => client.attempt(searchWorkers, { body: { placeId: NAGPUR, ...wanted } }) },
      { service: 'communication', kind: 'read', ask: () => client.attempt(listConversations) },
      { service: 'communication', kind: 'write', ask: () => this.write(conversationId) },
      { service: 'notification', kind: 'read', ask: () => client.attempt(listNotices) },
      { service: 'notification', kind: 'write', ask: () => client.attempt(savePreferences, { body: { topics: [{ topic: 'message', channels: ['inbox'] }] } }) },
    ];
  }

  /** Signs both up, and brings them so far that they can write to each other. */
  static async of(product: Deployment): Promise<Probes> {
    const ways = { attemptMs: ATTEMPT_MS };
    const [contractor, worker] = await Promise.all([Visitor.signUp(product, 'contractor@example.org', 'contractor', ways), Visitor.signUp(product, 'worker@example.org', 'worker', ways)]);
    await Promise.all([contractor.introduce('Builders'), worker.introduce('Ramesh')]);
    const lines = [{ trade: 'mason', minimumLevel: 1, count: 1, days: [dayAhead(2)], startsAt: '09:00', endsAt: '18:00', pay }];
    const { jobId, version, lines: [line] } = await eventually(() => contractor.call(describeJob, { body: { title: 'Wall', placeId: NAGPUR, lines } }));
    await contractor.call(openJob, { params: { jobId }, body: {}, ifMatch: version });
    const lineId = line?.lineId as LineId;
    const { inviteId } = await eventually(() => contractor.call(sendInvite, { params: { jobId, lineId }, body: { worker: worker.personId, timeLimitMinutes: 60 } }));
    await worker.call(acceptInvite, { params: { inviteId }, body: {} });
    const probes = new Probes([contractor, worker], product, conversationOf(jobId, worker.personId));
    await eventually(async () => {
      for (const { ask } of probes.asked) if ((await ask()).outcome !== 'ok') throw new Error('not everything works yet');
    });
    return probes;
  }

  /** Nobody's token ends in the next minutes. */
  async refreshTokens(): Promise<void> {
    await Promise.all(this.people.map((person) => person.refresh()));
  }

  private async signUp(email: string): Promise<Attempt> {
    const attempt = await this.client.attempt(signUp, { body: { email, password: PASSWORD, dateOfBirth: '1990-05-17' } });
    if (attempt.outcome === 'ok') this.signedUp.push(email);
    return attempt;
  }

  private write(conversationId: ConversationId): Promise<Attempt> {
    const clientId = newId<EventId>() as string;
    return this.client.attempt(sendMessage, { params: { conversationId }, body: { clientId, text: `Message ${clientId.slice(-12)}` } }, clientId);
  }
}
