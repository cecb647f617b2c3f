import * as events from '@muster/contracts/notification/events';
import { defineConfig, migrationsBeside } from '@muster/platform/config/define-config';

export const config = defineConfig({ service: 'notification', migrations: migrationsBeside(__dirname), publishes: Object.values(events), env: {} });
