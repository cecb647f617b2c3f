import { config as auth } from '@muster/auth/config';
import { config as communication } from '@muster/communication/config';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { config as matching } from '@muster/matching/config';
import { config as notification } from '@muster/notification/config';
import type { ServiceConfig } from '@muster/platform/config/define-config';
import { config as user } from '@muster/user/config';

/** The environment that each service reads, by its name. */
export const serviceConfigs: Readonly<Record<ServiceName, ServiceConfig>> = { auth, user, matching, communication, notification };
