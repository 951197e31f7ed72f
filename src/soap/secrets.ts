// Comparing and digesting secrets so that the time taken says nothing of them. Knows no header.
import { createHash, timingSafeEqual } from 'node:crypto';

/** What an application without a password is compared with: the work is the same, the result is not used. */
export const NO_PASSWORD = 'no password is set for this application';

/** Whether two texts are the same; takes as long whatever they hold. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

/** In lower-case hex. */
export function md5Hex(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

export function sha1Base64(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest('base64');
}

export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
