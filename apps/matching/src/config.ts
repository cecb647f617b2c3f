import * as events from '@muster/contracts/matching/events';
import { defineConfig, migrationsBeside } from '@muster/platform/config/define-config';

export const config = defineConfig({ service: 'matching', migrations: migrationsBeside(__dirname), publishes: Object.values(events), env: {} });
