import { describe, expect, it } from '@jest/globals';
import { NameSearch } from './name-search';
import { aliasesOf, tradeAliases } from './trade-aliases';
import { commonTrades, TradeSearch } from './trade-search';
import { trade, trades } from './trades';

const search = new TradeSearch(trades());
const first = (text: string) => search.search(text, 1)[0];

describe('searching trades', () => {
  it.each([
    ['mistri', 'mason'], ['mistry', 'mason'], ['raj mistri', 'mason'], ['mistri raj', 'mason'], ['beldar', 'mason-helper'],
    ['jcb', 'backhoe-operator'], ['jcb driver', 'backhoe-operator'], ['लेबर', 'labourer'], ['मजदूर', 'labourer'], ['मज़दूर', 'labourer'],
    ['majdur', 'labourer'], ['बढई', 'carpenter'], ['बढ़ई', 'carpenter'], ['badhai', 'carpenter'], ['barhai', 'carpenter'],
    ['प्लम्बर', 'plumber'], ['प्लंबर', 'plumber'], ['plambar', 'plumber'], ['nal wala', 'plumber'], ['ac', 'ac-mechanic'], ['AC', 'ac-mechanic'],
    ['bijli ka kaam', 'electrician'], ['sariya ka kaam', 'bar-bender'], ['tiles', 'tile-mason'], ['safedi wala', 'whitewasher'],
    ['poklen', 'excavator-operator'], ['hydra', 'mobile-crane-operator'], ['chowkidar', 'site-guard'], ['पाड़', 'scaffolder'], ['पाड', 'scaffolder'],
  ])('finds what people mean by %s: %s', (text, id) => expect(first(text)).toBe(id));

  it('does not take a blacksmith for what is only inside the word', () => {
    expect(search.search('ac', 20)).not.toContain('blacksmith');
  });

  it('finds every trade first by each of its names and aliases, whole', () => {
    for (const { id, names } of trades()) {
      for (const name of [names.en, names.hi, ...aliasesOf(id)]) expect([name, first(name)]).toEqual([name, id]);
    }
  });

  it.each([
    ['the dot below a letter left out', (name: string) => name.normalize('NFKD').replaceAll('\u093c', '')],
    ['म् for the dot above before a lip sound', (name: string) => name.replace(/ं(?=[पफबभ])/g, 'म्')],
    ['the dot above for म् before a lip sound', (name: string) => name.replace(/म्(?=[पफबभ])/g, 'ं')],
  ])('finds a name that is typed with %s, without an alias that is written so', (_, otherwise) => {
    const named = trades().flatMap(({ id, names }) => [names.hi, ...aliasesOf(id)].map((name) => ({ item: `${id} ${name}`, names: [name], beside: [], weight: 0, typed: otherwise(name) })));
    const changed = named.filter(({ names: [name], typed }) => typed.normalize('NFKD') !== name?.normalize('NFKD'));
    expect(changed.length).toBeGreaterThan(0);
    for (const one of changed) expect([one.typed, NameSearch.of([one]).search(one.typed, 1)]).toEqual([one.typed, [one.item]]);
  });

  it.each(['', '  ', '!!', 'qqqqzz', '中'])('finds nothing for %j', (text) => expect(search.search(text, 5)).toEqual([]));
});

describe('aliases', () => {
  it('are at least 400, in both scripts for every trade', () => {
    const all = Object.keys(tradeAliases).flatMap(aliasesOf);
    expect(all.length).toBeGreaterThanOrEqual(400);
    expect(new Set(all).size).toBe(all.length);
    for (const { id } of trades()) {
      expect([id, aliasesOf(id).some((alias) => /^[\x20-\x7e]+$/.test(alias))]).toEqual([id, true]);
      expect([id, aliasesOf(id).some((alias) => /[\u0900-\u097f]/.test(alias))]).toEqual([id, true]);
    }
  });

  it('belong to trades that exist', () => {
    for (const id of [...Object.keys(tradeAliases), ...commonTrades]) expect([id, trade(id)?.id]).toEqual([id, id]);
  });
});

it('is built in slices of a hundred names at most', () => {
  let read = 0;
  const named = function* () {
    for (let n = 0; n < 1000; n += 1) {
      read += 1;
      yield { item: n, names: [`place ${n}`], beside: [], weight: 0 };
    }
  };
  const steps = NameSearch.building(named());
  for (let before = 0; steps.next().done !== true; before = read) expect(read - before).toBeLessThanOrEqual(100);
});
