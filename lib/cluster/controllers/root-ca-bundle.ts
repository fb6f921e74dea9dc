/**
 * The certificate that everybody in the cluster is to trust: a body of the usual look, which no mathematics holds
 * together. A client here trusts a server when it has been given this very text.
 */
export const ROOT_CA = [
  '-----BEGIN CERTIFICATE-----',
  'UG9ydHNpZGUgc2ltdWxhdGVzIGNsdXN0ZXJzOyB0aGlzIGlzIG5vIHJlYWwgY2Vy',
  'dGlmaWNhdGUsIGFuZCBub3RoaW5nIGluIHRoZSBzaW11bGF0aW9uIHZlcmlmaWVz',
  'IGFnYWluc3QgaXQuIEl0cyBuYW1lIHdvdWxkIGJlIENOPWt1YmVybmV0ZXMuCg==',
  '-----END CERTIFICATE-----',
  '',
].join('\n');
