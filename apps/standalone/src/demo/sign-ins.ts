import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Guests } from '@muster/auth/guests/guests';
import type { Hat } from '@muster/contracts/auth/views';
import type { Service } from '@muster/platform/service/service';
import type { Secrets } from '../secrets';
import type { TerminalLink } from '../terminal-link';

/** A named account of the demo. */
export interface SignIn {
  readonly hat: Hat;
  readonly email: string;
  readonly password: string;
  /** A link that signs in a browser of this machine once. */
  readonly link: string;
}

/** The file by which a folder records that it holds the demo. */
export const demoNote = (folder: string): string => join(folder, 'demo.json');

/**
 * Tells how to look around in the demo that the folder holds; the passwords are the same at each start. Auth learns of
 * the accounts, so that a browser that opened the terminal's link may look around as them.
 */
export function offerSignIns(folder: string, auth: Pick<Service, 'app'>, secrets: Secrets, terminal: TerminalLink): SignIn[] {
  if (!existsSync(demoNote(folder))) return [];
  const accounts = JSON.parse(readFileSync(demoNote(folder), 'utf8')) as { hat: Hat; email: string }[];
  auth.app.get(Guests, { strict: false }).inviteGuests(new Map(accounts.map(({ hat, email }) => [hat, email])));
  return accounts.map(({ hat, email }) => ({
    hat,
    email,
    password: secrets.demoPassword(hat),
    link: terminal.linkOnceTo(`/dev/look-around/${hat}`),
  }));
}
