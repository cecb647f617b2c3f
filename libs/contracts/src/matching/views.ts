import { z } from 'zod';
import { personId } from '../kernel/ids';
import { bigint, int } from '../kernel/integer';
import { money, payBasis } from '../kernel/money';
import { cursor } from '../kernel/page';
import { distanceBand, placeId, skillLevel, tradeId } from '../kernel/place';
import { line as lineOfText, text } from '../kernel/text';
import { civilDate, instant, localTime, zone } from '../kernel/time';
import { language } from '../user/views';
import { assignmentId, inviteId, jobId, lineId, slotId } from './ids';

export const jobState = z.enum([
  'draft', 'open', 'staffing', 'staffed', 'in_progress', 'completed', 'closed', 'cancelled', 'expired',
]);
export type JobState = z.infer<typeof jobState>;

export const slotState = z.enum(['open', 'filled', 'reopened']);
export type SlotState = z.infer<typeof slotState>;

export const inviteState = z.enum([
  'planned', 'sent', 'seen', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded',
]);
export type InviteState = z.infer<typeof inviteState>;

/** The hard filters that a worker's card shows the facts of. */
export const matchFilter = z.enum(['trade', 'level', 'days', 'distance', 'language']);
export type MatchFilter = z.infer<typeof matchFilter>;

export const pay = z.strictObject({ ...money.shape, basis: payBasis });
export type Pay = z.infer<typeof pay>;

/**
 * The largest distance from the site in kilometres; null for as far as each worker travels. Only edges of the distance
 * bands are allowed: with arbitrary radii, repeated searches would reveal any distance precisely, also within the last
 * band.
 */
export const searchRadius = z.literal([2, 5, 10, 25, 50]).nullable();

export const lineInput = z.strictObject({
  trade: tradeId,
  minimumLevel: skillLevel,
  count: int({ min: 1, max: 60 }),
  days: z.array(civilDate).min(1).max(60),
  startsAt: localTime,
  /** At or before `startsAt` means on the next day. */
  endsAt: localTime,
  pay,
  /** Required of everybody on the line; null: any. */
  language: language.nullable().default(null),
});

export const jobInput = z.strictObject({
  title: lineOfText(120).meta({ dataClass: 'personal' }),
  description: text(4000).nullable().default(null),
  placeId,
  /** The largest distance of workers; their own travel radius limits it further. */
  radiusKm: searchRadius.default(50),
  lines: z.array(lineInput).min(1).max(12),
});

/** Why a worker cannot come. */
export const workerReason = z.enum(['ill', 'family', 'other_work', 'too_far', 'other']);
export type WorkerReason = z.output<typeof workerReason>;
/** Why a contractor calls a job off, or takes somebody out of its crew. */
export const contractorReason = z.enum(['plans_changed', 'weather', 'no_material', 'mistake', 'other']);
export type ContractorReason = z.output<typeof contractorReason>;

export const slot = z.object({
  slotId,
  state: slotState,
  worker: personId.nullable(),
});

export const jobLine = z.object({
  lineId,
  trade: tradeId,
  minimumLevel: skillLevel,
  count: int(),
  filled: int(),
  days: z.array(civilDate),
  startsAt: localTime,
  endsAt: localTime,
  pay,
  language: language.nullable(),
  slots: z.array(slot),
  /** Invites of the line that have no final state yet. */
  invites: z.array(z.object({ inviteId, worker: personId, state: inviteState, expiresAt: instant })),
});

const jobHead = {
  jobId,
  state: jobState,
  title: z.string(),
  placeId,
  placeName: z.string(),
  /** In Devanagari; null where the gazetteer knows only the Latin name. */
  placeNameHi: z.string().nullable(),
  zone,
  firstDay: civilDate,
  lastDay: civilDate,
  places: int(),
  filled: int(),
  version: bigint(),
  createdAt: instant,
};
export const jobSummary = z.object(jobHead);
export const job = z.object({
  ...jobHead,
  description: z.string().nullable(),
  /** Null: as far as each worker travels. */
  radiusKm: int().nullable(),
  lines: z.array(jobLine),
});

