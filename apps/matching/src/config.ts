import { defineConfig, migrationsBeside } from '@muster/platform/config/define-config';

export const config = defineConfig({ service: 'matching', migrations: migrationsBeside(__dirname), env: {} });
