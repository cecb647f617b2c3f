import { runService } from '@muster/platform/service/run-service';
import { AuthModule } from './auth.module';
import { config } from './config';

void runService(AuthModule, config);
