import { payBounds, payVerdict } from '@muster/contracts/kernel/pay-bounds';
import { useRef } from 'react';
import { paiseOf } from '../format/format';
import { useFormat, type Format } from '../format/use-format';
import type { ContractField } from './contract-fields';

/** A field for what somebody is paid a day, typed in rupees. */
export function dayPay({ say, money }: Pick<Format, 'say' | 'money'>): Pick<ContractField, 'sent' | 'words' | 'refuse'> {
  return {
    sent: (typed) => paiseOf(typed as string),
    words: 'profile.fault_rate',
    refuse: (typed) =>
      payVerdict(paiseOf(typed as string) ?? 0, 'day') === 'refuse' ? say('pay.bounds', { least: money(payBounds.day.least), most: money(payBounds.day.most) }) : undefined,
  };
}

/** Asks once about pay that is more likely a slip than meant; pressing again says that it is. @returns the question, if one is left */
export function usePayDoubt(): (typed: readonly string[]) => string | undefined {
  const { say, money } = useFormat();
  const asked = useRef('');
  return (typed) => {
    const unusual = typed.flatMap((pay) => paiseOf(pay) ?? []).filter((paise) => payVerdict(paise, 'day') === 'ask');
    if (unusual.length === 0 || asked.current === unusual.join()) return undefined;
    asked.current = unusual.join();
    return say('pay.sure', { pay: money(unusual[0] ?? 0) });
  };
}
