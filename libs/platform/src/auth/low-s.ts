/** Order of the curve P-256: for a signature (r, s), (r, order − s) verifies as well. */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const HALF_BYTES = 32;

/**
 * Whether an ES256 signature has the smaller s of its two valid forms. Only this form is accepted, so that a token has
 * one text.
 */
export function isLowS(signature: Uint8Array): boolean {
  return signature.length === 2 * HALF_BYTES && sOf(signature) <= ORDER / 2n;
}

/** A signed compact JWS with its ES256 signature in the form that {@link isLowS} asks for. */
export function withLowS(token: string): string {
  const cut = token.lastIndexOf('.') + 1;
  const signature = Buffer.from(token.slice(cut), 'base64url');
  if (isLowS(signature)) return token;
  const low = (ORDER - sOf(signature)).toString(16).padStart(2 * HALF_BYTES, '0');
  return token.slice(0, cut) + Buffer.concat([signature.subarray(0, HALF_BYTES), Buffer.from(low, 'hex')]).toString('base64url');
}

function sOf(signature: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(signature.subarray(HALF_BYTES)).toString('hex')}`);
}
