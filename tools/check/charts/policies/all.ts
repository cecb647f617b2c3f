import * as availability from './availability.policy';
import * as network from './network.policy';
import * as pods from './pods.policy';
import type { Policy } from './policy';
import * as secrets from './secrets.policy';

export const policies: readonly Policy[] = [pods, availability, secrets, network].flatMap((group) => Object.values(group));
