import type { Answer } from '../api/client';
import { useRead } from '../api/queries';

/** Only a Muster on this very machine has a terminal that may have printed a link for this browser. */
const isThisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

const closed: Answer<'auth.readTerminal'> = { isOpen: false, keepsMail: false, guests: [] };

/** What this browser may do because the link of the terminal was opened in it: read mail and look around the demo. */
export function useTerminal(): Answer<'auth.readTerminal'> {
  const { data } = useRead('auth.readTerminal', {}, { enabled: isThisMachine });
  return data ?? closed;
}
