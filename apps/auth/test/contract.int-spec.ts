import { events } from '@muster/contracts/catalogue';
import { describeAuthorization, describeBadInput, describeColumns, describeSnapshots } from '@muster/platform/testing/generated/describe-contract';
import { authContract } from './world';

const contract = authContract();
describeAuthorization(contract);
describeBadInput(contract);
describeSnapshots(contract, events.auth);
describeColumns(contract, Object.values(events).flat());
