import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Epoch } from '@muster/contracts/kernel/event';
import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import type { RevocationMessage } from '@muster/contracts/kernel/internal';
import type { Instant } from '@muster/contracts/kernel/time';
import { pause } from '../kernel/backoff';
import { newId } from '../kernel/ids';
import { InProcessBus } from '../messaging/in-process-bus';
import { Metrics } from '../metrics/metrics';
import { InProcessFanout } from '../realtime/in-process-fanout';
import { TestClock } from '../testing/test-clock';
import { TestAuth } from '../testing/test-keys';
import type { KeySource } from './auth-keys';
import type { AuthenticatedPerson } from './principal';
import { REVOCATIONS_SUBJECT, Revocations } from './revocations';

let auth: TestAuth;
let clock: TestClock;
let fanout: InProcessFanout;
let revocations: Revocations;
let asked: number;

beforeEach(async () => {
  auth = await TestAuth.make();
  clock = new TestClock();
  fanout = new InProcessFanout(new InProcessBus());
  asked = 0;
  const source = { revocationsAfter: (position) => ((asked += 1), auth.revocationsAfter(position)) } as KeySource;
  revocations = new Revocations(fanout, source, clock, new Metrics('user'));
});
afterEach(() => revocations.beforeApplicationShutdown());

function someone(issuedAt = Math.floor(Date.now() / 1000)): AuthenticatedPerson {
  const [personId, sessionId] = [newId<PersonId>(), newId<SessionId>()];
  return { kind: 'person', personId, sessionId, roles: [], newUntil: null, sessionUntil: null, tokenId: 't', issuedAt, expiresAt: issuedAt + 300 };
}
const at = (ms: number): Instant => new Date(ms).toISOString() as Instant;
const revokeSession = ({ personId, sessionId }: AuthenticatedPerson): RevocationMessage =>
  auth.revoke({ personId, sessionId, issuedBefore: clock.instant() });

async function start(): Promise<void> {
  revocations.onApplicationBootstrap();
  await pause(5);
}
async function hear(message: RevocationMessage): Promise<void> {
  fanout.publish(REVOCATIONS_SUBJECT, message);
  await pause(5);
}
/** Waits until the feed counts as silent and the replica has noticed it. */
async function silence(): Promise<void> {
  clock.advanceMonotonic({ s: 3.5 });
  await pause(600);
}

describe('revocations', () => {
  it('of before the start are known when it is ready', async () => {
    const person = someone();
    revokeSession(person);
    expect(revocations.ready).toBe(false);
    await start();
    expect(revocations.ready).toBe(true);
    expect(revocations.cutOff).toBe(false);
    expect(revocations.isRevoked(person)).toBe(true);
    expect(revocations.isRevoked(someone())).toBe(false);
  });

  it('are heard from the feed without asking', async () => {
    await start();
    const person = someone();
    await hear(revokeSession(person));
    expect(revocations.isRevoked(person)).toBe(true);
    expect(asked).toBe(1);
  });

  it('of a person end what was issued before, and not what was issued after', async () => {
    await start();
    const person = someone();
    await hear(auth.revoke({ personId: person.personId, sessionId: null, issuedBefore: at(person.issuedAt * 1000 + 1500) }));
    expect(revocations.isRevoked({ ...person, issuedAt: person.issuedAt + 1 })).toBe(true);
    expect(revocations.isRevoked({ ...person, issuedAt: person.issuedAt + 2 })).toBe(false);
  });

  it('missed in a hole are asked for', async () => {
    await start();
    const [missed, heard] = [someone(), someone()];
    revokeSession(missed);
    await hear(revokeSession(heard));
    expect(revocations.isRevoked(heard)).toBe(true);
    expect(revocations.isRevoked(missed)).toBe(true);
    expect(asked).toBe(2);
  });

  it('missed are noticed by the head of the next heartbeat', async () => {
    await start();
    const missed = someone();
    revokeSession(missed);
    await hear({ epoch: auth.epoch, head: 1, revocations: [] });
    expect(revocations.isRevoked(missed)).toBe(true);
  });

  it('are read anew when auth counts in another epoch', async () => {
    await start();
    const person = someone();
    auth.epoch = randomUUID() as Epoch;
    revokeSession(person);
    await hear({ epoch: auth.epoch, head: 1, revocations: [] });
    expect(revocations.isRevoked(person)).toBe(true);
  });

  it('are asked for once a second while the feed is silent, and nobody is cut off', async () => {
    await start();
    const person = someone();
    revokeSession(person);
    await silence();
    expect(revocations.isRevoked(person)).toBe(true);
    expect(revocations.cutOff).toBe(false);
    const before = asked;
    await pause(500);
    expect(asked).toBe(before);
  });

  it('that cannot be learnt cut off, until auth answers again', async () => {
    await start();
    auth.unreachable = true;
    await silence();
    expect(revocations.cutOff).toBe(true);
    auth.unreachable = false;
    clock.advanceMonotonic({ s: 1 });
    await pause(600);
    expect(revocations.cutOff).toBe(false);
  });

  it('that never could be learnt leave it unready for ten seconds, then ready and cut off', async () => {
    auth.unreachable = true;
    await start();
    clock.advanceMonotonic({ s: 9 });
    expect(revocations.ready).toBe(false);
    clock.advanceMonotonic({ s: 2 });
    expect(revocations.ready).toBe(true);
    expect(revocations.cutOff).toBe(true);
  });

  it('of a message that breaks its contract change nothing', async () => {
    await start();
    await hear({ epoch: 'x', head: -1, revocations: 'all' } as never);
    expect(revocations.cutOff).toBe(false);
  });

  it('are forgotten when every token that they could concern has expired', async () => {
    await start();
    const person = someone();
    await hear(revokeSession(person));
    clock.advance({ m: 7 });
    clock.advanceMonotonic({ m: 1 });
    await pause(600);
    expect(revocations.isRevoked(person)).toBe(false);
  });
});
