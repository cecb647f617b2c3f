// What there is to keep secret, and how each value is made.
import { generateKeyPairSync, randomBytes } from 'node:crypto';

export const services = ['auth', 'user', 'matching', 'communication', 'notification'];

/** Letters and digits only, a letter first: it goes into addresses, and NATS takes what begins with a digit for a number. */
export const password = () => `m${randomBytes(24).toString('hex')}`;
/** 256 bits. */
export const secret = () => randomBytes(32).toString('base64url');

/** A private ES256 key as a JWK in JSON. Its id begins with the service's name: a key speaks for its own service only. */
export function serviceKey(service) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = `${service}.${randomBytes(6).toString('base64url')}`;
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' });
}

/** The public halves as a JWK set, in JSON. @param {string[]} privateKeys JWKs in JSON */
export function publicSet(privateKeys) {
  const keys = privateKeys.map((text) => {
    const { kty, crv, x, y, kid, alg, use } = JSON.parse(text);
    return { kty, crv, x, y, kid, alg, use };
  });
  return JSON.stringify({ keys });
}

/** Names of the passwords that the backing services are given: of PostgreSQL's roles, NATS's users and Valkey. */
export const backingNames = [
  'POSTGRES_PASSWORD',
  ...services.flatMap((name) => [`${name.toUpperCase()}_SERVICE_PASSWORD`, `${name.toUpperCase()}_MIGRATOR_PASSWORD`]),
  ...services.map((name) => `NATS_${name.toUpperCase()}_PASSWORD`),
  'VALKEY_PASSWORD',
];

/**
 * The secret variables of one service, by the passwords of the backing services and where those are.
 *
 * @param {string} service
 * @param {Record<string, string>} passwords by {@link backingNames}
 * @param {{ postgres: string, nats: string, valkey: string, mail: string }} hosts host:port of each
 */
export function addresses(service, passwords, hosts) {
  const upper = service.toUpperCase();
  const database = (role, of) => `postgres://${service}_${role}:${passwords[`${upper}_${of}_PASSWORD`]}@${hosts.postgres}/muster_${service}`;
  return {
    DATABASE_URL: database('service', 'SERVICE'),
    DATABASE_MIGRATOR_URL: database('migrator', 'MIGRATOR'),
    NATS_URL: `nats://${service}:${passwords[`NATS_${upper}_PASSWORD`]}@${hosts.nats}`,
    VALKEY_URL: `redis://default:${passwords.VALKEY_PASSWORD}@${hosts.valkey}`,
    ...(service === 'auth' ? { MAIL_URL: `smtp://${hosts.mail}` } : {}),
  };
}

/** What a service makes up for itself. */
export const ownSecrets = (service) => ({
  SERVICE_KEY: () => serviceKey(service),
  CURSOR_SECRET: secret,
  ...(service === 'auth' ? { AUTH_SECRET: secret } : {}),
});
