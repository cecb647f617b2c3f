import { runService } from '@muster/platform/service/run-service';
import { config } from './config';
import { NotificationModule } from './notification.module';

void runService(NotificationModule, config);
