import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@muster/contracts/catalogue';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { openApiDocument } from '@muster/platform/openapi/document';

/** The OpenAPI document of a service, as it is served under `docs/openapi.json`. */
export function documentOf(service: ServiceName): Record<string, unknown> {
  return openApiDocument(service, routes[service], '/');
}

/** Writes the five documents as `<service>.json` into a new folder. @returns the folder */
export function writeDocuments(folder = mkdtempSync(join(tmpdir(), 'muster-openapi-'))): string {
  mkdirSync(folder, { recursive: true });
  for (const service of serviceNames) writeFileSync(join(folder, `${service}.json`), JSON.stringify(documentOf(service), null, 1));
  return folder;
}
