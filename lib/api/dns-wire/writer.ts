import { DnsFormatError, isDomainName, labelBytes, splitLabels } from './domain-name';

/** Pointers have 14 bits. */
const MAX_POINTER = 0x4000;

/** Bytes of a message under construction, with the names that later ones may point to. */
export interface DnsWriter {
  readonly length: number;
  u8(value: number): void;
  u16(value: number): void;
  u32(value: number): void;
  bytes(values: Iterable<number>): void;
  /** A name; `compress`: it may point to an earlier one (RFC 3597 forbids that in newer types' data). */
  domain(name: string, compress: boolean): void;
  /** Writes what `write` writes behind its length in two bytes. */
  sized(write: () => void): void;
  /** Takes back everything after a length. */
  cut(length: number): void;
  finish(): Uint8Array;
}

/** A writer; without `compress` no name points anywhere. */
export function createDnsWriter(compress: boolean): DnsWriter {
  const out: number[] = [];
  const known = new Map<string, number>();
  const writer: DnsWriter = {
    get length() {
      return out.length;
    },
    u8: (value) => void out.push(value & 0xff),
    u16: (value) => void out.push((value >>> 8) & 0xff, value & 0xff),
    u32: (value) =>
      void out.push((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff),
    bytes(values) {
      for (const value of values) out.push(value & 0xff);
    },
    domain(name, mayPoint) {
      if (!isDomainName(name)) throw new DnsFormatError(`not a domain name: ${name}`);
      const labels = splitLabels(name);
      for (const [index, label] of labels.entries()) {
        // Case is part of the comparison, as in CoreDNS' library: the spelling asked for must come back.
        const rest = labels.slice(index).join('.');
        const pointer = known.get(rest);
        if (compress && mayPoint && pointer !== undefined) {
          writer.u16(0xc000 | pointer);
          return;
        }
        if (compress && pointer === undefined && out.length < MAX_POINTER) known.set(rest, out.length);
        const bytes = labelBytes(label);
        out.push(bytes.length, ...bytes);
      }
      out.push(0);
    },
    sized(write) {
      const at = out.length;
      out.push(0, 0);
      write();
      const length = out.length - at - 2;
      out[at] = (length >>> 8) & 0xff;
      out[at + 1] = length & 0xff;
    },
    cut(length) {
      out.length = length;
      for (const [name, at] of known) if (at >= length) known.delete(name);
    },
    finish: () => Uint8Array.from(out),
  };
  return writer;
}
