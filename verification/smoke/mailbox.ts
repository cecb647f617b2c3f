import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export interface Mailbox {
  /** The newest code of six digits that went to an address. @throws Error when none comes within 20 s */
  codeFor(email: string): Promise<string>;
}

const found = z.object({ messages: z.array(z.object({ ID: z.string() })) });
const read = z.object({ Subject: z.string(), Text: z.string() });

/** Mail that Mailpit took in, by its API. */
export function mailpit(address: string): Mailbox {
  const ask = async <S extends z.ZodType>(path: string, shape: S): Promise<z.output<S>> => {
    const response = await fetch(`${address}/api/v1${path}`, { signal: AbortSignal.timeout(5000) });
    return shape.parse(await response.json());
  };
  return {
    async codeFor(email) {
      for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
        const { messages } = await ask(`/search?query=${encodeURIComponent(`to:"${email}"`)}`, found);
        if (!messages[0]) continue;
        const { Subject, Text } = await ask(`/message/${messages[0].ID}`, read);
        const code = /\b\d{6}\b/.exec(`${Subject}\n${Text}`)?.[0];
        if (code) return code;
      }
      throw new Error(`no code came to ${email}`);
    },
  };
}
