import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { browserSurroundings } from './browser';
import { createApp } from './create-app';
import { Providers } from './providers';
import { keepOnDevice, loadAgainAfterRelease } from './release';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const surroundings = browserSurroundings();
const parts = createApp(surroundings);
loadAgainAfterRelease({ ...surroundings, reload: () => location.reload() });
if (import.meta.env.PROD) keepOnDevice();
window.addEventListener('online', () => void parts.outbox.flush());

void parts.translations.start().then(() => {
  createRoot(root).render(
    <StrictMode>
      <Providers parts={parts}>
        <App />
      </Providers>
    </StrictMode>,
  );
});
