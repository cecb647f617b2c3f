import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, loadEnv } from 'vite';
import { initialRouteBudget } from './build/initial-route-budget.ts';
import { oldestBrowsers, servesOldestBrowsers } from './build/oldest-browsers.ts';
import { serviceWorker } from './build/service-worker.ts';
import { startScript } from './build/start-script.ts';

export default defineConfig(({ mode }) => {
  // `npm run dev` serves the web app beside a running Muster: everything that is not a file goes there.
  const muster = loadEnv(mode, '.', 'MUSTER_')['MUSTER_ADDRESS'] ?? 'http://127.0.0.1:3000';
  return {
    plugins: [react(), tailwind(), initialRouteBudget({ aimKilobytes: 95, limitKilobytes: 105 }), startScript(), serviceWorker(), servesOldestBrowsers()],
    // Civil time, the one file of the contracts that the web app may import, is taken as it is written.
    resolve: {
      conditions: ['source', ...defaultClientConditions],
      // The router asks for a stand-in of a hook that React itself has had since version 18.
      alias: { 'use-sync-external-store/shim/index.js': 'react' },
    },
    server: {
      host: '127.0.0.1',
      proxy: {
        '/api': { target: muster },
        '/ws': { target: muster, ws: true },
      },
    },
    build: {
      target: oldestBrowsers,
      sourcemap: false,
      modulePreload: { polyfill: false },
      // The content policy allows no data: scripts or styles, and small files compress better together anyway.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  };
});
