import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { inviteErrors } from '@muster/contracts/matching/errors';
import { sendInvite } from '@muster/contracts/matching/invites.routes';
import { newId } from '@muster/platform/kernel/ids';
import { MatchingTest, type LineBody } from '../../test/start-matching';

let test: MatchingTest;
beforeAll(async () => {
  test = await MatchingTest.start();
});
afterAll(() => test.close());

type Facts = Parameters<MatchingTest['worker']>[0];
const DELHI = { latitude: 28.65, longitude: 77.22 };
const mason = (level: number) => [{ trade: 'mason', level, years: 5 }];

async function refusal(facts: Facts, line: Partial<LineBody> = {}, worker?: PersonId): Promise<Record<string, unknown>> {
  const contractor = test.contractor();
  const params = await test.openLine(contractor, line);
  const body = { worker: worker ?? (await test.worker(facts)).personId };
  const { instance: _instance, traceId: _traceId, ...problem } = await test.http.refusal(sendInvite, { as: contractor, params, body });
  return problem;
}

describe('an invite asks what search asks', () => {
  it('and refuses an electrician far away whose rate is higher for a mason of level four', async () => {
    const facts = { profile: { skills: [{ trade: 'electrician', level: 1, years: 1 }], cell: DELHI, travelRadiusKm: 5, floorRate: { amount: 800_000, currency: 'INR' } } };
    expect(await refusal(facts, { minimumLevel: 4 })).toMatchObject({ status: 409, code: inviteErrors.notAMatch.code, params: { filter: 'trade' } });
  });

  it.each<[string, Facts, Partial<LineBody>]>([
    ['trade', { profile: { skills: [{ trade: 'electrician', level: 5, years: 5 }] } }, {}],
    ['level', { profile: { skills: mason(3) } }, { minimumLevel: 4 }],
    ['days', { calendar: { weekly: [] } }, {}],
    ['distance', { profile: { cell: DELHI, travelRadiusKm: 200 } }, {}],
    ['language', { profile: { languages: ['hi'] } }, { language: 'ta' }],
  ])('and names the %s, which the card shows', async (filter, facts, line) => {
    expect(await refusal(facts, line)).toMatchObject({ status: 409, code: inviteErrors.notAMatch.code, params: { filter } });
  });

  it('and says one and the same about what the card does not show', async () => {
    const busy = await test.worker();
    for (let n = 0; n < 3; n += 1) {
      const contractor = test.contractor();
      await test.invite(contractor, await test.openLine(contractor), busy);
    }
    const refusals = [
      await refusal({}, {}, newId<PersonId>()),
      await refusal({}, {}, busy.personId),
      await refusal({ profile: { dayRate: { amount: 120_000, currency: 'INR' }, floorRate: { amount: 110_000, currency: 'INR' } } }),
      await refusal({ profile: { cell: { latitude: 21.4, longitude: 79.09 }, travelRadiusKm: 5 } }),
    ];
    expect(refusals[0]).toMatchObject({ status: 409, code: inviteErrors.notAvailable.code });
    for (const other of refusals) expect(other).toEqual(refusals[0]);
  });

  it('and tells of nothing hidden where the line would not fit anyway', async () => {
    const facts = { profile: { skills: mason(1), floorRate: { amount: 110_000, currency: 'INR' }, dayRate: { amount: 120_000, currency: 'INR' } } };
    expect(await refusal(facts, { minimumLevel: 4 })).toMatchObject({ params: { filter: 'level' } });
  });
});
