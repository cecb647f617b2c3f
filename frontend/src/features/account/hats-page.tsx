import ClipboardList from 'lucide-react/icons/clipboard-list';
import HardHat from 'lucide-react/icons/hard-hat';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import type { Hat } from '../../lib/session/hat';
import { useMe } from '../../lib/session/use-session';
import { Button } from '../../ui/button';
import { Page } from '../../ui/page';
import { ErrorState } from '../../ui/states';

const hats = [
  { hat: 'worker', icon: HardHat },
  { hat: 'contractor', icon: ClipboardList },
] as const;

/** Asks whether somebody looks for work, for workers or for both; the answer can be changed at any time. */
export function HatsPage() {
  const say = useSay();
  const [, go] = useLocation();
  const { roles } = useMe();
  const { call, session, hats: hatsWorn } = useParts();
  const [worn, setWorn] = useState<ReadonlySet<Hat>>(() => new Set(hats.map(({ hat }) => hat).filter((hat) => roles.includes(hat))));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>();

  const toggle = (hat: Hat) => {
    const next = new Set(worn);
    if (!next.delete(hat)) next.add(hat);
    setWorn(next);
  };
  const save = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      for (const { hat } of hats) {
        if (worn.has(hat) === roles.includes(hat)) continue;
        await call(worn.has(hat) ? 'auth.putOnHat' : 'auth.takeOffHat', { params: { hat } });
      }
      // The present access token still names the old hats.
      await session.renew();
      // A new hat needs its profile first; without a new one the person goes on with what they have.
      const fresh = hats.map(({ hat }) => hat).find((hat) => worn.has(hat) && !roles.includes(hat));
      hatsWorn.wear(fresh ?? (worn.has('worker') ? 'worker' : 'contractor'));
      go(fresh === undefined ? '/' : fresh === 'worker' ? '/profile' : '/profile/contractor', { replace: true });
    } catch (error) {
      setTrouble(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page
      title={say('hats.title')}
      detail={say('hats.detail')}
      action={
        <Button kind="primary" wide busy={busy} disabled={worn.size === 0} onClick={() => void save()}>
          {say('hats.submit')}
        </Button>
      }
    >
      {trouble !== undefined && <ErrorState error={trouble} onRetry={() => void save()} />}
      {hats.map(({ hat, icon: Icon }) => (
        <button
          key={hat}
          type="button"
          aria-pressed={worn.has(hat)}
          onClick={() => toggle(hat)}
          className={`flex items-center gap-4 rounded-large border p-6 text-start ${worn.has(hat) ? 'border-ink bg-ink text-surface' : 'border-line bg-surface-raised'}`}
        >
          <Icon aria-hidden className="size-8 shrink-0" />
          <span>
            <span className="block text-22 font-bold">{say(`hats.${hat}`)}</span>
            <span className={`block ${worn.has(hat) ? '' : 'text-ink-soft'}`}>{say(`hats.${hat}_detail`)}</span>
          </span>
        </button>
      ))}
    </Page>
  );
}
