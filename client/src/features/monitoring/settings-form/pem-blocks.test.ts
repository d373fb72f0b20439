import { expect, test } from 'vitest';
import { pemBlocks } from './pem-blocks.ts';

const block = (label: string, content: string) =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----`;
const leaf = block('CERTIFICATE', 'bGVhZg==');
const issuer = block('CERTIFICATE', 'aXNzdWVy');
const key = block('EC PRIVATE KEY', 'a2V5');

test('one file with chain and key gives both', () => {
  expect(pemBlocks(`Bag Attributes\n${key}\nsubject=CN = client\n${leaf}\n${issuer}\n`)).toEqual({
    certificate: `${leaf}\n${issuer}\n`,
    key,
  });
});

test('what is not in a file is null', () => {
  expect(pemBlocks(leaf)).toEqual({ certificate: `${leaf}\n`, key: null });
  expect(pemBlocks('0\u0082 not PEM at all')).toEqual({ certificate: null, key: null });
});
