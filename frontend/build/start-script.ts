import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { closureOf, type Bundle } from './bundle.ts';

/** What the page's start script fetches early, by the name that it knows it by: modules of the source. */
const fetchedEarly: Record<string, RegExp[]> = {
  'words en': [/i18n\/generated\/en\.core\.ts$/],
  'words hi': [/i18n\/generated\/hi\.core\.ts$/],
  'all words en': [/i18n\/generated\/en\.app\.ts$/],
  'all words hi': [/i18n\/generated\/hi\.app\.ts$/],
  'signed in': [/app\/signed-in\.tsx$/, /lib\/trades\/generated\/trade-table\.ts$/],
  '/': [/features\/welcome\/welcome-page\.tsx$/],
  '/sign-in': [/features\/account\/sign-in-page\.tsx$/],
  '/sign-up': [/features\/account\/sign-up-page\.tsx$/],
  '/home': [/features\/work\/home-page\.tsx$/],
  '/jobs': [/features\/hire\/jobs-page\.tsx$/],
  '/chats': [/features\/chats\/chats-page\.tsx$/],
};

/** Servers of the page read this file: its policy allows the one inline script by the hash of its text. */
const SOURCES_FILE = 'script-sources.txt';

/** Writes start.js into the page with the names of the built files, and its hash beside the page. */
export function startScript(): Plugin {
  const source = readFileSync(join(import.meta.dirname, 'start.js'), 'utf8');
  return {
    name: 'muster:start-script',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const preloads = JSON.stringify(bundle ? preloadsOf(bundle) : {});
        const script = source.replace(/^\s*\/\/.*\n/gm, '').replace('/* PRELOADS */ {}', () => preloads);
        return html.replace('<!-- start.js -->', () => `<script>${script}</script>`);
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        const text = page?.type === 'asset' ? /<script>([\s\S]*?)<\/script>/.exec(String(page.source))?.[1] : undefined;
        if (text === undefined) this.error('The page has no start script.');
        const hash = createHash('sha256').update(text).digest('base64');
        this.emitFile({ type: 'asset', fileName: SOURCES_FILE, source: `'sha256-${hash}'\n` });
      },
    },
  };
}

function preloadsOf(bundle: Bundle): Record<string, string[]> {
  const entry = new Set(closureOf(bundle, []));
  return Object.fromEntries(
    Object.entries(fetchedEarly).map(([name, modules]) => [name, closureOf(bundle, modules).filter((file) => !entry.has(file)).map((file) => `/${file}`)]),
  );
}
