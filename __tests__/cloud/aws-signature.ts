/** Checks requests signed for AWS with another signer than the one under test. */
import { AwsV4Signer } from 'aws4fetch';
import type { Exchange } from './https-double.ts';

export interface Signature {
  readonly accessKeyId: string;
  readonly sessionToken: string;
  readonly region: string;
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly signedAt: number;
  readonly signedHeaders: readonly string[];
  /** Whether it is the one that this secret gives. */
  matches(secretAccessKey: string): Promise<boolean>;
}

/** In the query or in the header; undefined: the request is not signed. */
export function readSignature(exchange: Exchange): Signature | undefined {
  const { url, headers } = exchange;
  const inQuery = url.searchParams.has('X-Amz-Signature');
  const fields = inQuery
    ? Object.fromEntries(url.searchParams)
    : parseHeader(String(headers.authorization ?? ''));
  const [accessKeyId = '', , region = '', service = ''] = (fields['X-Amz-Credential'] ?? '').split(
    '/',
  );
  if (accessKeyId === '') return undefined;
  const given = inQuery ? fields : { ...toTitles(headers), ...fields };
  const datetime = given['X-Amz-Date'] ?? '';
  const sessionToken = given['X-Amz-Security-Token'] ?? '';
  const signedHeaders = (fields['X-Amz-SignedHeaders'] ?? '').split(';');
  return {
    accessKeyId,
    sessionToken,
    region,
    service,
    signedAt: toTime(datetime),
    signedHeaders,
    async matches(secretAccessKey) {
      const unsigned = new URL(url);
      unsigned.searchParams.delete('X-Amz-Signature');
      const signer = new AwsV4Signer({
        method: exchange.method,
        url: unsigned.href,
        headers: pick(headers, signedHeaders),
        ...(exchange.body === '' ? {} : { body: exchange.body }),
        ...{ accessKeyId, secretAccessKey, region, service, datetime },
        ...(sessionToken === '' ? {} : { sessionToken }),
        signQuery: inQuery,
        allHeaders: true,
      });
      return (await signer.signature()) === fields['X-Amz-Signature'];
    },
  };
}

function parseHeader(authorization: string): Record<string, string> {
  const parts = authorization.replace(/^AWS4-HMAC-SHA256 /, '').split(/,\s*/);
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [`X-Amz-${name}`, value];
    }),
  );
}

function toTitles(headers: Exchange['headers']): Record<string, string> {
  return {
    'X-Amz-Date': String(headers['x-amz-date'] ?? ''),
    'X-Amz-Security-Token': String(headers['x-amz-security-token'] ?? ''),
  };
}

function pick(headers: Exchange['headers'], names: readonly string[]): Record<string, string> {
  const kept = names.filter((name) => name !== 'host');
  return Object.fromEntries(kept.map((name) => [name, String(headers[name] ?? '')]));
}

/** `20261121T205651Z` */
function toTime(datetime: string): number {
  const iso = datetime.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso);
}
