import { runService } from '@muster/platform/service/run-service';
import { CommunicationModule } from './communication.module';
import { config } from './config';

void runService(CommunicationModule, config);
