import { addDays } from '@muster/contracts/kernel/civil-time';
import type { jobInput } from '@muster/contracts/matching/views';
import type { z } from 'zod';
import type { DemoMarket } from './market';
import type { Stage } from './stage';

type JobInput = z.input<typeof jobInput>;
type LineInput = JobInput['lines'][number];

/** Plays the scenes around the two named accounts on the stage's day, so that every screen of both shows something. */
export async function playScenes(stage: Stage, { named, contractors }: DemoMarket): Promise<void> {
  const [, balaji, ganga] = contractors;
  await workTomorrow(stage, named);
  await crewHalfThere(stage, named);
  if (balaji) await offer(stage, named, balaji, { name: 'house', ahead: 5, days: 3, rupees: 1000, words: 'Ramesh ji, slab ke baad plaster bhi hoga. Can you come for all three days?' });
  if (ganga) await offer(stage, named, ganga, { name: 'school', ahead: 2, days: 1, rupees: 950, words: 'One day only, the boundary wall behind the school. Food on site.' });
}

/** Makes a job for tomorrow that the named worker accepts, with a conversation about it. */
async function workTomorrow(stage: Stage, { worker, contractor }: DemoMarket['named']): Promise<void> {
  const job = await stage.job(contractor, 'tomorrow', {
    title: 'Boundary wall repair, Nagpur',
    description: 'Park inside the gate. Ask for Deshmukh at the mill. Tools and water are there.',
    placeId: contractor.placeId,
    lines: [line(stage, 'mason', 2, 1, 1, 1000)],
  });
  const [first] = job.lines;
  if (!first) return;
  const { jobId } = job;
  const inviteId = await stage.invite(contractor, { jobId, lineId: first.lineId }, worker.personId);
  if (!inviteId) return;
  await stage.accept(worker, inviteId);
  await stage.staff(contractor, job, [2], [worker.personId]);
  await stage.say(contractor, jobId, worker.personId, 'Namaste Ramesh ji. Please be there ten minutes before nine, I will show you the wall.');
  await stage.say(worker, jobId, worker.personId, 'Namaste. I will come. Shall I bring my own level and trowel?');
  await stage.read(contractor, jobId, worker.personId);
  await stage.read(worker, jobId, worker.personId);
  await stage.say(contractor, jobId, worker.personId, 'Level yes, the rest is on site. Tea at eleven.');
}

/** Makes a job with five of seven places taken, so that a visitor can fill two. */
async function crewHalfThere(stage: Stage, { worker, contractor }: DemoMarket['named']): Promise<void> {
  const job = await stage.job(contractor, 'crew', {
    title: 'Compound wall near Nagpur bypass',
    description: 'Two hundred running feet, six feet high. Lunch on site.',
    placeId: contractor.placeId,
    lines: [line(stage, 'mason', 4, 3, 3, 1050), line(stage, 'mason-helper', 3, 3, 3, 650, 1)],
  });
  await stage.staff(contractor, job, [3, 2], [worker.personId]);
}

interface Offer {
  name: string;
  /** The first day, so many days from today. */
  ahead: number;
  days: number;
  rupees: number;
  words: string;
}

/** Another firm invites the named worker and writes; no answer yet. */
async function offer(stage: Stage, { worker }: DemoMarket['named'], firm: DemoMarket['contractors'][number], { name, ahead, days, rupees, words }: Offer): Promise<void> {
  const job = await stage.job(firm, name, {
    title: name === 'house' ? 'Two-storey house, brickwork, Nagpur' : 'School wall, Nagpur',
    placeId: firm.placeId,
    lines: [line(stage, 'mason', 3, ahead, days, rupees)],
  });
  const [first] = job.lines;
  if (!first) return;
  const { jobId } = job;
  await stage.staff(firm, job, [1], [worker.personId]);
  if (await stage.invite(firm, { jobId, lineId: first.lineId }, worker.personId)) await stage.say(firm, jobId, worker.personId, words);
}

function line({ day }: Stage, trade: string, count: number, ahead: number, days: number, rupees: number, minimumLevel = 2): LineInput {
  return {
    trade, count, minimumLevel,
    days: Array.from({ length: days }, (_, at) => addDays(day, ahead + at)),
    startsAt: '09:00',
    endsAt: '18:00',
    pay: { amount: rupees * 100, currency: 'INR', basis: 'day' },
  };
}
