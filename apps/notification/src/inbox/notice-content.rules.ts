import type { Envelope } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import * as matching from '@muster/contracts/matching/events';
import type { Topic } from '@muster/contracts/notification/views';
import type { z } from 'zod';

/** What the events of invites and of assignments have in common, and what some of them say beside it. */
type Facts = z.output<typeof matching.inviteSeen.data> & {
  readonly reason?: z.output<typeof matching.inviteSuperseded.data>['reason'];
  readonly why?: z.output<typeof matching.assignmentCancelled.data>['why'];
};

interface Rule {
  readonly tells: 'worker' | 'contractor';
  readonly topic: Topic;
  readonly key: string;
}

/** The recipient, topic and message key for each change of an invite. The actor is never notified about their own action. */
const rules: Readonly<Record<string, Rule>> = {
  [matching.inviteSent.type]: { tells: 'worker', topic: 'invite', key: 'invite_sent' },
  [matching.inviteAccepted.type]: { tells: 'contractor', topic: 'invite_answered', key: 'invite_accepted' },
  [matching.inviteDeclined.type]: { tells: 'contractor', topic: 'invite_answered', key: 'invite_declined' },
  [matching.inviteExpired.type]: { tells: 'contractor', topic: 'invite_answered', key: 'invite_expired' },
  [matching.inviteWithdrawn.type]: { tells: 'worker', topic: 'invite', key: 'invite_withdrawn' },
  [matching.inviteSuperseded.type]: { tells: 'worker', topic: 'invite', key: 'line_filled' },
};

/** If the worker accepted elsewhere, the contractor is notified; the worker is the actor. */
const workerBooked: Rule = { tells: 'contractor', topic: 'invite_answered', key: 'worker_booked' };

/** Whoever did not end the assignment hears of it. */
const ofCancelled: Readonly<Record<NonNullable<Facts['why']>, Rule>> = {
  cannot_come: { tells: 'contractor', topic: 'job', key: 'worker_cannot_come' },
  taken_out: { tells: 'worker', topic: 'job', key: 'taken_out_of_crew' },
  job_cancelled: { tells: 'worker', topic: 'job', key: 'job_cancelled' },
};

export const eventsWithNotice = [
  matching.inviteSent,
  matching.inviteAccepted,
  matching.inviteDeclined,
  matching.inviteExpired,
  matching.inviteWithdrawn,
  matching.inviteSuperseded,
  matching.assignmentCancelled,
];

export interface InviteNotice {
  readonly person: PersonId;
  readonly topic: Topic;
  readonly key: string;
  readonly subject: Record<string, string>;
}

/** @throws Error for an event without a rule */
export function noticeContentOf({ type, data }: Pick<Envelope<Facts>, 'type' | 'data'>): InviteNotice {
  const rule = data.why ? ofCancelled[data.why] : data.reason === 'worker_booked' ? workerBooked : rules[type];
  if (!rule) throw new Error(`no rule says who hears of ${type}`);
  const { inviteId, jobId, lineId, worker, contractor } = data;
  const [person, other] = rule.tells === 'worker' ? [worker, contractor] : [contractor, worker];
  return { person, topic: rule.topic, key: rule.key, subject: { inviteId, jobId, lineId, person: other } };
}
