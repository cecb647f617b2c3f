import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithOxc, type Plugin } from 'vite';

/** Read by servers only. */
const notOfThePage = ['script-sources.txt'];

/**
 * Builds worker/worker.ts into sw.js with the list of the page's files. An own worker of a screenful: the usual plugin
 * brings 320 packages for it, which everybody who starts Muster would install.
 */
export function serviceWorker(): Plugin {
  const folder = join(import.meta.dirname, '..');
  return {
    name: 'muster:service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const hash = createHash('sha256');
        const files: string[] = [];
        const keep = (name: string, content: string | Uint8Array): void => {
          if (notOfThePage.includes(name)) return;
          files.push(`/${name}`);
          hash.update(name).update(content);
        };
        for (const file of Object.values(bundle)) keep(file.fileName, file.type === 'chunk' ? file.code : file.source);
        for (const name of readdirSync(join(folder, 'public')).sort()) keep(name, readFileSync(join(folder, 'public', name)));
        const path = join(folder, 'worker', 'worker.ts');
        const { code } = await transformWithOxc(readFileSync(path, 'utf8'), path, { target: 'es2022', sourcemap: false });
        const constants = `const FILES = ${JSON.stringify(files.sort())};\nconst RELEASE = '${hash.digest('hex').slice(0, 16)}';\n`;
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: constants + code.replace(/^export \{\};?\s*$/m, '') });
      },
    },
  };
}
