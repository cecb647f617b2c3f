import { setFlagsFromString } from 'node:v8';

/**
 * Loading two thousand modules would grow V8's young generation to its 16 MB thrice over, and an idle process never
 * gives that back: 20 MB of a service's memory. Held small while a process starts, it grows when requests ask for it.
 * Import this before anything large.
 */
setFlagsFromString('--semi-space-growth-factor=1');

export function letYoungGenerationGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
