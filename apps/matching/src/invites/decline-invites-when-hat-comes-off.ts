import { accountErased, hatsChanged } from '@muster/contracts/auth/events';
import type { EventOf } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Consume, isEvent, type EventConsumer } from '@muster/platform/messaging/consume';
import { Injectable } from '@nestjs/common';
import { Workers } from '../workers/workers';
import { InviteSteps } from './invite-steps';
import { declineWithHat } from './invite.rules';
import { InvitesRepository } from './invites.repository';

/**
 * Declines the invites of a person who took the worker's hat off or was erased, because nobody will answer them.
 * Contractors are told as of every decline. Assignments stay as they are.
 */
@Consume({ name: 'decline-invites-when-hat-comes-off', events: [hatsChanged, accountErased] })
@Injectable()
export class DeclineInvitesWhenHatComesOff implements EventConsumer {
  constructor(
    private readonly workers: Workers,
    private readonly invites: InvitesRepository,
    private readonly steps: InviteSteps,
    private readonly clock: Clock,
  ) {}

  async apply(tx: Tx, event: EventOf<typeof hatsChanged> | EventOf<typeof accountErased>): Promise<void> {
    const worker = event.aggregateId as PersonId;
    await this.workers.lockWorker(tx, worker);
    if (isEvent(event, hatsChanged) && event.data.hats.includes('worker')) return this.workers.recordHatOff(tx, worker, null);
    // Erased people are recognised by their tombstone; nothing else about them is stored.
    await this.workers.recordHatOff(tx, worker, isEvent(event, hatsChanged) ? this.clock.now() : null);
    const waiting = await this.invites.lockWaitingInvitesOf(tx, worker);
    await this.steps.takeSteps(
      tx,
      waiting.flatMap((invite) => {
        const step = declineWithHat(invite.state);
        return step ? [{ invite, step }] : [];
      }),
    );
  }
}
