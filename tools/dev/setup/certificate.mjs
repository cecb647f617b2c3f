// A certificate that a machine signs for itself; browsers ask once whether to believe it.
import { generate } from 'selfsigned';

const YEAR_MS = 365 * 86_400_000;

/** @param {string[]} names host names; 127.0.0.1 and ::1 are in it as well */
export async function certificate(names) {
  const altNames = [...names.map((value) => ({ type: 2, value })), { type: 7, ip: '127.0.0.1' }, { type: 7, ip: '::1' }];
  const made = await generate([{ name: 'commonName', value: names[0] }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + YEAR_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { cert: made.cert, key: made.private };
}
