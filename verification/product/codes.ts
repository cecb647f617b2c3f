import { readDevOutbox } from '@muster/contracts/auth/routes';
import { eventually } from '@muster/platform/testing/eventually';
import { z } from 'zod';
import type { Site } from './visitor';

const PATIENCE_MS = 20_000;
const found = z.object({ messages: z.array(z.object({ ID: z.string() })) });
const read = z.object({ Subject: z.string(), Text: z.string() });

function codeIn(text: string, email: string): string {
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (code === undefined) throw new Error(`no code came for ${email}`);
  return code;
}

/** Codes in mail that Mailpit took in, by its API. */
export function codeFromMailpit(address: string): Site['codeFor'] {
  const ask = async (path: string): Promise<unknown> => (await fetch(`${address}/api/v1${path}`, { signal: AbortSignal.timeout(5000) })).json();
  return ({ email }) =>
    eventually(async () => {
      const [newest] = found.parse(await ask(`/search?query=${encodeURIComponent(`to:"${email}"`)}`)).messages;
      const { Subject, Text } = newest ? read.parse(await ask(`/message/${newest.ID}`)) : { Subject: '', Text: '' };
      return codeIn(`${Subject}\n${Text}`, email);
    }, PATIENCE_MS);
}

/** Codes in the outbox that a Muster without mail shows to a browser at its own machine. */
export function codeFromOutbox(terminalCookie: () => string | Promise<string>): Site['codeFor'] {
  return (visitor) =>
    eventually(async () => {
      visitor.keepCookie(await terminalCookie());
      const { items } = await visitor.call(readDevOutbox);
      const mail = items.find(({ to }) => to === visitor.email);
      return codeIn(`${mail?.subject} ${mail?.body}`, visitor.email);
    }, PATIENCE_MS);
}
