import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { firstLanguage, speak } from '../lib/i18n/language';
import { App } from './app';
import { browserSurroundings } from './browser';
import { createApp } from './create-app';
import { Providers } from './providers';
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
      <Providers parts={parts}>
        <App />
      </Providers>
    </StrictMode>,
  );
});
