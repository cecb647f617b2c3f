// Secrets as files, a folder for each who reads them: what compose mounts.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { certificate } from './certificate.mjs';
import { addresses, backingNames, ownSecrets, password, publicSet, services } from './values.mjs';

const hosts = { postgres: 'postgres:5432', nats: 'nats:4222', valkey: 'valkey:6379', mail: 'mailpit:1025' };

/**
 * `<service>/<VARIABLE>`, `shared/service-keys.json`, `postgres/<PASSWORD>`, `nats/nats.env`, `valkey/valkey.conf`,
 * `web/{certificate,key}.pem`, and `passwords/` for the next run.
 *
 * @param {string} folder
 * @param {string[]} names of the host that the certificate is for
 */
export async function writeFiles(folder, names) {
  const count = { made: 0, kept: 0 };
  /** Written beside and renamed: a kill leaves either no secret or a whole one. */
  const write = (name, text) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    // Readable by all: who may read which file is decided by who has its folder mounted.
    writeFileSync(`${file}.new`, text, { mode: 0o644 });
    renameSync(`${file}.new`, file);
    return text;
  };
  const keep = (name, make) => {
    const file = join(folder, name);
    const there = existsSync(file);
    count[there ? 'kept' : 'made'] += 1;
    return there ? readFileSync(file, 'utf8') : write(name, make());
  };

  const passwords = Object.fromEntries(backingNames.map((name) => [name, keep(`passwords/${name}`, password)]));
  const keys = [];
  for (const service of services) {
    const own = Object.entries(ownSecrets(service)).map(([name, make]) => [name, keep(`${service}/${name}`, make)]);
    keys.push(own.find(([name]) => name === 'SERVICE_KEY')[1]);
    for (const [name, text] of Object.entries(addresses(service, passwords, hosts))) write(`${service}/${name}`, text);
  }
  write('shared/service-keys.json', publicSet(keys));
  for (const [name, value] of Object.entries(passwords)) {
    if (!/^(NATS|VALKEY)_/.test(name)) write(`postgres/${name}`, value);
  }
  const broker = Object.entries(passwords).filter(([name]) => name.startsWith('NATS_'));
  write('nats/nats.env', broker.map(([name, value]) => `${name}=${value}\n`).join(''));
  write('valkey/valkey.conf', `requirepass ${passwords.VALKEY_PASSWORD}\n`);

  if (!existsSync(join(folder, 'web/certificate.pem'))) {
    const { cert, key } = await certificate(names);
    keep('web/key.pem', () => key);
    keep('web/certificate.pem', () => cert);
  } else count.kept += 2;
  return count;
}
