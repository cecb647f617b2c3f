import { describe, expect, it } from '@jest/globals';
import { authErrors } from '@muster/contracts/auth/errors';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Clock } from '@muster/platform/clock/clock';
import { AppError } from '@muster/platform/errors/app-error';
import type { Secrets } from '../secrets/secrets';
import { networkPace } from './guess.rules';
import type { GuessesRepository } from './guesses.repository';
import { TokenGate, type Attempt } from './token-gate';

/** A gate over counters that note what they were asked; the buckets named in `full` have no room. */
function gateOver(full: readonly string[] = [], accounts = 1): { gate: TokenGate; asked: string[] } {
  const asked: string[] = [];
  const guesses = {
    reserveGuess: ({ name }: { name: string }, key: Buffer) => { asked.push(`reserve ${name} ${key.toString()}`); return Promise.resolve(full.includes(name) ? { allowed: false, waitSeconds: 30 } : { allowed: true }); },
    noteAccount: () => { asked.push('note'); return Promise.resolve(accounts); },
    refundGuess: ({ name }: { name: string }) => { asked.push(`refund ${name}`); return Promise.resolve(); },
    forgetAccount: () => { asked.push('forget'); return Promise.resolve(); },
  };
  const secrets = { macOf: (purpose: string, text: string) => Buffer.from(`${purpose}:${text}`) };
  return { gate: new TokenGate(guesses as unknown as GuessesRepository, secrets as unknown as Secrets, { now: () => new Date(0) } as Clock), asked };
}

const attempt: Attempt = { path: 'signIn', login: 'asha@example.org', network: '10.0.0.0/24' };
const counted = ['reserve account login:asha@example.org', 'note'];
const takenBack = ['refund account', 'forget'];
const wrong = () => Promise.reject(new AppError(authErrors.credentialsNotRight));

describe('the gate before a token', () => {
  it('counts an attempt before it is verified, and takes it back when it was right', async () => {
    const { gate, asked } = gateOver();
    expect(await gate.passGate(attempt, ({ path }) => { asked.push(`verify ${path}`); return Promise.resolve('token'); })).toBe('token');
    expect(asked).toEqual([...counted, 'verify signIn', ...takenBack]);
  });

  it('keeps a wrong guess counted', async () => {
    const { gate, asked } = gateOver();
    await expect(gate.passGate(attempt, wrong)).rejects.toMatchObject({ definition: { status: 401 } });
    expect(asked).toEqual(counted);
  });

  it.each([new Error('no database'), new AppError(platformErrors.notFound)])('takes back what failed for another reason, as nothing was looked at: %s', async (failure) => {
    const { gate, asked } = gateOver();
    await expect(gate.passGate(attempt, () => Promise.reject(failure))).rejects.toThrow(failure);
    expect(asked).toEqual([...counted, ...takenBack]);
  });

  it('verifies nothing for an account that has been guessed at too often', async () => {
    const { gate, asked } = gateOver(['account']);
    await expect(gate.passGate(attempt, () => Promise.resolve(asked.push('verify')))).rejects.toMatchObject({ definition: { code: 'platform.too_many' }, retryAfterSeconds: 30, params: { retryAfterSeconds: 30 } });
    expect(asked).toEqual(counted.slice(0, 1));
  });

  it('slows a network that fails at many accounts, and does not hold that against the account', async () => {
    const { gate, asked } = gateOver([networkPace.name], 31);
    await expect(gate.passGate(attempt, () => Promise.resolve(asked.push('verify')))).rejects.toMatchObject({ definition: { code: 'platform.too_many' } });
    expect(asked).toEqual([...counted, 'reserve network network:10.0.0.0/24', ...takenBack]);
  });

  it.each<[string, Attempt]>([['names nobody', { ...attempt, login: null }], ['cannot be guessed', { ...attempt, path: 'refresh' }]])('counts nothing on a path that %s', async (_what, free) => {
    const { gate, asked } = gateOver();
    await expect(gate.passGate(free, wrong)).rejects.toThrow();
    await gate.passGate(free, () => Promise.resolve('token'));
    expect(asked).toEqual([]);
  });
});
