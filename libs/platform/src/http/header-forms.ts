/** What `Idempotency-Key` may be: 1 to 128 printable characters of ASCII. */
export const idempotencyKeyForm = /^[\x21-\x7e]{1,128}$/;

/** What `If-Match` may be: a version as a number, in quotes or without. */
export const versionForm = /^"?([1-9]\d{0,9})"?$/;
