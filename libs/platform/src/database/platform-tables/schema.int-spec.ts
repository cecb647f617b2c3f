import { describePlatformSchema } from '../../testing/generated/describe-schema';

describePlatformSchema();
