import type { Route } from '@muster/contracts/kernel/route';
import { Injectable } from '@nestjs/common';

/** The contract routes that this service serves, noted as Fastify registers them. */
@Injectable()
export class ServedRoutes {
  private readonly served = new Map<string, { route: Route; pattern: RegExp }>();
  private readonly others = new Set<string>();

  addRoute(route: Route): void {
    const pattern = route.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+');
    this.served.set(`${route.method} ${route.path}`, { route, pattern: new RegExp(`^${pattern}$`) });
  }

  addUncontractedRoute(method: string, path: string): void {
    this.others.add(`${method} ${path}`);
  }

  /** `<method> <path>` of what runs without a contract. */
  uncontractedRoutes(): string[] {
    return [...this.others];
  }

  allRoutes(): Route[] {
    return [...this.served.values()].map(({ route }) => route);
  }

  /** Methods that the address answers, for a 405; empty when it answers none. Internal routes stay unseen from outside. */
  methodsOf(path: string, internal: boolean): string[] {
    return [...this.served.values()]
      .filter(({ route, pattern }) => (route.access.kind === 'service') === internal && pattern.test(path))
      .map(({ route }) => route.method);
  }
}
