// Looks for secrets in every commit of this branch and in the files as they are now, with gitleaks and .gitleaks.toml;
// then plants some, which it must find. When: `npm run check:leaks`; `-- --self-test` prints the plants.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { toolOrNotice } from '../dev/find-tool.mjs';
import { verdict } from './verdict.mjs';

const config = resolve('.gitleaks.toml');
const work = mkdtempSync(join(tmpdir(), 'muster-leaks-'));
const git = (cwd, ...args) => execFileSync('git', ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@localhost', ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
const gitleaks = toolOrNotice('gitleaks', 'secrets in files and commits');

/** What gitleaks finds, a line each; the secret itself is never printed. */
function leaks(mode, folder) {
  const report = join(work, 'report.json');
  const { status, stderr } = spawnSync(gitleaks, [mode, folder, '--config', config, '--no-banner', '--redact', '--exit-code', '3', '--log-level', 'error', '--report-format', 'json', '--report-path', report], { encoding: 'utf8' });
  if (status !== 0 && status !== 3) return [`gitleaks ended with ${status}: ${stderr}`];
  return JSON.parse(readFileSync(report, 'utf8')).map(({ RuleID, File, StartLine, Commit }) => `${RuleID}: ${File.replace(`${folder}/`, '')}:${StartLine}${Commit ? ` in ${Commit.slice(0, 10)}` : ''}`);
}

// Made at each run and never written here whole: this file must not be a finding itself.
const upper = (length) => Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
const secret = randomBytes(32).toString('base64url');
const jwk = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', d: secret });
const plantedSecrets = [
  ['a cloud’s access key', `key = ${'AK'}IA${upper(16)}`, /aws-access-token/],
  ['a private key', `${'-'.repeat(5)}BEGIN PRIVATE KEY${'-'.repeat(5)}\n${randomBytes(300).toString('base64')}\n${'-'.repeat(5)}END PRIVATE KEY${'-'.repeat(5)}`, /private-key/],
  ['a token of the repository’s host', `token: ${'gh'}p_${randomBytes(27).toString('base64').replaceAll(/[^A-Za-z0-9]/g, 'x')}`, /github-pat/],
  ['a service’s private JWK', jwk, /private-jwk/],
  ['a database’s password in its address', `DATABASE_URL=postgres://muster:${secret}@db:5432/muster`, /address-with-password/],
];

function plant([fault, text, expect]) {
  const repository = mkdtempSync(join(work, 'plant-'));
  git(repository, 'init', '-q');
  for (const content of [`${text}\n`, 'removed again\n']) {
    writeFileSync(join(repository, 'settings.txt'), content);
    git(repository, 'add', '.');
    git(repository, 'commit', '-q', '-m', 'change');
  }
  return { fault: `${fault}, committed and removed again`, expect, complaints: leaks('git', repository) };
}

/** In a copy of the files as they are, committed or not: node_modules, which git ignores, is others' and a hundred times as large. */
function look() {
  const copy = join(work, 'tree');
  const files = git('.', 'ls-files', '-co', '--exclude-standard', '-z').split('\0').filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  for (const file of files) cpSync(file, join(copy, file));
  const complaints = [...leaks('git', '.'), ...(files.length < 300 ? [`only ${files.length} files were read`] : []), ...leaks('dir', copy)];
  writeFileSync(join(copy, 'new-file.txt'), jwk);
  const plants = [...plantedSecrets.map(plant), { fault: 'a private JWK in a file that is not committed', expect: /private-jwk: new-file/, complaints: leaks('dir', copy) }];
  return { complaints, plants, figures: { commits: Number(git('.', 'rev-list', '--count', 'HEAD')), files: files.length } };
}

try {
  verdict({ name: 'check:leaks', ...(gitleaks ? look() : { complaints: [], plants: [] }), checked: gitleaks !== undefined });
} finally {
  rmSync(work, { recursive: true, force: true });
}
