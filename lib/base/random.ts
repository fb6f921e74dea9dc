/** A seeded source of chance; `state` is plain data, so it can be stored and resumed. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  readonly state: number;
}

/** A source of chance that continues from `state` (any 32-bit number; mulberry32). */
export function createRandom(state: number): Random {
  let current = state >>> 0;
  return {
    next() {
      current = (current + 0x6d2b79f5) >>> 0;
      let t = current;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
    get state() {
      return current;
    },
  };
}

/** Chance that follows from the state of another and takes nothing from it. */
export function randomApart({ state }: Random): Random {
  return createRandom(~state);
}

/** The alphabet of Kubernetes' generated names (apimachinery `rand.String`). */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** `length` letters of the alphabet that Kubernetes uses for generated names. */
export function randomName(random: Random, length: number): string {
  let name = '';
  for (let i = 0; i < length; i += 1) name += NAME_ALPHABET[Math.floor(random.next() * NAME_ALPHABET.length)];
  return name;
}

/** An RFC 4122 version 4 UUID drawn from `random`. */
export function randomUuid(random: Random): string {
  const hex = (digits: number) => {
    let text = '';
    for (let i = 0; i < digits; i += 1) text += Math.floor(random.next() * 16).toString(16);
    return text;
  };
  const variant = (8 + Math.floor(random.next() * 4)).toString(16);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
}
