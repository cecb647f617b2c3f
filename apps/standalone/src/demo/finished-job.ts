import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { ConversationId } from '@muster/contracts/communication/ids';
import { addDays, instantOf } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { Database } from '@muster/platform/database/database';
import type { Service } from '@muster/platform/service/service';
import { place } from '@muster/reference/places';
import { addRows } from './bulk.repository';
import type { DemoContractor, DemoWorker } from './market';
import { Seeded } from './seeded';

type Application = Pick<Service, 'app'>;

const daysAgo = 12;
const workDays = 3;
const hours = { startsAt: '09:00', endsAt: '18:00', zone: 'Asia/Kolkata' };

interface Finished {
  readonly jobId: JobId;
  readonly lineId: LineId;
  readonly contractor: DemoContractor;
  readonly crew: readonly { worker: PersonId; inviteId: InviteId; assignmentId: AssignmentId; slotId: string }[];
  readonly days: readonly string[];
}

/**
 * Makes a job that was done twelve days ago. No route can make one, because a job may not lie in the past, so the rows
 * are written as the product would have left them.
 */
export function finishedJob(contractor: DemoContractor, crew: readonly DemoWorker[], today: string): Finished {
  const seeded = new Seeded(20_261_110);
  const id = <Id extends string>(): Id => seeded.id() as string as Id;
  return {
    jobId: id<JobId>(),
    lineId: id<LineId>(),
    contractor,
    crew: crew.map(({ personId }) => ({ worker: personId, inviteId: id<InviteId>(), assignmentId: id<AssignmentId>(), slotId: id<string>() })),
    days: Array.from({ length: workDays }, (_, at) => addDays(today, at - daysAgo)),
  };
}

export async function addToMatching({ app }: Application, { jobId, lineId, contractor, crew, days }: Finished): Promise<void> {
  const site = place(contractor.placeId);
  const [first, last] = [days[0], days.at(-1)];
  if (!site || !first || !last) return;
  const at = (date: string, time: string): Date => new Date(instantOf(date, time, hours.zone));
  const asked = at(addDays(first, -2), '11:00');
  await app.get(Database, { strict: false }).transaction(async (tx) => {
    await addRows(tx, 'jobs', [{
      job_id: jobId, contractor: contractor.personId, state: 'completed', title: `Water tank plinth, ${site.name}`, description: null,
      place_id: site.id, zone: site.zone, site_latitude: site.point.latitude, site_longitude: site.point.longitude, radius_km: 50,
      currency: 'INR', first_day: first, last_day: last, places: crew.length, filled: crew.length, version: 1, created_at: asked,
    }]);
    await addRows(tx, 'lines', [{
      line_id: lineId, job_id: jobId, place_in_job: 0, trade: 'mason', minimum_level: 2, count: crew.length, filled: crew.length, days,
      starts_at: hours.startsAt, ends_at: hours.endsAt, pay_amount: 95_000, pay_basis: 'day', language: null,
    }]);
    await addRows(tx, 'invites', crew.map(({ worker, inviteId }) => ({
      invite_id: inviteId, job_id: jobId, line_id: lineId, worker, contractor: contractor.personId, state: 'accepted', distance_band: '2-5',
      sent_at: asked, expires_at: at(addDays(first, -1), '11:00'), ended_at: at(addDays(first, -2), '11:20'), version: 1,
    })));
    await addRows(tx, 'assignments', crew.map(({ worker, inviteId, assignmentId }) => ({
      assignment_id: assignmentId, job_id: jobId, line_id: lineId, invite_id: inviteId, worker, contractor: contractor.personId,
      state: 'completed', first_day: first, last_day: last, version: 1, made_at: at(addDays(first, -2), '11:20'),
    })));
    await addRows(tx, 'assignment_days', crew.flatMap(({ worker, assignmentId }) => days.map((day) => ({
      assignment_id: assignmentId, worker, day, during: `[${at(day, hours.startsAt).toISOString()},${at(day, hours.endsAt).toISOString()})`,
    }))));
    await addRows(tx, 'slots', crew.map(({ worker, assignmentId, slotId }, place_in_line) => ({
      slot_id: slotId, line_id: lineId, place_in_line, state: 'filled', assignment_id: assignmentId, worker,
    })));
  });
}

/** Adds the messages that the contractor and one of the crew wrote to each other then. */
export async function addToCommunication({ app }: Application, { jobId, contractor, crew, days }: Finished): Promise<void> {
  const [first] = crew;
  const [day, last] = [days[0], days.at(-1)];
  if (!first || !day || !last) return;
  const conversationId: ConversationId = conversationOf(jobId, first.worker);
  const seeded = new Seeded(20_261_111);
  const talk = [
    { sender: contractor.personId, text: 'We begin at nine. The tank stands behind the temple.', sent_at: new Date(instantOf(addDays(day, -1), '18:30', hours.zone)) },
    { sender: first.worker, text: 'Thik hai, I will be there.', sent_at: new Date(instantOf(addDays(day, -1), '18:42', hours.zone)) },
    { sender: contractor.personId, text: 'Clean work, thank you. The payment is done.', sent_at: new Date(instantOf(last, '18:20', hours.zone)) },
  ];
  const ended = talk.at(-1)?.sent_at;
  await app.get(Database, { strict: false }).transaction(async (tx) => {
    await addRows(tx, 'conversations', [{
      conversation_id: conversationId, kind: 'job', state: 'open', job_id: jobId, last_sequence: talk.length, created_at: talk[0]?.sent_at, updated_at: ended,
    }]);
    await addRows(tx, 'members', [contractor.personId, first.worker].map((person_id) => ({
      conversation_id: conversationId, person_id, read_up_to: talk.length, updated_at: ended,
    })));
    await addRows(tx, 'messages', talk.map((message, at) => ({ conversation_id: conversationId, sequence: at + 1, client_id: seeded.id(), ...message })));
  });
}
