import { createHash } from 'node:crypto';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { errorCode } from '../start-problem';

const PIECE = 256 * 1024;

/** Writes files into a tar while others may write them, and remembers the SHA-256 of what it wrote. */
export class ArchiveWriter {
  readonly hashes: Record<string, string> = {};
  readonly stream: Pack = pack();

  /** Adds a folder with everything in it. `skip` is asked with each path below it, and with `path/` for what a folder holds. */
  async addFolder(folder: string, name: string, skip: (path: string) => boolean, below = ''): Promise<void> {
    this.stream.entry({ name: `${name}/${below}`, type: 'directory', mode: 0o700 });
    if (below !== '' && skip(below)) return;
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below + entry.name;
      if (skip(path)) continue;
      if (entry.isDirectory()) await this.addFolder(folder, name, skip, `${path}/`);
      else if (entry.isFile()) await this.addFile(join(folder, path), `${name}/${path}`);
    }
  }

  /** A file that is gone meanwhile is left out: the write-ahead log knows of its removal. */
  async addFile(path: string, name: string): Promise<void> {
    const file = await open(path).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) return;
    try {
      const { size } = await file.stat();
      await this.write(name, size, pieces(file, size));
    } finally {
      await file.close();
    }
  }

  async addText(name: string, text: string): Promise<void> {
    await this.write(name, Buffer.byteLength(text), [Buffer.from(text)]);
  }

  private async write(name: string, size: number, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const hash = createHash('sha256');
    const hashed = async function* (): AsyncGenerator<Buffer> {
      for await (const piece of content) {
        hash.update(piece);
        yield piece;
      }
    };
    await pipeline(Readable.from(hashed(), { objectMode: false }), this.stream.entry({ name, size, mode: 0o600 }));
    this.hashes[name] = hash.digest('hex');
  }
}

/**
 * Exactly `size` bytes, as the header has promised them: what was appended meanwhile is left out, what was cut off is
 * zeros. The write-ahead log mends both.
 */
async function* pieces(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.alloc(Math.min(PIECE, size - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    yield bytesRead === 0 ? piece : piece.subarray(0, bytesRead);
    at += bytesRead || piece.length;
  }
}
