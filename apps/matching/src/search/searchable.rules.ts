import type { Hat } from '@muster/contracts/auth/views';
import type { availabilityChanged, workerProfileChanged } from '@muster/contracts/user/events';
import type { z } from 'zod';

/** What each stream has told about a person so far; a stream that has not spoken yet is missing. */
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
 * Who may be found: a declared adult who wears the worker's hat and has a profile with a name, and a calendar.
 * Everybody else, and whoever is not known completely yet, is not.
 */
export function searchableFacts({ account, hats, profile, availability }: Sources): SearchableFacts | undefined {
  if (!account?.adult || !hats?.hats.includes('worker')) return undefined;
  if (!profile || profile.displayName === null || !availability) return undefined;
  return { displayName: profile.displayName, photoId: profile.photoId, profile, availability };
}
