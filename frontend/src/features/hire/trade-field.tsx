import { useState } from 'react';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import { useTrades } from '../../lib/people/trades';
import type { ControlAttributes } from '../../ui/field';
import { withRecent } from '../../ui/trade-choice';
import { TradeGrid } from '../../ui/trade-grid';
import { TradeIcon } from '../../ui/trade-icon';

const RECENT = 'trades.recent';

/**
 * A field for a trade. Once one is chosen, the field takes one row, and a tap opens the grid again with the trades used last
 * on top.
 */
export function TradeField({ attributes, value, onChange }: { attributes: ControlAttributes; value: string; onChange: (trade: string) => void }) {
  const say = useSay();
  const { nameOf, familyOf } = useTrades();
  const [open, setOpen] = useState(value === '');
  const { storage } = useParts();
  const recent = (storage.read(RECENT) ?? '').split(' ').filter(Boolean);
  const choose = (trade: string) => {
    storage.write(RECENT, withRecent(recent, trade).join(' '));
    onChange(trade);
    setOpen(false);
  };
  if (open || value === '') return <TradeGrid attributes={attributes} label={say('job.trade')} chosen={value} onChoose={choose} recent={recent} />;
  return (
    <button
      {...attributes}
      type="button"
      aria-expanded={false}
      onClick={() => setOpen(true)}
      className="flex min-h-action w-full flex-wrap items-center justify-between gap-x-3 rounded-small border border-line bg-surface-raised px-3 py-2 text-start"
    >
      <span className="flex min-w-0 items-center gap-2 font-bold">
        <TradeIcon family={familyOf(value)} />
        {nameOf(value)}
      </span>
      <span className="text-14 underline decoration-line underline-offset-4">{say('job.change_trade')}</span>
    </button>
  );
}
