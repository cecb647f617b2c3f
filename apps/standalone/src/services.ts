import { AuthModule } from '@muster/auth/auth.module';
import { config as authConfig } from '@muster/auth/config';
import { CommunicationModule } from '@muster/communication/communication.module';
import { config as communicationConfig } from '@muster/communication/config';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { config as matchingConfig } from '@muster/matching/config';
import { MatchingModule } from '@muster/matching/matching.module';
import { config as notificationConfig } from '@muster/notification/config';
import { NotificationModule } from '@muster/notification/notification.module';
import type { ServiceConfig } from '@muster/platform/config/define-config';
import { config as userConfig } from '@muster/user/config';
import { UserModule } from '@muster/user/user.module';
import type { Type } from '@nestjs/common';

/** The five services: the only list of them outside the contracts. */
export const services: Record<ServiceName, { module: Type; config: ServiceConfig }> = {
  auth: { module: AuthModule, config: authConfig },
  user: { module: UserModule, config: userConfig },
  matching: { module: MatchingModule, config: matchingConfig },
  communication: { module: CommunicationModule, config: communicationConfig },
  notification: { module: NotificationModule, config: notificationConfig },
};
