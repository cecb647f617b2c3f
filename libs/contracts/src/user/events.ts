import { z } from 'zod';
import { defineEvent } from '../kernel/event';
import { int } from '../kernel/integer';
import { money } from '../kernel/money';
import { point, skillLevel, tradeId } from '../kernel/place';
import { civilDate, instant, weekday, zone } from '../kernel/time';
import { language } from './views';

/**
 * A worker's profile as it now stands; the aggregate is the person. The cell is the centre of a square of about one
 * kilometre moved by a fixed jitter of that person: the home point itself never leaves user.
 */
export const workerProfileChanged = defineEvent('user.worker_profile.changed.v1', {
  data: z.object({
    cell: point,
    zone,
    travelRadiusKm: int({ min: 0, max: 300 }),
    skills: z.array(z.object({ trade: tradeId, level: skillLevel, years: int({ min: 0, max: 60 }) })),
    dayRate: money,
    floorRate: money,
    languages: z.array(language),
    joinedAt: instant,
  }),
  personal: ['cell', 'dayRate', 'floorRate', 'skills', 'languages'],
  example: {
    cell: { latitude: 21.15, longitude: 79.09 },
    zone: 'Asia/Kolkata',
    travelRadiusKm: 25,
    skills: [{ trade: 'mason', level: 3, years: 8 }],
    dayRate: { amount: 90_000, currency: 'INR' },
    floorRate: { amount: 80_000, currency: 'INR' },
    languages: ['hi'],
    joinedAt: '2026-11-22T09:30:00.000Z',
  },
});

/** The rule, evaluated by the reader at query time; the aggregate is the person. */
export const availabilityChanged = defineEvent('user.availability.changed.v1', {
  data: z.object({
    zone,
    weekly: z.array(weekday),
    exceptions: z.array(z.object({ date: civilDate, free: z.boolean() })),
    freeUntil: instant.nullable(),
    updatedAt: instant,
  }),
  personal: ['weekly', 'exceptions', 'freeUntil'],
  example: {
    zone: 'Asia/Kolkata',
    weekly: [1, 2, 3, 4, 5, 6],
    exceptions: [{ date: '2026-12-24', free: false }],
    freeUntil: null,
    updatedAt: '2026-11-22T09:30:00.000Z',
  },
});

export const contractorProfileChanged = defineEvent('user.contractor_profile.changed.v1', {
  data: z.object({ joinedAt: instant }),
  example: { joinedAt: '2026-11-22T09:30:00.000Z' },
});
