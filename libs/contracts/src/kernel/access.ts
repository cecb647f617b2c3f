/**
 * Roles: hats that an account may wear, and grants that it can never ask for. They come from the access token, never
 * from a body.
 */
export const roles = ['worker', 'contractor', 'support', 'admin'] as const;
export type Role = (typeof roles)[number];

/**
 * Who may call a route.
 *
 * - `public`: anybody, signed in or not.
 * - `person`: a signed-in person with one of `roles` (any person when `roles` is empty).
 * - `service`: one of the named services, on the operations port.
 *
 * `object` says whose thing the route is about. `own`: for anybody else the thing does not exist (404, as when it
 * is absent). `shared`: whoever passes the role check may use it. `self`: the route is about the caller and names nothing.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'person'; readonly roles: readonly Role[]; readonly object: 'own' | 'shared' | 'self' }
  | { readonly kind: 'service'; readonly callers: readonly string[] };

type ObjectRule = { object: 'own' | 'shared' | 'self' };

export const access = {
  public: { kind: 'public' } as const,
  signedIn: ({ object }: ObjectRule): Access => ({ kind: 'person', roles: [], object }),
  worker: ({ object }: ObjectRule): Access => ({ kind: 'person', roles: ['worker'], object }),
  contractor: ({ object }: ObjectRule): Access => ({ kind: 'person', roles: ['contractor'], object }),
  services: (...callers: string[]): Access => ({ kind: 'service', callers }),
};

/**
 * Rate classes: `credential` (signs in, sends codes), `refresh` (trades a session's cookie for a token), `write`, `read`,
 * `search`, `internal`. The counts of each are the platform's configuration.
 */
export const rateClasses = ['credential', 'refresh', 'write', 'read', 'search', 'internal'] as const;
export type RateClass = (typeof rateClasses)[number];
