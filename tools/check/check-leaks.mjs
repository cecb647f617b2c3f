// Looks for secrets in every commit of this branch and in the files as they are now, with gitleaks and .gitleaks.toml;
// then plants some, which it must find. When: `npm run check:leaks`; `-- --self-test` prints the plants.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { toolOrNotice } from '../dev/find-tool.mjs';
import { verdict } from './verdict.mjs';

const config = resolve('.gitleaks.toml');
const work = mkdtempSync(join(tmpdir(), 'muster-leaks-'));
const git = (cwd, ...args) => execFileSync('git', ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@localhost', ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });

/** What gitleaks finds, a line each; the secret itself is never printed. */
function leaks(gitleaks, mode, folder) {
  const report = join(work, 'report.json');
  const args = [mode, folder, '--config', config, '--no-banner', '--redact', '--exit-code', '3', '--log-level', 'error', '--report-format', 'json', '--report-path', report];
  const { status, stderr } = spawnSync(gitleaks, args, { encoding: 'utf8' });
  if (status !== 0 && status !== 3) return [`gitleaks ended with ${status}: ${stderr}`];
  return JSON.parse(readFileSync(report, 'utf8')).map(({ RuleID, File, StartLine, Commit }) => `${RuleID}: ${File.replace(`${folder}/`, '')}:${StartLine}${Commit ? ` in ${Commit.slice(0, 10)}` : ''}`);
}

/** The files as they are, committed or not, without what git ignores: node_modules is others' and a hundred times as large. */
function copyOfTree() {
  const copy = join(work, 'tree');
  const files = git('.', 'ls-files', '-co', '--exclude-standard', '-z').split('\0').filter(Boolean);
  for (const file of files) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  return { copy, files: files.length };
}

// Made at each run and never written here whole: this file must not be a finding itself.
const upper = (length) => Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
const secret = randomBytes(32).toString('base64url');
const plantedSecrets = {
  'a cloud’s access key': [`key = ${'AK'}IA${upper(16)}`, /aws-access-token/],
  'a private key': [`${'-'.repeat(5)}BEGIN PRIVATE KEY${'-'.repeat(5)}\n${randomBytes(300).toString('base64')}\n${'-'.repeat(5)}END PRIVATE KEY${'-'.repeat(5)}`, /private-key/],
  'a token of the repository’s host': [`token: ${'gh'}p_${randomBytes(27).toString('base64').replaceAll(/[^A-Za-z0-9]/g, 'x')}`, /github-pat/],
  'a service’s private JWK': [JSON.stringify({ kty: 'OKP', crv: 'Ed25519', d: secret }), /private-jwk/],
  'a database’s password in its address': [`DATABASE_URL=postgres://muster:${secret}@db:5432/muster`, /address-with-password/],
};

function plant(gitleaks, [text, expect], fault) {
  const repository = mkdtempSync(join(work, 'plant-'));
  git(repository, 'init', '-q');
  for (const content of [`${text}\n`, 'removed again\n']) {
    writeFileSync(join(repository, 'settings.txt'), content);
    git(repository, 'add', '.');
    git(repository, 'commit', '-q', '-m', 'change');
  }
  return { fault: `${fault}, committed and removed again`, expect, complaints: leaks(gitleaks, 'git', repository) };
}

try {
  const gitleaks = toolOrNotice('gitleaks', 'secrets in files and commits');
  const complaints = [];
  const plants = [];
  const figures = {};
  if (gitleaks) {
    figures.commits = Number(git('.', 'rev-list', '--count', 'HEAD'));
    complaints.push(...leaks(gitleaks, 'git', '.'));
    const { copy, files } = copyOfTree();
    figures.files = files;
    if (files < 300) complaints.push(`only ${files} files were read`);
    complaints.push(...leaks(gitleaks, 'dir', copy));
    plants.push(...Object.entries(plantedSecrets).map(([fault, what]) => plant(gitleaks, what, fault)));
    writeFileSync(join(copy, 'new-file.txt'), plantedSecrets['a service’s private JWK'][0]);
    plants.push({ fault: 'a private JWK in a file that is not committed', expect: /private-jwk: new-file/, complaints: leaks(gitleaks, 'dir', copy) });
  }
  verdict({ name: 'check:leaks', complaints, plants, figures, checked: gitleaks !== undefined });
} finally {
  rmSync(work, { recursive: true, force: true });
}
