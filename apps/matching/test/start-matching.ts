import { accountActivated, accountErased, hatsChanged } from '@muster/contracts/auth/events';
import type { Hat } from '@muster/contracts/auth/views';
import { addDays, instantOf } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { readEvents } from '@muster/contracts/kernel/internal';
import type { CivilDate } from '@muster/contracts/kernel/time';
import type { InviteId, JobId, LineId, SlotId } from '@muster/contracts/matching/ids';
import { acceptInvite, listAssignments, sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob, readJob, searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { availabilityChanged, workerProfileChanged } from '@muster/contracts/user/events';
import { NAGPUR, readCardsForServices } from '@muster/contracts/user/routes';
import { newId } from '@muster/platform/kernel/ids';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson, type CallOptions, type TestPerson } from '@muster/platform/testing/http';
import { startService, type StartOverrides, type TestService } from '@muster/platform/testing/start-service';
import { TestPeers } from '@muster/platform/testing/test-peers';
import { TestProducer } from '@muster/platform/testing/test-producer';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { config } from '../src/config';
import { MatchingModule } from '../src/matching.module';
import { LiveIndex } from '../src/search/live-index';

export const ZONE = 'Asia/Kolkata';
export const NAGPUR_CELL = { latitude: 21.15, longitude: 79.09 };

type JobBody = NonNullable<CallOptions<typeof describeJob>['body']>;
export type LineBody = JobBody['lines'][number];
type ProfileFacts = Parameters<typeof workerProfileChanged.data.parse>[0] & Record<string, unknown>;

/** A running matching service with auth and user as producers of events and user's cards. */
export class MatchingTest {
  private constructor(
    readonly matching: TestService,
    readonly auth: TestProducer,
    readonly user: TestProducer,
    readonly cards: Map<PersonId, string>,
  ) {}

  static async start(overrides: StartOverrides = {}): Promise<MatchingTest> {
    const bus = new InProcessBus();
    const peers = await TestPeers.start();
    const cards = new Map<PersonId, string>();
    const auth = new TestProducer('auth', bus, peers);
    const user = new TestProducer('user', bus, peers);
    peers.answer('user', readCardsForServices, ({ body }) => ({
      items: body.ids.flatMap((personId) => {
        const displayName = cards.get(personId);
        return displayName === undefined ? [] : [{ personId, displayName, photoId: null }];
      }),
    }));
    const matching = await startService(MatchingModule, config, { bus, peers, ...overrides });
    return new MatchingTest(matching, auth, user, cards);
  }

  /** A second replica on the same database, bus and peers. */
  replica(): Promise<TestService> {
    const { bus, peers, database, auth, clock } = this.matching;
    return startService(MatchingModule, config, { bus, peers, database, auth, clock });
  }

  get http(): TestService['http'] {
    return this.matching.http;
  }

  async close(): Promise<void> {
    await this.matching.close();
    await this.matching.peers.close();
  }

  today(): CivilDate {
    return this.matching.clock.today(ZONE);
  }

  /**
   * Moves the clock to six in the morning of tomorrow at the site, so that work of that day has not begun, whenever the
   * tests run.
   */
  dawn(): void {
    this.matching.clock.setTo(new Date(instantOf(this.day(1), '06:00', ZONE)));
  }

  /** The day that is `ahead` days from today at the site. */
  day(ahead: number): CivilDate {
    return addDays(this.today(), ahead);
  }

  days(count: number, from = 1): CivilDate[] {
    return Array.from({ length: count }, (_, index) => this.day(from + index));
  }

  /** Moves the clock to that time at the site and fires the timers that are due. */
  async goTo(day: string, time: string): Promise<void> {
    this.matching.clock.setTo(`${day}T${time}:00+05:30`);
    await this.matching.app.get(TimerRunner).runDueTimers();
  }

  /** What was published about one aggregate, in its order. */
  async eventsAbout(id: string) {
    const { events } = await this.http.call(readEvents, { as: 'user', query: { after: 0, limit: 1000 } });
    return events.filter((event) => event.aggregateId === id);
  }

  contractor(): TestPerson {
    const contractor = asPerson(newId<PersonId>(), ['contractor']);
    this.cards.set(contractor.personId, `Contractor ${contractor.personId.slice(-4)}`);
    return contractor;
  }

  activate(personId: PersonId, hats: Hat[] = ['worker']): void {
    this.auth.publish(accountActivated, { aggregateId: personId, data: { adult: true, hats, locale: 'en' } });
  }

  wear(personId: PersonId, hats: Hat[]): void {
    this.auth.publish(hatsChanged, { aggregateId: personId, data: { hats } });
  }

  erase(personId: PersonId): void {
    this.auth.publish(accountErased, { aggregateId: personId, data: {} });
  }

  profile(personId: PersonId, facts: ProfileFacts = {}): void {
    const [data] = [{ ...workerProfileChanged.example, cell: NAGPUR_CELL, joinedAt: '2026-01-01T00:00:00.000Z', ...facts }];
    this.user.publish(workerProfileChanged, { aggregateId: personId, data });
  }

