// Builds one workspace into its own dist: SWC for Node, Vite for the web app.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { runCommand } from '../run-command.mjs';
import { sourceFiles } from './workspaces.mjs';

const require = createRequire(import.meta.url);

/** src/a.ts → dist/a.js, migrations/0001.ts → dist/migrations/0001.js, other files of src as they are. */
export async function emitNode(root, workspace) {
  const { transform } = require('@swc/core');
  const config = require('../../swc-config.cjs');
  const folder = join(root, workspace.folder);
  const dist = join(folder, 'dist');
  const written = new Set();
  const jobs = [['src', ''], ['migrations', 'migrations']].flatMap(([from, to]) =>
    sourceFiles(join(folder, from))
      .filter((name) => !name.endsWith('.d.ts'))
      .map(async (name) => {
        const source = join(folder, from, name);
        const target = join(dist, to, name.replace(/\.ts$/, '.js'));
        written.add(target);
        if (!name.endsWith('.ts')) return keep(target, readFileSync(source));
        // The file's name as the project knows it: the output must not depend on where the checkout is.
        const filename = relative(root, source);
        const { code } = await transform(readFileSync(source, 'utf8'), { ...config, swcrc: false, filename, cwd: '/' });
        keep(target, Buffer.from(code));
      }),
  );
  await Promise.all(jobs);
  removeOthers(dist, written);
}

/** Leaves a file that is the same already alone: another process may be running from it. */
function keep(target, content) {
  if (existsSync(target) && readFileSync(target).equals(content)) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

function removeOthers(dist, written) {
  if (!existsSync(dist)) return;
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !written.has(path)) rmSync(path);
  }
}

/** The web app into a folder of its own first, so that a running server never serves half a build. */
export async function emitWebApp(root, workspace) {
  const folder = join(root, workspace.folder);
  const fresh = join(root, '.muster', 'web-app');
  const vite = join(dirname(require.resolve('vite/package.json', { paths: [folder] })), 'bin/vite.js');
  const arguments_ = [vite, 'build', '--configLoader', 'runner', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
  let output = '';
  const code = await runCommand(process.execPath, arguments_, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    started: ({ stdout, stderr }) => [stdout, stderr].forEach((stream) => stream.on('data', (part) => (output += part))),
  });
  if (code !== 0) throw new Error(`The web app could not be built:\n${output}`);
  compress(fresh);
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  cpSync(fresh, join(folder, 'dist'), { recursive: true });
  rmSync(fresh, { recursive: true, force: true });
}

/** Beside each text its compressed forms: made once and small, instead of at each request and larger. */
function compress(folder) {
  for (const name of sourceFiles(folder).filter((file) => /\.(js|css|html|svg|json|webmanifest|txt)$/.test(file))) {
    const content = readFileSync(join(folder, name));
    if (content.length < 1000) continue;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  }
}
