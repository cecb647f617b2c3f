// Runs the same as main, on a project folder of the test (first argument) with a version and a web app of one page.
import { run } from '../src/run';

const [project = '', ...args] = process.argv.slice(2);
run(args, project);
