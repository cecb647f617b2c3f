/** The form of `Idempotency-Key`: 1 to 128 printable characters of ASCII. */
export const idempotencyKeyForm = /^[\x21-\x7e]{1,128}$/;

/** The form of `If-Match`: a version as a number, in quotes or without. */
export const versionForm = /^"?([1-9]\d{0,9})"?$/;
