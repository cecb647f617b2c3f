import { describe, expect, it } from '@jest/globals';
import { siblingGroups, tradeTable } from './trade-table';
import { siblingsOf, trade, trades } from './trades';

describe('trades', () => {
  it('has about 120 trades, no id twice', () => {
    const ids = Object.values(tradeTable).flatMap((rows) => rows.map(([id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(trades()).toHaveLength(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(110);
  });

  it('gives every trade a slug, codes and a name in both languages', () => {
    for (const one of trades()) {
      expect(one.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(one.isco08).toMatch(/^[1-9]\d{3}$/);
      expect(one.nco2015).toBe(one.isco08);
      expect(one.names.en).toMatch(/^[A-Zu]/);
      expect(one.names.hi).toMatch(/[\u0900-\u097f]/);
    }
  });

  it('names no trade twice in either language', () => {
    for (const language of ['en', 'hi'] as const) {
      const names = trades().map((one) => one.names[language]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('knows every trade that a sibling group names', () => {
    for (const id of siblingGroups.flat()) expect([id, trade(id)?.id]).toEqual([id, id]);
  });

  it('has siblings that are symmetric and never the trade itself', () => {
    for (const one of trades()) {
      expect(one.siblings).not.toContain(one.id);
      for (const other of one.siblings) expect(siblingsOf(other)).toContain(one.id);
    }
  });

  it('knows nothing of a trade that is not there', () => {
    expect(trade('astronaut')).toBeUndefined();
    expect(siblingsOf('astronaut')).toEqual([]);
  });
});
