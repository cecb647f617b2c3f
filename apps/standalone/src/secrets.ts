import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ServiceName } from '@muster/contracts/kernel/ids';

interface Jwk extends Record<string, unknown> {
  kid: string;
}

/** Keys that are made once and stored with the data; otherwise sessions and cursors would end with each restart. */
export class Secrets {
  private readonly folder: string;

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'keys');
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  /** 32 random bytes in base64url. */
  random(service: ServiceName, name: string): string {
    return this.kept(`${service}.${name}`, () => randomBytes(32).toString('base64url'));
  }

  /** A private ES256 key as a JWK in JSON; its key id starts with the service's name. */
  privateKey(service: ServiceName, name: string): string {
    return this.kept(`${service}.${name}`, () => JSON.stringify(newKey(service)));
  }

  /** The public parts of every service's `name` key, as a JWK set. */
  publicKeys(name: string): string {
    const keys = serviceNames.map((service) => publicHalf(JSON.parse(this.privateKey(service, name)) as Jwk));
    return JSON.stringify({ keys });
  }

  /** Makes a password that a person can type. */
  demoPassword(name: string): string {
    return this.kept(`demo.${name}`, () => `demo-${randomBytes(6).toString('hex')}`);
  }

  /** Writes the key to another file and renames it, so that an interruption leaves either no key or a whole one. */
  private kept(name: string, make: () => string): string {
    const file = join(this.folder, name);
    if (!existsSync(file)) {
      writeFileSync(`${file}.new`, make(), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    }
    return readFileSync(file, 'utf8');
  }
}

function newKey(service: ServiceName): Jwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = `${service}.${randomBytes(6).toString('base64url')}`;
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
}

function publicHalf({ d: _private, ...rest }: Jwk): Jwk {
  return rest as Jwk;
}
