// The HEALTHCHECK of a service's image: is this replica ready? Needs no shell and no curl.
import { get } from 'node:http';

const port = process.env.OPS_PORT ?? '9000';
get({ host: '127.0.0.1', port, path: '/health/ready', timeout: 2500 }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
