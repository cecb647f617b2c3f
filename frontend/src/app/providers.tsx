import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PartsProvider, type Parts } from '../lib/parts';
import { Toasts } from '../ui/toast';

/** Gives the screens inside it the parts of one web app, and shows its toasts. */
export function Providers({ parts, children }: { parts: Parts; children: ReactNode }) {
  return (
    <I18nProvider i18n={parts.translations.i18n}>
      <QueryClientProvider client={parts.queries}>
        <PartsProvider value={parts}>
          {children}
          <Toasts />
        </PartsProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}
