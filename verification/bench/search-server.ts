// Matching as production runs it, on a table of workers that is there already.
import { config } from '../../apps/matching/src/config';
import { MatchingModule } from '../../apps/matching/src/matching.module';
import { serveStack } from './serve-stack';

void serveStack(MatchingModule, config, ['contractor']);
