import { defineConfig, migrationsBeside } from '@muster/platform/config/define-config';

export const config = defineConfig({ service: 'notification', migrations: migrationsBeside(__dirname), env: {} });
