// Everything that a service of Muster puts around the list of twenty, or everything but some parts: `stack-server.ts [part…]`.
import type * as fixture from '@muster/platform/testing/fixture/config';
import { switchOff } from './parts';
import type * as serving from './serve-stack';
import type * as twenties from './twenty.module';

switchOff(process.argv.slice(2));

// Only now: what is loaded later gets the stand-ins.
const { serveStack } = require('./serve-stack') as typeof serving;
const { TwentyModule } = require('./twenty.module') as typeof twenties;
const { config } = require('@muster/platform/testing/fixture/config') as typeof fixture;
void serveStack(TwentyModule, config, ['worker', 'contractor']);
