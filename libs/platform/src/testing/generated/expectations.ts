import type { Access } from '@muster/contracts/kernel/access';
import { hatsOf, type CallerKind } from './callers';

/**
 * How a call is to be answered.
 *
 * - `success`: the declared status and an answer that the contract describes
 * - `allowed`: that, or a problem that the route declares (somebody else has other things)
 * - `asAbsent`: as when the thing is not there at all
 * - `nothingHere`: this listener does not have the address
 */
export type Expectation = 'success' | 'allowed' | 'asAbsent' | 'nothingHere' | 'notSignedIn' | 'notAllowed';

type Cells = Readonly<Record<CallerKind, Expectation>>;

const anybody: Cells = {
  nobody: 'success',
  'malformed token': 'success',
  'forged token': 'success',
  'expired token': 'success',
  'token for another audience': 'success',
  'revoked session': 'success',
  'no hats': 'success',
  worker: 'success',
  contractor: 'success',
  'both hats': 'success',
  'other worker': 'success',
  'other contractor': 'success',
  'service of the table': 'nothingHere',
  'service not in the table': 'nothingHere',
  'service on the public listener': 'success',
  'person on the internal listener': 'nothingHere',
};

const services: Cells = {
  nobody: 'notSignedIn',
  'malformed token': 'notSignedIn',
  'forged token': 'notSignedIn',
  'expired token': 'notSignedIn',
  'token for another audience': 'notSignedIn',
  'revoked session': 'notSignedIn',
  'no hats': 'notSignedIn',
  worker: 'notSignedIn',
  contractor: 'notSignedIn',
  'both hats': 'notSignedIn',
  'other worker': 'notSignedIn',
  'other contractor': 'notSignedIn',
  'service of the table': 'success',
  'service not in the table': 'notAllowed',
  'service on the public listener': 'nothingHere',
  'person on the internal listener': 'notSignedIn',
};

/** A cell for every kind of caller: one that is missing does not compile. */
export function expectationsOf(access: Access, everyServiceIsListed: boolean): Cells {
  if (access.kind === 'public') return anybody;
  // One that nobody knows has no key: it is not signed in.
  if (access.kind === 'service') return everyServiceIsListed ? { ...services, 'service not in the table': 'notSignedIn' } : services;
  const wears = (kind: CallerKind): boolean => access.roles.length === 0 || access.roles.some((role) => hatsOf[kind]?.includes(role));
  const owner = (kind: CallerKind): Expectation => (wears(kind) ? 'success' : 'notAllowed');
  const foreign = { own: 'asAbsent', self: 'allowed', shared: 'success' } as const;
  const stranger = (kind: CallerKind): Expectation => (wears(kind) ? foreign[access.object] : 'notAllowed');
  return {
    nobody: 'notSignedIn',
    'malformed token': 'notSignedIn',
    'forged token': 'notSignedIn',
    'expired token': 'notSignedIn',
    'token for another audience': 'notSignedIn',
    'revoked session': 'notSignedIn',
    'no hats': owner('no hats'),
    worker: owner('worker'),
    contractor: owner('contractor'),
    'both hats': owner('both hats'),
    'other worker': stranger('other worker'),
    'other contractor': stranger('other contractor'),
    'service of the table': 'nothingHere',
    'service not in the table': 'nothingHere',
    'service on the public listener': 'notSignedIn',
    'person on the internal listener': 'nothingHere',
  };
}

/** Whether a call that is answered so has done nothing. */
export function isDenied(expectation: Expectation): boolean {
  return expectation !== 'success' && expectation !== 'allowed';
}
