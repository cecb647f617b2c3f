import { describe, expect, it } from '@jest/globals';
import { offeredTrades, withRecent } from './trade-choice';

const of = (...ids: string[]) => ids.map((trade) => ({ trade, family: '', names: { en: trade, hi: trade }, siblings: [] }));
const [mason, rigger, blacksmith] = of('mason', 'rigger', 'blacksmith');
const all = [mason, rigger, blacksmith].flatMap((one) => one ?? []);

describe('the trades offered', () => {
  it('begin with those used last and the chosen one while nothing is typed, each once', () => {
    expect(offeredTrades(all, all, false, 'blacksmith', ['rigger', 'gone'])).toEqual([rigger, blacksmith, mason]);
  });
  it('are what was found for what is typed', () => {
    expect(offeredTrades(all, of('mason'), true, 'blacksmith', ['rigger'])).toEqual(of('mason'));
  });
  it('keep the six used last, each once', () => {
    expect(withRecent(['a', 'b', 'c', 'd', 'e', 'f'], 'c')).toEqual(['c', 'a', 'b', 'd', 'e', 'f']);
    expect(withRecent(['a', 'b', 'c', 'd', 'e', 'f'], 'g')).toEqual(['g', 'a', 'b', 'c', 'd', 'e']);
  });
});
