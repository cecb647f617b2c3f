import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import Sun from 'lucide-react/icons/sun';
import type { Answer } from '../../lib/api/client';
import { useProblemWords } from '../../lib/api/problem-words';
import { useRead } from '../../lib/api/queries';
import { keyOf } from '../../lib/api/query-client';
import { useClock, useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import { useParts } from '../../lib/parts';
import { Switch } from '../../ui/switch';

type Availability = Answer<'user.readAvailability'>;

/**
 * A switch by which a worker is asked first for the next 24 hours. It changes at once and changes back where the service
 * refuses.
 */
export function FreeToday() {
  const { say, moment } = useFormat();
  const now = useNow();
  const clock = useClock();
  const { call, queries, toasts } = useParts();
  const wordsFor = useProblemWords();
  const key = keyOf('user.readAvailability', {});
  const { data } = useRead('user.readAvailability', {});
  if (!data) return null;
  const until = data.freeUntil !== null && Date.parse(data.freeUntil) > now ? data.freeUntil : null;

  const change = async (on: boolean) => {
    const before = queries.getQueryData<Availability>(key);
    const soon = new Date(clock.now() + DAY_MS).toISOString();
    queries.setQueryData<Availability>(key, (known) => known && { ...known, freeUntil: on ? soon : null });
    try {
      await call(on ? 'user.declareFreeToday' : 'user.withdrawFreeToday');
    } catch (error) {
      queries.setQueryData(key, before);
      toasts.toast(wordsFor(error));
    }
    await queries.invalidateQueries({ queryKey: ['user.readAvailability'] });
  };

  return (
    <Switch
      on={until !== null}
      onChange={(on) => void change(on)}
      label={until ? say('free.until', { moment: moment(until) }) : say('free.off')}
      detail={say(until ? 'free.on' : 'free.detail')}
      icon={<Sun aria-hidden className="size-icon-large shrink-0" />}
    />
  );
}
