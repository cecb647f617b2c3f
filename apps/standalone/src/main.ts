import { join } from 'node:path';
import { run } from './run';

run(process.argv.slice(2), join(__dirname, '..', '..', '..'));
