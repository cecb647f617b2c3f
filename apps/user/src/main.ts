import { runService } from '@muster/platform/service/run-service';
import { config } from './config';
import { UserModule } from './user.module';

void runService(UserModule, config);
