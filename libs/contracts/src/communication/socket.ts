import { z } from 'zod';
import { liveHint } from '../kernel/event';
import { int } from '../kernel/integer';

/** The first frame a client sends on /ws; anything else, or none within 5 s, closes the socket with 4401. */
export const hello = z.strictObject({ type: z.literal('hello'), ticket: z.string().min(20).max(200) });

/** Frames that the server sends. `refetch`: something may have been missed, ask again for all that is shown. */
export const serverFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), heartbeatSeconds: int() }),
  z.object({ type: z.literal('hint'), hint: liveHint }),
  z.object({ type: z.literal('refetch') }),
  z.object({ type: z.literal('beat') }),
]);
export type ServerFrame = z.infer<typeof serverFrame>;

/**
 * Close codes of the application (`tooMany`: the person or the session has the most open sockets allowed). 1012 is the
 * standard's service restart: reconnect after a random wait.
 */
export const closeCodes = { notWelcome: 4401, sessionOver: 4403, tooFast: 4429, tooMany: 4409, restart: 1012 } as const;
