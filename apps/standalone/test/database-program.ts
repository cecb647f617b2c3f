// A program that claims a data folder and keeps a database running in it until it is ended.
import { join } from 'node:path';
import { claimDataFolder } from '../src/data-folder';
import { startPostgres } from '../src/postgres/start-postgres';
import { StartProblem } from '../src/start-problem';

async function run(folder: string): Promise<void> {
  const data = claimDataFolder(folder);
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), say: (line) => console.log(line) });
  const keepAlive = setInterval(() => undefined, 1000);
  process.once('SIGTERM', () => {
    void postgres.stop().then(() => {
      clearInterval(keepAlive);
      data.release();
    });
  });
  console.log(`ready pid=${postgres.pid} url=${postgres.url('postgres')} files=${postgres.dataFolder} sockets=${postgres.socketFolder}`);
}

run(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error instanceof StartProblem ? `PROBLEM: ${error.message}` : error);
  process.exitCode = 1;
});