export const reason = z.object({
  /** Keyed words, in the reader's language on the screen: `near_band`, `skill_exact`, `shows_up` … */
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** One factor of the score; the parts add up to the total exactly. */
export const scorePart = z.object({
  factor: z.string(),
  /** 10⁻⁶ of the natural logarithm; never above zero. */
  micro: int(),
});

export const rankedWorker = z.object({
  personId,
  displayName: z.string(),
  photoId: z.string().nullable(),
  trade: tradeId,
  level: skillLevel,
  /** The worker has a sibling of the trade, not the trade itself. */
  sibling: z.boolean(),
  years: int(),
  distanceBand,
  /** The worker's asking rate for a day. */
  dayRate: money,
  total: int(),
  parts: z.array(scorePart),
  reasons: z.array(reason),
});

export const search = z.strictObject({
  placeId,
  radiusKm: searchRadius.default(50),
  trade: tradeId,
  minimumLevel: skillLevel,
  days: z.array(civilDate).min(1).max(60),
  pay,
  language: language.nullable().default(null),
  limit: int({ min: 1, max: 100 }).default(20),
  /** The cursor of an earlier answer to the same query, which continues the ranking as of the day of its first page. */
  cursor: cursor.optional(),
});

export const ranking = z.object({
  items: z.array(rankedWorker),
  /** The number of workers who passed the hard filters, including the shown ones. */
  matches: int(),
  /** For what comes behind the shown ones; null behind the last. */
  nextCursor: cursor.nullable(),
});

/** May exceed what one rate may be. */
const totalPay = money.extend({ amount: bigint({ min: 0 }) });

/**
 * Why an invite that still waits cannot be accepted: the worker is booked on one of its days, work has begun on each of
 * them, all places are taken, or its time is up or the job takes nobody any more.
 */
export const inviteBlock = z.enum(['booked', 'begun', 'full', 'over']);
export type InviteBlock = z.infer<typeof inviteBlock>;

/** An invite as its worker reads it: everything needed to say yes or no. */
export const invite = z.object({
  inviteId,
  jobId,
  lineId,
  state: inviteState,
  contractor: personId,
  title: z.string(),
  /** The contractor's notes for the workers, such as where to ask and what to bring. */
  description: z.string().nullable(),
  trade: tradeId,
  minimumLevel: skillLevel,
  placeName: z.string(),
  /** In Devanagari; null where the gazetteer knows only the Latin name. */
  placeNameHi: z.string().nullable(),
  zone,
  distanceBand,
  /** The days that an acceptance would promise: those that had not begun when the invite was read, or answered. */
  days: z.array(civilDate),
  startsAt: localTime,
  endsAt: localTime,
  pay,
  /** Pay of all the `days` together, by the one normalising rule. */
  total: totalPay,
  /** People already on the line. */
  filled: int(),
  count: int(),
  sentAt: instant,
  expiresAt: instant,
  /** Why it cannot be accepted as things stand; null where it can be, or has its answer. */
  blockedBy: inviteBlock.nullable(),
  /** It was accepted, and since then either side has cancelled the work. */
  calledOff: z.boolean(),
  /** The conversation of the two, which communication makes when the invite is sent. */
  conversationId: z.string(),
  version: bigint(),
});

export const assignment = z.object({
  assignmentId,
  jobId,
  lineId,
  inviteId,
  state: z.enum([
    'accepted', 'confirmed', 'checked_in', 'checked_out', 'completed', 'cancelled_early', 'cancelled_late', 'no_show', 'replaced',
  ]),
  contractor: personId,
  title: z.string(),
  /** The same text as on the invite. */
  description: z.string().nullable(),
  trade: tradeId,
  placeName: z.string(),
  /** In Devanagari; null where the gazetteer knows only the Latin name. */
  placeNameHi: z.string().nullable(),
  zone,
  days: z.array(civilDate),
  startsAt: localTime,
  endsAt: localTime,
  pay,
  /** Pay of all the days together. */
  total: totalPay,
  conversationId: z.string(),
});
