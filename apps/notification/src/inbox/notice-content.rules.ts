import type { Envelope } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import * as matching from '@muster/contracts/matching/events';
import type { Topic } from '@muster/contracts/notification/views';
import type { z } from 'zod';

type InviteFacts = z.output<typeof matching.inviteSeen.data> & Partial<z.output<typeof matching.inviteSuperseded.data>>;

interface Rule {
  readonly tells: 'worker' | 'contractor';
  readonly topic: Topic;
  readonly key: string;
}

/** Who hears of which turn of an invite, and in which keyed words. Who did it is not told of it. */
const rules: Readonly<Record<string, Rule>> = {
  [matching.inviteSent.type]: { tells: 'worker', topic: 'invite', key: 'invite_sent' },
  [matching.inviteAccepted.type]: { tells: 'contractor', topic: 'invite_answered', key: 'invite_accepted' },
  [matching.inviteDeclined.type]: { tells: 'contractor', topic: 'invite_answered', key: 'invite_declined' },
  [matching.inviteExpired.type]: { tells: 'contractor', topic: 'invite_answered', key: 'invite_expired' },
  [matching.inviteWithdrawn.type]: { tells: 'worker', topic: 'invite', key: 'invite_withdrawn' },
  [matching.inviteSuperseded.type]: { tells: 'worker', topic: 'invite', key: 'line_filled' },
};

/** The worker who said yes elsewhere knows; whoever had asked is told. */
const workerBooked: Rule = { tells: 'contractor', topic: 'invite_answered', key: 'worker_booked' };

export const eventsWithNotice = [
  matching.inviteSent,
  matching.inviteAccepted,
  matching.inviteDeclined,
  matching.inviteExpired,
  matching.inviteWithdrawn,
  matching.inviteSuperseded,
];

export interface InviteNotice {
  readonly person: PersonId;
  readonly topic: Topic;
  readonly key: string;
  readonly subject: Record<string, string>;
}

/** @throws Error for an event that no rule is about */
export function noticeContentOf({ type, data }: Pick<Envelope<InviteFacts>, 'type' | 'data'>): InviteNotice {
  const rule = data.reason === 'worker_booked' ? workerBooked : rules[type];
  if (!rule) throw new Error(`no rule says who hears of ${type}`);
  const { inviteId, jobId, lineId, worker, contractor } = data;
  const [person, other] = rule.tells === 'worker' ? [worker, contractor] : [contractor, worker];
  return { person, topic: rule.topic, key: rule.key, subject: { inviteId, jobId, lineId, person: other } };
}
