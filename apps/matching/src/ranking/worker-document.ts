import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Point, SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import type { CivilDate, Instant, Weekday } from '@muster/contracts/kernel/time';
import type { language } from '@muster/contracts/user/views';
import type { z } from 'zod';

export type Language = z.infer<typeof language>;

export interface WorkerSkill {
  readonly trade: TradeId;
  readonly level: SkillLevel;
  /** Full years in the trade, 0–60. */
  readonly years: number;
}

/** Booked civil days, both ends included. */
export interface Booking {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

export interface WorkerAvailability {
  /** Days of the week that are free unless an exception says otherwise. */
  readonly weekly: readonly Weekday[];
  readonly exceptions: ReadonlyArray<{ readonly date: CivilDate; readonly free: boolean }>;
  /** The end of "free today". Until then the current day at the site is free whatever the calendar says, unless booked. */
  readonly freeUntil: Instant | null;
  /** The days taken by assignments, which matching owns. */
  readonly bookings: readonly Booking[];
}

/** Counted facts. The first four fade with time and are faded up to `asOf`; the index lets them fade further. */
interface WorkerStats {
  readonly asOf: CivilDate;
  /** Sum of stars (1–5) and number of reviews, half-life 180 days. */
  readonly reviewStars: number;
  readonly reviews: number;
  /** Invites answered within their time limit, and all that ran to their end; half-life 45 days. */
  readonly answeredInTime: number;
  readonly invites: number;
  /** Days on which the worker was to come, came, or cancelled late; cancellations by the other side never count. */
  readonly commitments: number;
  readonly shows: number;
  readonly lateCancels: number;
}

/**
 * Everything that search knows of a worker. It has no name and no home point: `cell` is the centre of a cell, shifted
 * by the person's own jitter.
 */
export interface WorkerDocument {
  readonly personId: PersonId;
  readonly active: boolean;
  /** Declared to be 18 or older. */
  readonly adult: boolean;
  readonly cell: Point;
  /** Whole kilometres, 1–511. */
  readonly travelRadiusKm: number;
  /** At most one per trade, at most 15. */
  readonly skills: readonly WorkerSkill[];
  /** Minor units a day. The floor is shown to nobody and is used as a hard filter only. */
  readonly floorPay: number;
  readonly askPay: number;
  readonly languages: readonly Language[];
  readonly availability: WorkerAvailability;
  /** The longest job that the worker likes; null if none was named. */
  readonly preferredDays: number | null;
  readonly pendingInvites: number;
  readonly calendarUpdatedAt: Instant | null;
  readonly stats: WorkerStats;
  /** The number of verification steps that hold. */
  readonly verifications: number;
  /** Everybody this worker blocked or was blocked by. */
  readonly blocks: readonly PersonId[];
  readonly joinedAt: Instant;
}
