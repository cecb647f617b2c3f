import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { CONFIG } from '@muster/platform/config/define-config';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthEnv } from '../config';

/** Each purpose has its own derived key, so that a value made for one purpose is invalid for another. */
type Purpose = 'login' | 'network' | 'code' | 'attempt' | 'browser' | 'signing key' | 'refresh key' | 'mail';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Computes MACs and encrypts with keys derived from `AUTH_SECRET`. */
@Injectable()
export class Secrets {
  private readonly keys = new Map<Purpose, Buffer>();

  constructor(@Inject(CONFIG) private readonly config: AuthEnv) {}

  macOf(purpose: Purpose, text: string): Buffer {
    return createHmac('sha256', this.keyFor(purpose)).update(text).digest();
  }

  /**
   * Encrypts with AES-256-GCM. @param name is authenticated with the text: what was sealed under one name does not open
   * under another
   */
  sealSecret(purpose: Purpose, name: string, plain: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keyFor(purpose), iv).setAAD(Buffer.from(name));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  /** @throws Error when it was sealed with another secret, purpose or name */
  openSecret(purpose: Purpose, name: string, sealed: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.keyFor(purpose), sealed.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(name))
      .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }

  private keyFor(purpose: Purpose): Buffer {
    let key = this.keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.config.AUTH_SECRET, '', `muster-auth ${purpose}`, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }
}
