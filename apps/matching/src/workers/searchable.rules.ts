import type { Hat } from '@muster/contracts/auth/views';
import type { availabilityChanged, workerProfileChanged } from '@muster/contracts/user/events';
import type { z } from 'zod';

/** The latest facts of each stream about a person; a stream without facts yet is missing. */
export interface Sources {
  account?: { adult: boolean };
  hats?: { hats: readonly Hat[] };
  profile?: z.output<typeof workerProfileChanged.data> & { displayName: string | null; photoId: string | null };
  availability?: z.output<typeof availabilityChanged.data>;
}

export type SearchableFacts = {
  displayName: string;
  photoId: string | null;
  profile: NonNullable<Sources['profile']>;
  availability: NonNullable<Sources['availability']>;
};

/**
 * The facts of a person who may be found: a declared adult who wears the worker's hat and has a profile with a name and
 * a calendar. Undefined for everybody else, and while facts are missing.
 */
export function searchableFacts({ account, hats, profile, availability }: Sources): SearchableFacts | undefined {
  if (!account?.adult || !hats?.hats.includes('worker')) return undefined;
  if (!profile || profile.displayName === null || !availability) return undefined;
  return { displayName: profile.displayName, photoId: profile.photoId, profile, availability };
}
