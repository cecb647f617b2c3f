import { runService } from '@muster/platform/service/run-service';
import { config } from './config';
import { MatchingModule } from './matching.module';

void runService(MatchingModule, config);
