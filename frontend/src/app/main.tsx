import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { firstLanguage, speak } from '../lib/i18n/language';
import { PartsProvider } from '../lib/parts';
import { Toasts } from '../ui/toast';
import { App } from './app';
import { browserSurroundings } from './browser';
import { createApp } from './create-app';
import { keepOnDevice, loadAgainAfterRelease } from './release';
import './tokens.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const parts = createApp(browserSurroundings());
loadAgainAfterRelease(parts.clock);
if (import.meta.env.PROD) keepOnDevice();
window.addEventListener('online', () => void parts.outbox.flush());

void speak(firstLanguage(parts.storage)).then(() => {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={parts.queries}>
          <PartsProvider value={parts}>
            <App />
            <Toasts />
          </PartsProvider>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
});
