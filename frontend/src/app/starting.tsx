import { useEffect, useState } from 'react';
import { useSay } from '../lib/i18n/text';
import { useOnline } from '../lib/live/online';

/** Shows nothing for half a second, then that Muster starts, and where that takes long, why. */
export function Starting() {
  const say = useSay();
  const online = useOnline();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((known) => known + 0.5), 500);
    return () => clearInterval(timer);
  }, []);
  if (seconds < 0.5) return null;
  return (
    <main className="mx-auto flex min-h-dvh max-w-page flex-col items-center justify-center gap-3 p-4 text-center" role="status">
      <p className="animate-breathe text-28 font-bold">Muster</p>
      {!online ? <p>{say('state.offline')}</p> : seconds > 4 ? <p className="text-ink-soft">{say('state.slow_start')}</p> : null}
    </main>
  );
}
