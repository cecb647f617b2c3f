import * as events from '@muster/contracts/user/events';
import { defineConfig, migrationsBeside } from '@muster/platform/config/define-config';

export const config = defineConfig({ service: 'user', migrations: migrationsBeside(__dirname), publishes: Object.values(events), env: {} });
