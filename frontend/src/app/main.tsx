import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from '../lib/api/queries';
import { createBrowserClock } from '../lib/clock/browser-clock';
import { ClockProvider } from '../lib/clock/use-clock';
import { firstLanguage, speak } from '../lib/i18n/language';
import { Toasts } from '../ui/toast';
import { App } from './app';
import './tokens.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// A release has replaced the files of this one: the page is loaded again, once, and finds the new ones.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('muster.reloaded-at') ?? 0);
  if (Date.now() - last < 60_000) return;
  event.preventDefault();
  sessionStorage.setItem('muster.reloaded-at', String(Date.now()));
  location.reload();
});

const clock = createBrowserClock();
void speak(firstLanguage()).then(() => {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queries}>
          <ClockProvider value={clock}>
            <App />
            <Toasts />
          </ClockProvider>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
});
