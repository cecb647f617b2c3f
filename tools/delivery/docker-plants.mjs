// A fault for every rule about the Dockerfile, compose.yaml and .dockerignore. When: within `npm run check:docker`.

import { replaced } from './verdict.mjs';

const inFile = (name, from, to) => (project) => ({ ...project, [name]: replaced(project[name], from, to) });
const inService = (name, change) => (project) => ({
  ...project,
  compose: { ...project.compose, services: { ...project.compose.services, [name]: { ...project.compose.services[name], ...change } } },
});
const inEnvironment = (variables) => (project) => inService('auth', { environment: { ...project.compose.services.auth.environment, ...variables } })(project);

export const dockerPlants = [
  ['a base that no digest pins', inFile('dockerfile', /FROM \$\{NODE_IMAGE\}\S* AS node/, 'FROM node:24 AS node'), /no digest can pin/],
  ['root in the images', inFile('dockerfile', 'USER 10001:10001', 'USER root'), /auth runs as root/],
  ['a user by name', inFile('dockerfile', 'USER 10001:10001', 'USER node'), /auth runs as node/],
  ['a password in a layer', inFile('dockerfile', 'ENV NODE_ENV', 'ENV DATABASE_PASSWORD=x NODE_ENV'), /secret in its layers/],
  ['a file from the web', inFile('dockerfile', 'WORKDIR /built', 'WORKDIR /built\nADD https://example.org/x /x'), /adds from the web/],
  ['a shell in between', inFile('dockerfile', 'CMD ["node", "apps/auth/dist/main.js"]', 'CMD node apps/auth/dist/main.js'), /auth starts through a shell/],
  ['no health check', inFile('dockerfile', /HEALTHCHECK .*/, ''), /auth has no HEALTHCHECK/],
  ['the whole context in an image', inFile('dockerfile', 'FROM service AS auth\n', 'FROM service AS auth\nCOPY . /app\n'), /copies the whole context/],
  ['an image that the Dockerfile has not', (project) => ({ ...project, targets: [...project.targets, 'billing'] }), /no stage billing/],
  ['a port open to the network', inService('web', { ports: [{ target: 8443, published: '8443', host_ip: '0.0.0.0' }] }), /web opens port 8443/],
  ['a password in an environment', inEnvironment({ DATABASE_URL: 'postgres://x' }), /auth has DATABASE_URL/],
  ['a privileged container', inService('auth', { privileged: true }), /auth is privileged/],
  ['the daemon’s socket', inService('auth', { volumes: [{ type: 'bind', source: '/var/run/docker.sock' }] }), /reaches the container daemon/],
  ['privileges to gain', inService('auth', { security_opt: [] }), /auth can gain privileges/],
  ['memory without end', inService('auth', { mem_limit: undefined }), /auth has no memory limit/],
  ['a root that can be written', inService('auth', { read_only: false }), /auth can write its root/],
  ['an image without a tag', inService('nats', { image: 'nats' }), /nats takes an image without a tag/],
  ['no first line that ignores everything', inFile('dockerignore', /^\*$/m, ''), /\.git\/config would reach/],
  ['packages of this machine', inFile('dockerignore', '**/node_modules', ''), /apps\/auth\/node_modules\/a\.js would reach/],
  ['settings with secrets', inFile('dockerignore', '**/.env*', ''), /\.env\.local would reach/],
  ['private keys', inFile('dockerignore', '**/*.pem', ''), /tls\.pem would reach/],
  ['a source that is kept back', inFile('dockerignore', '!apps\n', ''), /apps\/auth\/src\/main\.ts is kept/],
];
