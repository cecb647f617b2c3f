import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from '../lib/api/queries';
import { firstLanguage, speak } from '../lib/i18n/language';
import { Toasts } from '../ui/toast';
import { App } from './app';
import './tokens.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

void speak(firstLanguage()).then(() => {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queries}>
          <App />
          <Toasts />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
});
