import { Suspense, useState } from 'react';
import { Route, useLocation } from 'wouter';
import type { Translations } from '../lib/i18n/translations';
import { useParts } from '../lib/parts';
import { Entrance } from './entrance';
import { Fault } from './fault';
import { page } from './pages';
import { Starting } from './starting';

const LookAroundPage = page(async () => (await import('../features/welcome/look-around-page')).LookAroundPage);

/** Screens whose words are fetched beside their code, into the translations of one web app. */
function pagesWithWords(translations: Translations) {
  return {
    // Code, words and the table of trades are fetched at the same time, not one after the other.
    SignedIn: page(async () => (await Promise.all([import('./signed-in'), translations.wantAppWords(), fetchTrades()]))[0].SignedIn),
    Outbox: page(async () => (await Promise.all([import('../features/outbox/outbox-page'), translations.wantAppWords()]))[0].OutboxPage),
    Pieces: import.meta.env.DEV
      ? page(async () => (await Promise.all([import('../features/pieces/pieces-page'), translations.wantAppWords()]))[0].PiecesPage)
      : null,
  };
}

export function App() {
  const [path] = useLocation();
  const { translations } = useParts();
  const [{ SignedIn, Outbox, Pieces }] = useState(() => pagesWithWords(translations));
  return (
    <Fault at={path}>
      <Suspense fallback={<Starting />}>
        {Pieces && (
          <Route path="/dev/pieces">
            <Pieces />
          </Route>
        )}
        <Route path="/dev/outbox">
          <Outbox />
        </Route>
        <Route path="/dev/look-around/worker">
          <LookAroundPage as="worker" />
        </Route>
        <Route path="/dev/look-around/contractor">
          <LookAroundPage as="contractor" />
        </Route>
        {path.startsWith('/dev/') ? null : <Entrance SignedIn={SignedIn} />}
      </Suspense>
    </Fault>
  );
}

/** A failure is ignored: a screen that needs the trades fetches them again. */
async function fetchTrades(): Promise<void> {
  await import('../lib/people/trades').then(({ loadTrades }) => loadTrades()).catch(() => undefined);
}
