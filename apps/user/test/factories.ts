import { NAGPUR, type saveWorkerProfile } from '@muster/contracts/user/routes';
import type { z } from 'zod';

type Profile = z.input<(typeof saveWorkerProfile)['body']>;

export function workerProfile(overrides: Partial<Profile> = {}): Profile {
  return {
    displayName: 'Ramesh Yadav',
    placeId: NAGPUR,
    travelRadiusKm: 25,
    skills: [{ trade: 'mason', level: 3, years: 8 }],
    dayRate: { amount: 90_000, currency: 'INR' },
    languages: ['hi'],
    ...overrides,
  };
}
