import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** A file of a layer as far as two builds may differ in it. */
export interface Entry {
  readonly path: string;
  /** tar's letter: 0 file, 1 hard link, 2 symbolic link, 5 folder. */
  readonly type: string;
  readonly mode: number;
  readonly owner: string;
  readonly modified: number;
  readonly size: number;
  readonly link: string;
  readonly digest: string;
  /** Undefined for what is no file. */
  readonly content: (() => Buffer) | undefined;
}

const BLOCK = 512;

/** The entries of an uncompressed tar: ustar with the long names of GNU and pax, which is what layers are. */
export function readTar(file: string): Entry[] {
  const handle = openSync(file, 'r');
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    readSync(handle, bytes, 0, length, at);
    return bytes;
  };
  const entries: Entry[] = [];
  let longName: string | undefined;
  let pax: Record<string, string> = {};
  try {
    for (let at = 0; ; ) {
      const header = read(at, BLOCK);
      if (header.every((byte) => byte === 0)) return entries;
      const text = (from: number, length: number) => header.subarray(from, from + length).toString('utf8').replace(/\0.*$/s, '');
      const octal = (from: number, length: number) => Number.parseInt(text(from, length).trim() || '0', 8);
      const size = Number(pax['size'] ?? octal(124, 12));
      const body = at + BLOCK;
      const type = text(156, 1) || '0';
      at = body + Math.ceil(size / BLOCK) * BLOCK;
      if (type === 'L') longName = read(body, size).toString('utf8').replace(/\0.*$/s, '');
      else if (type === 'x') pax = paxOf(read(body, size).toString('utf8'));
      else if (type !== 'g' && type !== 'K') {
        const prefix = text(345, 155);
        const path = longName ?? pax['path'] ?? (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100));
        const content = type === '0' ? () => contentOf(file, body, size) : undefined;
        entries.push({
          path, type, size, content,
          mode: octal(100, 8),
          owner: `${octal(108, 8)}:${octal(116, 8)}`,
          modified: Number(pax['mtime'] ?? octal(136, 12)),
          link: pax['linkpath'] ?? text(157, 100),
          digest: type === '0' ? createHash('sha256').update(read(body, size)).digest('hex') : '',
        });
        longName = undefined;
        pax = {};
      }
    }
  } finally {
    closeSync(handle);
  }
}

function contentOf(file: string, at: number, size: number): Buffer {
  const handle = openSync(file, 'r');
  const bytes = Buffer.alloc(size);
  readSync(handle, bytes, 0, size, at);
  closeSync(handle);
  return bytes;
}

/** `<length> <key>=<value>\n`, again and again. */
function paxOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at < text.length; ) {
    const length = Number.parseInt(text.slice(at), 10);
    if (!(length > 0)) break;
    const [, key = '', value = ''] = /^\d+ ([^=]+)=([^]*)\n$/.exec(text.slice(at, at + length)) ?? [];
    found[key] = value;
    at += length;
  }
  return found;
}
