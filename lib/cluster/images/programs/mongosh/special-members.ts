import { Special } from './values';

/** What an ObjectId, a date or a long number answers to. */
export function specialMember(value: Special, name: string): unknown {
  switch (name) {
    case 'toString':
    case 'toHexString':
    case 'valueOf':
    case 'str':
      return name === 'str'
        ? value.text
        : () => (value.type === 'oid' ? value.text : name === 'valueOf' ? Number(value.text) : value.shown);
    case 'getTime':
      return () => Number(value.text);
    case 'toISOString':
      return () => value.shown.replace(/^ISODate\('(.*)'\)$/, '$1');
    case 'toNumber':
      return () => Number(value.text);
    case 'getTimestamp':
      return () => new Special('date', String(Number.parseInt(value.text.slice(0, 8), 16) * 1000));
    default:
      return undefined;
  }
}
