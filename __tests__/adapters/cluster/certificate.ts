import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

/** A key and a certificate that vouches for itself, as PEM. Node reads certificates but makes none. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

const SIGNED_WITH = [0x30, '06082a8648ce3d040302'] as const; // ecdsa-with-SHA256
const COMMON_NAME = '0603550403';
/** Of each certificate its own: trusted ones are looked up by the whole name. */
const UNIT = '060355040b';
const ALTERNATIVE_NAMES = '0603551d11';
/** Of an alternative name: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
const NAME = { dns: 0x82, ip: 0x87 } as const;

/** `name`: common name, and a DNS name beside the address 127.0.0.1. */
export function createCertificate(name: string): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(...SIGNED_WITH);
  const subject = der(0x30, toName(COMMON_NAME, name), toName(UNIT, randomUUID()));
  const alternatives = der(
    0x30,
    der(NAME.dns, Buffer.from(name)),
    der(NAME.ip, Buffer.from([127, 0, 0, 1])),
  );
  const signed = der(
    0x30,
    der(0xa0, '020102'), // version 3
    '020101',
    algorithm,
    subject,
    der(0x30, toTime(-1), toTime(1)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, der(0x30, ALTERNATIVE_NAMES, der(0x04, alternatives)))),
  );
  const signature = Buffer.concat([Buffer.of(0), sign('sha256', signed, privateKey)]);
  const cert = der(0x30, signed, algorithm, der(0x03, signature)).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${cert.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function toName(type: string, text: string): Buffer {
  return der(0x31, der(0x30, type, der(0x0c, Buffer.from(text))));
}

/** Tag, length, content; texts are hexadecimal. */
function der(tag: number, ...content: readonly (Buffer | string)[]): Buffer {
  const parts = content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part));
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag, ...toLength(body.length)), body]);
}

/** In as few bytes as possible, on which Go insists. */
function toLength(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function toTime(days: number): Buffer {
  const date = new Date(Date.now() + days * 86_400_000).toISOString();
  return der(0x17, Buffer.from(`${date.replace(/[-:T]/g, '').slice(2, 14)}Z`));
}
