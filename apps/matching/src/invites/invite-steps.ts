import type { PersonId } from '@muster/contracts/kernel/ids';
import * as events from '@muster/contracts/matching/events';
import type { InviteState } from '@muster/contracts/matching/views';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { inviteIdsOf, type InviteIds } from '../assignments/invite-ids';
import { StepLog } from '../states/step-log';
import type { Step } from '../states/step.rules';
import { Workers } from '../workers/workers';
import { isPending } from './invite.rules';
import { InvitesRepository, type InviteRow } from './invites.repository';

const facts = {
  seen: events.inviteSeen,
  accepted: events.inviteAccepted,
  declined: events.inviteDeclined,
  expired: events.inviteExpired,
  withdrawn: events.inviteWithdrawn,
  superseded: events.inviteSuperseded,
} satisfies Partial<Record<InviteState, unknown>>;

/** The reasons of the steps that supersede an invite are the words of its event. */
type SupersededReason = z.output<typeof events.inviteSuperseded.data>['reason'];

const byHand = { from: null, to: 'sent' satisfies InviteState, actor: 'contractor', reason: 'by_hand' } as const;

/**
 * Changes the state of invites; nothing else does. Writes the row, the recorded step, one event for both sides, and the
 * worker's number of pending invites.
 */
@Injectable()
export class InviteSteps {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly steps: StepLog,
    private readonly workers: Workers,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Takes the first step of a new invite. @returns the version of the new invite */
  async takeFirstStep(tx: Tx, invite: InviteIds, expiresAt: Date): Promise<number> {
    const version = await this.outbox.appendEvent(tx, events.inviteSent, {
      aggregateId: invite.inviteId,
      data: { ...invite, expiresAt: expiresAt.toISOString() },
      recipients: [invite.worker, invite.contractor],
    });
    await this.steps.recordSteps(tx, [{ subject: 'invite', subjectId: invite.inviteId, step: byHand }]);
    await this.workers.recordChanges(tx, [invite.worker]);
    return version;
  }

  /** @param invite locked by this transaction */
  async takeStep(tx: Tx, invite: InviteRow, step: Step<InviteState>): Promise<void> {
    await this.takeSteps(tx, [{ invite, step }]);
  }

  /** Takes all steps at once: one statement for the rows, one for their events and one for the recorded steps. */
  async takeSteps(tx: Tx, taken: ReadonlyArray<{ invite: InviteRow; step: Step<InviteState> }>): Promise<void> {
    if (taken.length === 0) return;
    const versions = await this.outbox.appendEvents(tx, taken.map(eventOf));
    const now = this.clock.now();
    const changed = taken.map(({ invite, step }, index) => ({
      invite_id: invite.invite_id,
      state: step.to,
      version: versions[index] as number,
      ended_at: isPending(step.to) ? null : now,
    }));
    await this.invites.saveInvites(tx, changed);
    await this.steps.recordSteps(tx, taken.map(({ invite, step }) => ({ subject: 'invite', subjectId: invite.invite_id, step })));
    const answered = taken.filter(({ step }) => !isPending(step.to));
    await this.workers.recordChanges(tx, [...new Set(answered.map(({ invite }) => invite.worker as PersonId))]);
  }
}

function eventOf({ invite, step }: { invite: InviteRow; step: Step<InviteState> }) {
  const event = facts[step.to as keyof typeof facts];
  const ids = inviteIdsOf(invite);
  return {
    event,
    fact: {
      aggregateId: invite.invite_id,
      data: event === events.inviteSuperseded ? { ...ids, reason: step.reason as SupersededReason } : ids,
      recipients: [invite.worker as PersonId, invite.contractor as PersonId],
    },
  };
}

/** The event that is published when the invite reaches the state; undefined if there is none. */
export function factOfState(state: InviteState): (typeof facts)[keyof typeof facts] | undefined {
  return state in facts ? facts[state as keyof typeof facts] : undefined;
}
