import type { PersonId } from '../kernel/ids';
import type { JobId } from '../matching/ids';
import type { ConversationId } from './ids';

/**
 * The id of a job's conversation with one worker. It is derived, so that matching can name it in an invite before
 * communication has made it: a UUIDv7 with the job's 48-bit time, whose other 74 bits are a hash of job and worker.
 *
 * The hash mixes (MurmurHash3's 32-bit steps over four lanes) but does not keep secrets: knowing the id gives no access
 * to the conversation.
 */
export function conversationOf(jobId: JobId, worker: PersonId): ConversationId {
  const [a, b, c] = mixed(`${jobId}:${worker}`);
  const versioned = 0x7000 | (a >>> 20);
  const variant = 0x8000 | (a & 0x3fff);
  return `${jobId.slice(0, 13)}-${hex(versioned, 4)}-${hex(variant, 4)}-${hex(b, 8)}${hex(c & 0xffff, 4)}` as ConversationId;
}

function mixed(text: string): readonly [number, number, number] {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  let c = 0xc2b2ae35;
  let d = 0x27d4eb2f;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(b ^ unit, 0xcc9e2d51);
    a ^= a >>> 15;
    b = Math.imul(c ^ a, 0x1b873593);
    b ^= b >>> 13;
    c = Math.imul(d ^ b ^ unit, 0xe6546b64);
    c ^= c >>> 16;
    d = (Math.imul(a, 5) + c + 0x38b34ae5) | 0;
  }
  return [finished(a ^ d), finished(b ^ Math.imul(d, 3)), finished(c ^ Math.imul(d, 7))];
}

/** MurmurHash3's finalizer: each bit of the input flips each bit of the output with a chance of one half. */
function finished(lane: number): number {
  let hash = lane;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function hex(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(digits, '0');
}
