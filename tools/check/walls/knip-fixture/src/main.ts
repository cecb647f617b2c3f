import { used } from './part';
used();
