// What main runs, on a project folder of the test's own (first argument): a version and a web app of one page.
import { run } from '../src/run';

const [project = '', ...args] = process.argv.slice(2);
run(args, project);
