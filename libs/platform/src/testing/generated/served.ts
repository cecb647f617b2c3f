import type { Route } from '@muster/contracts/kernel/route';
import { ServedRoutes } from '../../http/served-routes';
import type { ContractSubject, ContractWorld } from './contract-world';

/** Answered by every service without a contract: probes, metrics and the documents made from the contracts. */
const withoutContract = /^GET (\/health(\/live|\/ready|\/started)?|\/ready|\/metrics|\/api\/v1\/[a-z]+\/docs(\/openapi\.json|\/\*)?)$/;

/** Contracts that do not run, and what runs without its contract. */
export function differences({ declared }: Pick<ContractSubject, 'declared'>, { service }: ContractWorld): string[] {
  const served = service.app.get(ServedRoutes);
  const running = new Set(served.allRoutes());
  const names = new Set(declared.map(({ id }) => id));
  return [
    ...declared.filter((route) => !running.has(route)).map((route) => `${named(route)} is declared and does not run as declared`),
    ...served.allRoutes().filter((route) => !declared.includes(route)).map((route) => `${named(route)} runs and is ${names.has(route.id) ? 'not as declared' : 'not declared'}`),
    ...served.uncontractedRoutes().filter((address) => !withoutContract.test(address)).map((address) => `${address} runs without a contract`),
  ];
}

function named({ id, method, path }: Route): string {
  return `${id} (${method} ${path})`;
}
