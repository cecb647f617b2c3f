import { useState } from 'react';
import { useSay } from '../lib/i18n/text';
import { useTrades } from '../lib/people/trades';
import { useTradeSearch } from '../lib/trades/use-trade-search';
import { TextInput, type ControlAttributes } from './field';
import { Loaded } from './states';
import { offeredTrades } from './trade-choice';
import { TradeIcon } from './trade-icon';

/** How many trades a search shows at most. */
const MOST = 12;

interface TradeGridProps {
  attributes: ControlAttributes;
  label: string;
  chosen: string;
  onChoose: (trade: string) => void;
  recent?: readonly string[];
}

/** A search field over all trades, and below it the likely ones as tiles with their pictures. */
export function TradeGrid({ attributes, label, chosen, onChoose, recent = [] }: TradeGridProps) {
  const say = useSay();
  const { all, nameOf, read } = useTrades();
  const searchTrades = useTradeSearch();
  const [text, setText] = useState('');
  const offered = offeredTrades(all, searchTrades(text, MOST), text.trim() !== '', chosen, recent);
  return (
    <div className="flex flex-col gap-3">
      <TextInput {...attributes} type="search" autoComplete="off" placeholder={say('profile.trade_search')} value={text} onChange={(event) => setText(event.target.value)} />
      <Loaded read={read}>
        {() =>
          offered.length === 0 ? (
            <p className="text-ink-soft" role="status">
              {say('profile.trade_none')}
            </p>
          ) : (
            <div className="two-fields grid gap-2" role="radiogroup" aria-label={label}>
              {offered.map(({ trade, family }) => (
                <button
                  key={trade}
                  type="button"
                  role="radio"
                  aria-checked={chosen === trade}
                  onClick={() => onChoose(trade)}
                  className={`flex min-h-action flex-wrap items-center gap-x-2 rounded-large border p-2 text-start font-medium ${
                    chosen === trade ? 'border-ink bg-ink text-surface' : 'border-line bg-surface-raised'
                  }`}
                >
                  <TradeIcon family={family} />
                  <span className="word-wide">{nameOf(trade)}</span>
                </button>
              ))}
            </div>
          )
        }
      </Loaded>
    </div>
  );
}
