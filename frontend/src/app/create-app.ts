import { createCall } from '../lib/api/client';
import { createQueries } from '../lib/api/query-client';
import { createExchange } from '../lib/api/request';
import { createArrivals } from '../lib/arrivals';
import { createOutbox } from '../lib/chat/outbox';
import type { Clock } from '../lib/clock/clock';
import { createTranslations, type Language } from '../lib/i18n/translations';
import type { Parts } from '../lib/parts';
import { createHats } from '../lib/session/hat';
import { createSession, type Exclusively, type Tabs } from '../lib/session/session';
import { createSigningUp } from '../lib/session/signing-up';
import type { DeviceStorage, TabStorage } from '../lib/session/storage';
import { createToasts } from '../lib/toasts';

/** What a web app needs from the place where it runs: a browser, or a test. */
export interface Surroundings {
  storage: DeviceStorage;
  tab: TabStorage;
  /** The path that the page was loaded with. */
  path: string;
  /** The language that the device asks for, as a BCP 47 tag. */
  deviceLanguage: string;
  /** Called when another language is in use. */
  showLanguage: (language: Language) => void;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  tabs: Tabs;
  exclusively: Exclusively;
}

/** Puts the parts of one web app together. Two web apps in one page share nothing but the surroundings that both are given. */
export function createApp({ storage, tab, path, deviceLanguage, showLanguage, fetch, clock, tabs, exclusively }: Surroundings): Parts {
  const queries = createQueries();
  const exchange = createExchange({ fetch, clock });
  const session = createSession({ storage, clock, exchange, tabs, exclusively });
  const call = createCall({ exchange, session });
  const outbox = createOutbox({
    storage,
    clock,
    session,
    call,
    exclusively,
    // Imported late, because the first page needs none of that code.
    onSent: async (message) => (await import('../lib/chat/conversations')).keepSent(queries, message),
  });

  // When another person signs in on the same phone, nothing that the first one has read may be shown to them.
  let lastPerson: string | null = null;
  session.subscribe(() => {
    const current = session.current();
    const person = current.state === 'signed-in' ? current.personId : null;
    if (lastPerson !== null && person !== lastPerson) queries.clear();
    lastPerson = person;
  });

  return {
    clock,
    storage,
    session,
    hats: createHats(storage),
    call,
    queries,
    outbox,
    toasts: createToasts(),
    signingUp: createSigningUp(tab),
    arrivals: createArrivals(path),
    translations: createTranslations({ storage, deviceLanguage, showLanguage }),
  };
}
