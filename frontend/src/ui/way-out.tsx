import { useState } from 'react';
import { Button } from './button';
import { Fold } from './fold';
import { FormRefusal } from './form-refusal';
import { Chips } from './switch';

interface WayOutProps<Reason extends string> {
  /** The words of the closed row, which are always shown. */
  label: string;
  /** What happens, and to whom. */
  detail: string;
  reasons: ReadonlyArray<{ value: Reason; label: string }>;
  /** The words of the button that does it. */
  confirm: string;
  busy: boolean;
  refusal?: string | undefined;
  onConfirm: (reason: Reason) => void;
}

/** The way out of something that was agreed: closed at first, and it asks why before it does anything. */
export function WayOut<Reason extends string>({ label, detail, reasons, confirm, busy, refusal, onConfirm }: WayOutProps<Reason>) {
  const [reason, setReason] = useState<Reason>();
  return (
    <Fold label={label}>
      <div className="flex flex-col gap-3 pb-3">
        <p className="text-14 text-ink-soft">{detail}</p>
        <Chips one options={reasons} selected={new Set(reason === undefined ? [] : [reason])} onToggle={setReason} />
        <FormRefusal words={refusal} />
        <Button kind="danger" wide busy={busy} disabled={reason === undefined} onClick={() => reason !== undefined && onConfirm(reason)}>
          {confirm}
        </Button>
      </div>
    </Fold>
  );
}