  calendar(personId: PersonId, facts: Record<string, unknown> = {}): void {
    const updatedAt = this.matching.clock.instant();
    const data = { zone: ZONE, weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [], freeUntil: null, updatedAt, ...facts };
    this.user.publish(availabilityChanged, { aggregateId: personId, data });
  }

  /** Publishes all facts about a worker without waiting for their effect. */
  announce(facts: { profile?: ProfileFacts; calendar?: Record<string, unknown>; name?: string } = {}): TestPerson {
    const worker = asPerson(newId<PersonId>(), ['worker']);
    this.cards.set(worker.personId, facts.name ?? `Worker ${worker.personId.slice(-4)}`);
    this.activate(worker.personId);
    this.profile(worker.personId, facts.profile);
    this.calendar(worker.personId, facts.calendar);
    return worker;
  }

  isIndexed(personId: PersonId, replica = this.matching): boolean {
    return (replica.app.get(LiveIndex).generation?.index.slotOf(personId) ?? -1) !== -1;
  }

  async indexed(...people: readonly { personId: PersonId }[]): Promise<void> {
    await eventually(() => {
      const missing = people.filter(({ personId }) => !this.isIndexed(personId));
      if (missing.length > 0) throw new Error(`${missing.length} of ${people.length} are not in the index`);
    }, 20_000);
  }

  async gone({ personId }: { personId: PersonId }): Promise<void> {
    await eventually(() => {
      if (this.isIndexed(personId)) throw new Error('still in the index');
    }, 20_000);
  }

  /** Makes workers and waits until they can be found. */
  async workers(count: number, facts: Parameters<MatchingTest['announce']>[0] = {}): Promise<TestPerson[]> {
    const workers = Array.from({ length: count }, () => this.announce(facts));
    await this.indexed(...workers);
    return workers;
  }

  async worker(facts: Parameters<MatchingTest['announce']>[0] = {}): Promise<TestPerson> {
    const [worker] = await this.workers(1, facts);
    return worker as TestPerson;
  }

  line(overrides: Partial<LineBody> = {}): LineBody {
    const pay = { amount: 95_000, currency: 'INR' as const, basis: 'day' as const };
    return { trade: 'mason', minimumLevel: 2, count: 2, days: this.days(2), startsAt: '09:00', endsAt: '18:00', pay, ...overrides };
  }

  jobBody(...lines: Partial<LineBody>[]): JobBody {
    const all = lines.length === 0 ? [{}] : lines;
    return { title: 'Compound wall', placeId: NAGPUR, lines: all.map((line) => this.line(line)) };
  }

  async draft(contractor: TestPerson, ...lines: Partial<LineBody>[]) {
    return this.http.call(describeJob, { as: contractor, body: this.jobBody(...lines) });
  }

  async open(contractor: TestPerson, ...lines: Partial<LineBody>[]) {
    const { jobId, version } = await this.draft(contractor, ...lines);
    return this.http.call(openJob, { as: contractor, params: { jobId }, ifMatch: version });
  }

  /** Opens a job with one line and returns the line's path parameters. */
  async openLine(contractor: TestPerson, line: Partial<LineBody> = {}): Promise<{ jobId: JobId; lineId: LineId }> {
    const job = await this.open(contractor, line);
    return { jobId: job.jobId, lineId: job.lines[0]?.lineId as LineId };
  }

  async invite(contractor: TestPerson, line: { jobId: JobId; lineId: LineId }, worker: TestPerson): Promise<{ inviteId: InviteId }> {
    return this.http.call(sendInvite, { as: contractor, params: line, body: { worker: worker.personId } });
  }

  async accept(worker: TestPerson, invite: { inviteId: InviteId }) {
    return this.http.call(acceptInvite, { as: worker, params: { inviteId: invite.inviteId } });
  }

  /** The worker's assignment of that job. */
  async assignmentOf(worker: TestPerson, jobId: JobId) {
    const { items } = await this.http.call(listAssignments, { as: worker, query: { limit: 100 } });
    const found = items.find((one) => one.jobId === jobId);
    if (!found) throw new Error('no assignment of that job');
    return found;
  }

  /** The slot of the contractor's job that the worker holds. */
  async slotOf(contractor: TestPerson, jobId: JobId, { personId }: TestPerson): Promise<SlotId> {
    const { lines } = await this.http.call(readJob, { as: contractor, params: { jobId } });
    const found = lines.flatMap(({ slots }) => slots).find(({ worker }) => worker === personId);
    if (!found) throw new Error('no slot of that worker');
    return found.slotId;
  }

  search(contractor: TestPerson, overrides: Partial<NonNullable<CallOptions<typeof searchWorkers>['body']>> = {}) {
    const { pay } = this.line();
    const body = { placeId: NAGPUR, trade: 'mason', minimumLevel: 2, days: this.days(2), pay, limit: 100, ...overrides };
    return this.http.call(searchWorkers, { as: contractor, body });
  }
}
