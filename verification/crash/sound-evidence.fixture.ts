import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import type { Evidence } from './evidence';
import type { Attempt } from './history';
import type { DomainRows, OutboxRow, PlatformRows } from './stores';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
export const ids = { worker: id('01'), contractor: id('02'), job: id('0a'), line: id('0b'), invite: id('0c'), assignment: id('0d'), message: id('0e') };
const { worker, contractor, job, line, invite, assignment, message } = ids;
export const conversation = conversationOf(job as JobId, worker as PersonId) as string;

/** Evidence in which every change of a part is the test's own. */
export type Loose<T> = T extends readonly (infer Item)[] ? Loose<Item>[] : T extends object ? { -readonly [Key in keyof T]: Loose<T[Key]> } : T;

/** Parts of rows that a rule reads; the rest of a row is nobody's business here. */
const rows = <Row>(...some: unknown[]) => some as Row[];

const inviteFacts = { jobId: job, lineId: line, inviteId: invite, worker, contractor };
const profile = {
  cell: { latitude: 21.1, longitude: 79 }, zone: 'Asia/Kolkata', travelRadiusKm: 25, skills: [{ trade: 'mason', level: 3, years: 8 }],
  dayRate: { amount: 90_000, currency: 'INR' }, floorRate: { amount: 90_000, currency: 'INR' }, languages: ['hi'], joinedAt: '2026-11-22T09:00:00.000Z',
};
const calendar = { zone: 'Asia/Kolkata', weekly: [1], exceptions: [], freeUntil: null, updatedAt: '2026-11-22T09:00:00.000Z' };

type Told = readonly [type: string, aggregateId: string, version: number, data: Record<string, unknown>];

function producer(own: readonly Told[], read: Partial<PlatformRows> = {}): PlatformRows {
  const outbox = own.map(([type, aggregate_id, aggregate_version, data], at): OutboxRow => ({
    position: at, id: `${type}-${aggregate_id}-${aggregate_version}`, type: `${type}.v1`, aggregate_type: type.split('.')[1] ?? '', aggregate_id, aggregate_version, data,
    sequence: at + 1, published_at: 'now',
  }));
  const versions = new Map(outbox.map((row) => [`${row.aggregate_type} ${row.aggregate_id}`, row]));
  const aggregate_versions = [...versions.values()].map((row) => ({ aggregate_type: row.aggregate_type, aggregate_id: row.aggregate_id, version: row.aggregate_version }));
  return { outbox, event_numbering: [{ epoch: 'e', head: outbox.length }], aggregate_versions, consumers: [], received: [], inbox: [], inbox_lanes: [], ...read };
}

export function attempt(op: string, who: string, about: Record<string, unknown>, answer?: Record<string, unknown>): Loose<Attempt> {
  return { op, key: `${op}-key`, who, start: 1, end: 2, outcome: 'ok', status: 200, code: undefined, about, answer };
}

