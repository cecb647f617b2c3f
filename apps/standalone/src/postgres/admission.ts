import { chmodSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Server settings that name the two files. */
export interface Admission {
  readonly hba_file: string;
  readonly ident_file: string;
}

/**
 * Writes the rules of who may connect: the user who started the database, under every role, and nobody else. The
 * operating system identifies the other end of the socket (peer authentication), so there is no password to steal. This
 * matters for root, whose database runs as `nobody` like other programs of the machine, which could reach the socket.
 *
 * The files lie beside the cluster and belong to the user who started it, so that programs running as the database's
 * account cannot change them.
 */
export function writeAdmission(dataFolder: string): Admission {
  const files = { hba_file: `${dataFolder}.hba.conf`, ident_file: `${dataFolder}.ident.conf` };
  write(files.hba_file, 'local all all peer map=starter');
  write(files.ident_file, `starter ${quoted(ownName())} all`);
  return files;
}

function write(file: string, line: string): void {
  writeFileSync(file, `# Written anew at each start.\n${line}\n`);
  chmodSync(file, 0o644); // set explicitly whatever the umask: the database has to read the file, and nothing in it is secret
}

/** The name of the current user. PostgreSQL itself refuses a user without a name, with a clear message. */
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
