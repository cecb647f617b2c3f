import * as events from '@muster/contracts/communication/events';
import { defineConfig, migrationsBeside } from '@muster/platform/config/define-config';

export const config = defineConfig({ service: 'communication', migrations: migrationsBeside(__dirname), publishes: Object.values(events), env: {} });
