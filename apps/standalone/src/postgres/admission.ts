import { chmodSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Server settings that name the two files. */
export interface Admission {
  readonly hba_file: string;
  readonly ident_file: string;
}

/**
 * Writes who may connect: whoever started the database, under every role, and nobody else. The operating system says who
 * is at the other end of the socket (peer authentication), so that there is no password that could be found. It matters
 * for root, whose database runs as `nobody`, as other programs of the machine do: they could pass to the socket.
 *
 * The files stand beside the cluster and belong to whoever started it: what runs as the database can't change them.
 */
export function writeAdmission(dataFolder: string): Admission {
  const files = { hba_file: `${dataFolder}.hba.conf`, ident_file: `${dataFolder}.ident.conf` };
  write(files.hba_file, 'local all all peer map=starter');
  write(files.ident_file, `starter ${quoted(ownName())} all`);
  return files;
}

function write(file: string, line: string): void {
  writeFileSync(file, `# Written anew at each start.\n${line}\n`);
  chmodSync(file, 0o644); // whatever the mask of this process: the database has to read it, and nothing in it is secret
}

/** A user without a name is refused by PostgreSQL itself, with a sentence that says so. */
function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
