import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { errorCode, StartProblem } from '../start-problem';

/** Every file of the age format begins with this line (age-encryption.org/v1). */
export const SEALED = Buffer.from('age-encryption.org/v1\n');

/** Encrypts a stream so that only the owner of the recipient's identity can read it. @throws StartProblem */
export async function seal(plain: Readable, recipient: string): Promise<Readable> {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new StartProblem(`--recipient must be a public key of age, like age1…, not "${recipient}". --make-key FILE makes one.`);
  }
  return asNode(await encrypter.encrypt(asWeb(plain)));
}

/** Decrypts a file. @throws StartProblem for an identity file that holds none, and for one that does not fit */
export async function unseal(sealedFile: string, identityFile: string | undefined): Promise<Readable> {
  if (identityFile === undefined) throw new StartProblem('The backup is encrypted: name the file with its key by --identity.');
  const decrypter = new Decrypter();
  try {
    for (const line of readFileSync(identityFile, 'utf8').split(/\r?\n/)) if (line && !line.startsWith('#')) decrypter.addIdentity(line);
  } catch (error) {
    throw new StartProblem(`${identityFile} holds no key of age (${errorCode(error) ?? 'it begins with AGE-SECRET-KEY-1'}).`);
  }
  const sealed = createReadStream(sealedFile);
  try {
    return asNode(await decrypter.decrypt(asWeb(sealed)));
  } catch {
    sealed.destroy();
    throw new StartProblem(`The key in ${identityFile} does not open this backup: it was encrypted for another one.`);
  }
}

/** A new key: the text of its file, and the recipient for `--recipient`. */
export async function makeKey(): Promise<{ file: string; recipient: string }> {
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  return { file: `# public key: ${recipient}\n${identity}\n`, recipient };
}

// The web streams of Node and of the DOM's types are the same objects under two names.
type WebStream = Parameters<typeof Readable.fromWeb>[0];
const asWeb = (stream: Readable): ReadableStream<Uint8Array> => Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>;
const asNode = (stream: ReadableStream<Uint8Array>): Readable => Readable.fromWeb(stream as unknown as WebStream);
