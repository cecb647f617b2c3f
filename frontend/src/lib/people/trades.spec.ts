import { describe, expect, it } from '@jest/globals';
import { trades } from '../../../../libs/reference/src/trades';
import { loadTrades } from './trades';

describe('loadTrades', () => {
  it('has the very trades and names that the services know', async () => {
    expect(await loadTrades()).toEqual(trades().map(({ id, family, names }) => ({ trade: id, family, names })));
  });
});
