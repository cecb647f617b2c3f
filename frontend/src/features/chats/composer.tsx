import Send from 'lucide-react/icons/send';
import { useRef, useState } from 'react';
import type { MessageId } from '../../lib/i18n/generated/message-id';
import { useSay } from '../../lib/i18n/text';
import { controlClass } from '../../ui/field';

const MOST = 4000;
/** The quick messages of each side. */
const canned: Record<'worker' | 'contractor', readonly MessageId[]> = {
  worker: ['canned.when', 'canned.where', 'canned.yes', 'canned.call'],
  contractor: ['canned.coming', 'canned.on_time', 'canned.yes', 'canned.call'],
};

/**
 * A text field that grows with its text, and above it the quick messages of the writer's side. A tap on one puts it into the
 * field and never sends it.
 */
export function Composer({ onSend, side }: { onSend: (text: string) => void; side: 'worker' | 'contractor' | null }) {
  const say = useSay();
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const send = () => {
    if (text.trim() === '') return;
    onSend(text);
    setText('');
  };
  const put = (words: string) => {
    setText((known) => (known.trim() === '' ? words : `${known.trimEnd()} ${words}`));
    field.current?.focus();
  };
  return (
    <form
      className="above-bar sticky z-10 flex flex-col gap-2 border-t border-line bg-surface px-4 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {side && (
        <div className="no-scrollbar flex gap-2 overflow-x-auto" role="group" aria-label={say('canned.title')}>
          {canned[side].map((id) => (
            <button key={id} type="button" className="min-h-touch shrink-0 rounded-round border border-line bg-surface-raised px-4" onClick={() => put(say(id))}>
              {say(id)}
            </button>
          ))}
        </div>
      )}
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          aria-label={say('chats.write')}
          placeholder={say('chats.write')}
          rows={1}
          maxLength={MOST}
          dir="auto"
          className={`${controlClass} field-sizing-content max-h-picture resize-none`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" aria-label={say('chats.send')} disabled={text.trim() === ''} className="flex size-touch shrink-0 items-center justify-center rounded-round bg-accent text-accent-ink border border-transparent disabled:border-line disabled:bg-surface disabled:text-ink-soft">
          <Send aria-hidden className="size-icon" />
        </button>
      </div>
    </form>
  );
}
