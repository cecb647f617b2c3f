import { inviteSent } from '@muster/contracts/matching/events';
import type { Tx } from '@muster/platform/database/database';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from '@muster/platform/messaging/snapshot-of';
import { Injectable } from '@nestjs/common';
import { inviteIdsOf } from '../assignments/invite-ids';
import { factOfState } from './invite-steps';
import { InvitesRepository } from './invites.repository';

@SnapshotOf('invite')
@Injectable()
export class InviteSnapshot implements SnapshotSource {
  constructor(private readonly invites: InvitesRepository) {}

  /** Gives two facts per invite: `sent`, and its current state if that has an event. */
  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<readonly AggregateState[]> {
    const rows = await this.invites.snapshotPage(tx, after, limit);
    return rows.map((invite) => {
      const ids = inviteIdsOf(invite);
      const now = factOfState(invite.state);
      const sent = fact(inviteSent, { ...ids, expiresAt: invite.expires_at.toISOString() });
      return { aggregateId: invite.invite_id, facts: now ? [sent, fact(now, ids)] : [sent] };
    });
  }
}
