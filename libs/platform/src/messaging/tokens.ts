/** The service whose database this is; `ServiceName`. */
export const SERVICE_NAME = Symbol('SERVICE_NAME');
/** {@link Carrier} */
export const CARRIER = Symbol('CARRIER');
/** {@link Fanout} */
export const FANOUT = Symbol('FANOUT');
/** {@link EventSource} */
export const EVENT_SOURCE = Symbol('EVENT_SOURCE');