/** One worker, one contractor, one place, an accepted invite and a message: everything as it should be. */
export function soundEvidence(): Loose<Evidence> {
  const matching = producer([
    ['matching.job.changed', job, 1, { state: 'draft', filled: 0, places: 1 }],
    ['matching.job.changed', job, 2, { state: 'staffed', filled: 1, places: 1 }],
    ['matching.invite.sent', invite, 1, inviteFacts],
    ['matching.invite.accepted', invite, 2, inviteFacts],
    ['matching.assignment.made', assignment, 1, { ...inviteFacts, assignmentId: assignment, days: ['2026-12-01'] }],
  ]);
  const told = (type: string) => matching.outbox.find((row) => row.type === `matching.invite.${type}.v1`)?.id ?? '';
  const sent = `communication.conversation.message_sent-${conversation}-2`;
  const notices: Loose<DomainRows['notices']> = [
    { notice_id: 'n1', person_id: worker, event_id: told('sent'), topic: 'invite', key: 'invite_sent', subject: { inviteId: invite }, seen_at: null },
    { notice_id: 'n2', person_id: contractor, event_id: told('accepted'), topic: 'invite_answered', key: 'invite_accepted', subject: { inviteId: invite }, seen_at: null },
    { notice_id: 'n3', person_id: contractor, event_id: sent, topic: 'message', key: 'message_sent', subject: {}, seen_at: null },
  ];
  const inbox = [told('sent'), told('accepted')].map((event_id, at) => ({ consumer: 'post', event_id, producer: 'matching', sequence: at + 3, done_at: 'now' }));
  return {
    history: [
      attempt('acceptInvite', worker, { inviteId: invite }),
      { ...attempt('sendMessage', worker, { conversationId: conversation, text: 'hello' }, { sequence: 1 }), key: message },
      { ...attempt('sendMessage', worker, { conversationId: conversation, text: 'hello' }, { sequence: 1 }), key: message },
    ],
    stores: {
      platform: {
        auth: producer([['auth.account.activated', worker, 1, { adult: true, hats: ['worker'] }]]),
        user: producer([['user.worker_profile.changed', worker, 1, profile], ['user.availability.changed', worker, 1, calendar]]),
        matching,
        communication: producer([
          ['communication.conversation.opened', conversation, 1, {}],
          ['communication.conversation.message_sent', conversation, 2, { conversationId: conversation, sequence: 1, sender: worker, members: [worker, contractor] }],
        ]),
        notification: producer(notices.map((one): Told => ['notification.notice.posted', one.notice_id, 1, { topic: one.topic }]), {
          consumers: [{ name: 'post', types: ['matching.invite.sent.v1', 'matching.invite.accepted.v1'] }],
          received: [{ producer: 'matching', generation: 1, epoch: 'e', contiguous: 5, ahead: '{}' }],
          inbox,
        }),
      },
      domain: {
        accounts: [{ person_id: worker, state: 'active', hats: ['worker'] }],
        sessions: [{ session_id: 's', ended_because: null }],
        people: [{ person_id: worker, display_name: 'Ramesh' }],
        worker_profiles: [{ person_id: worker, day_rate: 90_000, travel_radius_km: 25, version: 1 }],
        contractor_profiles: [],
        availability: [{ person_id: worker, weekly: [1], free_until: null, version: 1 }],
        availability_exceptions: [],
        booked_days: [{ person_id: worker, assignment_id: assignment, date: '2026-12-01' }],
        jobs: [{ job_id: job, contractor, state: 'staffed', title: 'Wall', places: 1, filled: 1, version: 2 }],
        lines: [{ line_id: line, job_id: job, count: 1, filled: 1, starts_at: '06:00' }],
        slots: [{ slot_id: 'slot', line_id: line, state: 'filled', assignment_id: assignment, worker }],
        invites: [{ invite_id: invite, job_id: job, line_id: line, worker, contractor, state: 'accepted', version: 2 }],
        assignments: [{ assignment_id: assignment, job_id: job, line_id: line, invite_id: invite, worker, contractor }],
        assignment_days: [{ assignment_id: assignment, worker, day: '2026-12-01', during: 'morning' }],
        steps: [
          { position: 1, subject: 'invite', subject_id: invite, from_state: null, to_state: 'sent' },
          { position: 2, subject: 'invite', subject_id: invite, from_state: 'sent', to_state: 'accepted' },
        ],
        worker_sources: rows(
          { person_id: worker, source: 'account', version: 1, facts: { adult: true } },
          { person_id: worker, source: 'hats', version: 1, facts: { hats: ['worker'] } },
          { person_id: worker, source: 'profile', version: 1, facts: { ...profile, displayName: 'Ramesh', photoId: null } },
          { person_id: worker, source: 'availability', version: 1, facts: calendar },
        ),
        worker_documents: [
          {
            person_id: worker, display_name: 'Ramesh', photo_id: null, cell_latitude: 21.1, cell_longitude: 79, zone: 'Asia/Kolkata', travel_radius_km: 25, skills: profile.skills,
            currency: 'INR', day_rate: 90_000, floor_rate: 90_000, languages: ['hi'], weekly: [1], exceptions: [], free_until: null,
            availability_updated_at: '2026-11-22T09:00:00+00:00', joined_at: '2026-11-22T09:00:00+00:00', changed_at: 'whenever',
          },
        ],
        worker_changes: [{ position: 1, person_id: worker, number: 1 }],
        conversations: [{ conversation_id: conversation, job_id: job, last_sequence: 1 }],
        members: [{ conversation_id: conversation, person_id: worker, read_up_to: 1 }, { conversation_id: conversation, person_id: contractor, read_up_to: 0 }],
        messages: [{ conversation_id: conversation, sequence: 1, sender: worker, client_id: message, text: 'hello' }],
        notices,
      },
    },
  };
}
