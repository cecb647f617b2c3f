// Everything that a service of Muster puts around the list of twenty, or everything but some parts: `stack-server.ts [part…]`.
import 'reflect-metadata';
import { switchOff } from './parts';

switchOff(process.argv.slice(2));

const { serveStack } = require('./serve-stack') as typeof import('./serve-stack');
const { TwentyModule } = require('./twenty.module') as typeof import('./twenty.module');
const { config } = require('@muster/platform/testing/fixture/config') as typeof import('@muster/platform/testing/fixture/config');
void serveStack(TwentyModule, config, ['worker', 'contractor']);
