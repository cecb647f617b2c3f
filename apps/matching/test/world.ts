import { commonRoutes, routes } from '@muster/contracts/catalogue';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { CivilDate } from '@muster/contracts/kernel/time';
import type { CancellationWorld } from '@muster/contracts/matching/cancellations.routes';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { withdrawInvite } from '@muster/contracts/matching/invites.routes';
import type { ContractWorld } from '@muster/platform/testing/generated/contract-world';
import { contractOf } from '@muster/platform/testing/generated/describe-contract';
import type { TestPerson } from '@muster/platform/testing/http';
import { sql } from 'kysely';
import { MatchingTest } from './start-matching';

/** The number of days that the world uses in turn; a job may lie up to 90 days ahead. */
const DAYS_DEALT = 80;

type HeldPlace = Awaited<ReturnType<CancellationWorld['heldPlace']>>;

/**
 * The world of matching's examples: `contractor` and `worker` are the same two people throughout, and every invite to
 * the worker is for a day of its own, so that any example can be run any number of times.
 */
export class MatchingTestWorld implements CancellationWorld {
  readonly aggregate = 'job';
  private dealt = 0;
  private pending: InviteId | undefined;
  private held: HeldPlace | undefined;

  private constructor(
    private readonly test: MatchingTest,
    readonly people: { readonly contractor: TestPerson; readonly worker: TestPerson },
  ) {}

  static async make(test: MatchingTest): Promise<MatchingTestWorld> {
    return new MatchingTestWorld(test, { contractor: test.contractor(), worker: await test.worker() });
  }

  async draftJob(): Promise<{ jobId: JobId; version: number }> {
    const { jobId, version } = await this.test.draft(this.people.contractor);
    return { jobId, version };
  }

  openJob(): Promise<{ jobId: JobId; lineId: LineId }> {
    return this.test.openLine(this.people.contractor);
  }

  async worker(): Promise<PersonId> {
    return (await this.test.worker()).personId;
  }

  async pendingInvite(): Promise<{ inviteId: InviteId }> {
    const { contractor, worker } = this.people;
    // Only one invite may wait at a time, and after a decline the contractor has to wait for a day.
    if (this.pending) await this.test.http.send(withdrawInvite, { as: contractor, params: { inviteId: this.pending } });
    await sql`update invites set ended_at = ended_at - interval '1 day' where state = 'declined' and contractor = ${contractor.personId}`
      .execute(this.test.matching.db.query());
    const line = await this.test.openLine(contractor, { days: [this.nextDay()] });
    const { inviteId } = await this.test.invite(contractor, line, worker);
    this.pending = inviteId;
    return { inviteId };
  }

  async heldPlace(): Promise<HeldPlace> {
    const { contractor, worker } = this.people;
    // A place that nobody gave back serves again: there are fewer days than examples.
    if (this.held && (await this.isHeld(this.held.assignmentId))) return this.held;
    const { inviteId } = await this.pendingInvite();
    const { jobId } = await this.test.accept(worker, { inviteId });
    this.pending = undefined;
    const { assignmentId } = await this.test.assignmentOf(worker, jobId);
    this.held = { assignmentId, jobId, slotId: await this.test.slotOf(contractor, jobId, worker), worker: worker.personId };
    return this.held;
  }

  private async isHeld(assignmentId: AssignmentId): Promise<boolean> {
    const { rows } = await sql<{ held: boolean }>`
      select state = 'accepted' as held from assignments where assignment_id = ${assignmentId}`.execute(this.test.matching.db.query());
    return rows[0]?.held ?? false;
  }

  days(count: number): CivilDate[] {
    return this.test.days(count);
  }

  private nextDay(): CivilDate {
    this.dealt = (this.dealt % DAYS_DEALT) + 1;
    return this.test.day(5 + this.dealt);
  }
}

export const matchingContract = () =>
  contractOf('matching', [...routes.matching, ...commonRoutes], async (): Promise<ContractWorld> => {
    const test = await MatchingTest.start();
    const world = await MatchingTestWorld.make(test);
    const another = async () => test.accept(world.people.worker, await world.pendingInvite());
    return { service: test.matching, world, people: world.people, another, close: () => test.close() };
  });
