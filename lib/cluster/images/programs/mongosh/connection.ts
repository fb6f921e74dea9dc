import type { ExecutableWorld, Json } from '../../../../api';
import { type Document, isDocument } from '../mongo/bson';
import { hostAndPort, MONGO_CALL } from '../mongo/peers';
import type { ConnectionOptions } from './connection-options';
import { ScriptError } from './native-members';

/** Time has to pass before the line can go on; it is evaluated again from its start, with what it learnt so far. */
export class Pause extends Error {
  override name = 'Pause';
  readonly ms: number;
  constructor(ms: number) {
    super('pause');
    this.ms = ms;
  }
}

/** An error as the driver and the server make them; `fields` are what it shows beside its message. */
export class MongoError extends ScriptError {
  readonly codeName: string | undefined;
  readonly fields: Record<string, unknown>;
  constructor(name: string, message: string, fields: Record<string, unknown> = {}) {
    super(name, message);
    this.codeName = typeof fields.codeName === 'string' ? fields.codeName : undefined;
    this.fields = fields;
  }
}

/** How long the driver lets pass between looks at servers that are not as they should be. */
const RETRY_MS = 500;
/** Failures that mongosh does not wait out when it connects. */
const FAST_FAILURE = /\b(?:ECONNREFUSED|ENOTFOUND|ENETUNREACH|EINVAL)\b/;
const TIMED_OUT = 'timed out';

/** One thing that a line has learnt of the world, to be told the same when the line is evaluated again. */
export type Learnt = { readonly reply: Json; readonly ms: number };

/** How one server of the set looks to the driver. */
interface Seen {
  readonly address: string;
  readonly hello: Document | undefined;
  readonly error: string;
}

/** What a shell has of its servers while one line is evaluated. */
export class Connection {
  readonly options: ConnectionOptions;
  readonly #world: ExecutableWorld;
  readonly #known: readonly Learnt[];
  readonly #legacy: boolean;
  readonly learnt: Learnt[] = [];
  /** Virtual ms that calls of this turn took. */
  elapsed = 0;
  readPreference: string;
  #next = 0;

  constructor(
    options: ConnectionOptions,
    world: ExecutableWorld,
    known: readonly Learnt[],
    readPreference: string,
    legacy: boolean,
  ) {
    this.options = options;
    this.#world = world;
    this.#known = known;
    this.#legacy = legacy;
    this.readPreference = readPreference;
  }

  get now(): number {
    return this.#world.now;
  }

  get random(): ExecutableWorld['random'] {
    return this.#world.random;
  }

  /** A value that must be the same when the line is evaluated again: chance, the time. */
  once(make: () => Json): Json {
    return this.#remember(() => ({ reply: make(), ms: 0 })).reply;
  }

  /** Lets time pass. */
  sleep(ms: number): void {
    const known = this.#known[this.#next];
    this.#remember(() => ({ reply: null, ms: 0 }));
    if (known === undefined) throw new Pause(ms);
  }

  #remember(learn: () => Learnt): Learnt {
    const found = this.#known[this.#next] ?? learn();
    this.#next += 1;
    this.learnt.push(found);
    return found;
  }

  /** Runs a command where it belongs, and throws the server's refusal. */
  run(db: string, command: Document, kind: 'read' | 'write' | 'any' = 'any'): Document {
    for (;;) {
      const fresh = this.#known[this.#next] === undefined;
      const learnt = this.#remember(() => this.#attempt(db, command, kind));
      if (fresh) this.elapsed += learnt.ms;
      const reply = isDocument(learnt.reply) ? learnt.reply : {};
      if (reply.retry !== true) {
        if (typeof reply.networkError === 'string') throw networkError(reply.networkError, this.options);
        if (reply.ok !== 1) throw serverError(reply);
        return reply;
      }
      // What is known already was not yet too late; only the newest try can be the last.
      if (this.#known[this.#next] !== undefined) continue;
      if (this.now - Number(reply.since) >= this.options.selectionMs)
        throw selectionError(String(reply.error ?? ''), this.options);
      throw new Pause(RETRY_MS);
    }
  }

  /** How the servers look just now, for the prompt; nothing of it is remembered. */
  describe(): { readonly hello: Document | undefined; readonly primary: boolean } {
    if (this.options.direct) {
      const seen = this.#hello(this.options.hosts[0] ?? '');
      return { hello: seen.hello, primary: seen.hello?.isWritablePrimary === true };
    }
    const servers = this.topology();
    const primary = servers.find(({ hello }) => hello?.isWritablePrimary === true);
    return {
      hello: (primary ?? servers.find(({ hello }) => hello !== undefined))?.hello,
      primary: primary !== undefined,
    };
  }

  /** Meets the servers; those that refuse at once are not waited for. */
  connect(): void {
    const since = Number(this.once(() => this.now));
    for (;;) {
      const fresh = this.#known[this.#next] === undefined;
      const learnt = this.#remember(() => this.#meet());
      if (fresh) this.elapsed += learnt.ms;
      const reply = isDocument(learnt.reply) ? learnt.reply : {};
      if (reply.ok === 1) return;
      if (reply.fast === true) throw new MongoError('MongoNetworkError', String(reply.error));
      if (this.#known[this.#next] !== undefined) continue;
      if (this.now - since >= this.options.selectionMs)
        throw selectionError(String(reply.error ?? ''), this.options);
      throw new Pause(RETRY_MS);
    }
  }

  #meet(): Learnt {
    const servers = this.options.direct ? [this.#hello(this.options.hosts[0] ?? '')] : this.topology();
    const usable = servers.some(({ hello }) =>
      this.options.direct
        ? hello !== undefined
        : hello?.isWritablePrimary === true || hello?.secondary === true,
    );
    if (usable) return { reply: { ok: 1 }, ms: 2 };
    const fast = servers.length > 0 && servers.every(({ error }) => FAST_FAILURE.test(error));
    const error = servers.find((each) => each.error !== '')?.error ?? '';
    return { reply: { fast, error }, ms: 2 };
  }

  /** The reply whatever it says, as the old shell's helpers have it. */
  runRaw(db: string, command: Document, kind: 'read' | 'write' | 'any' = 'any'): Document {
    try {
      return this.run(db, command, kind);
    } catch (error) {
      if (error instanceof MongoError && error.name === 'MongoServerError') return error.fields as Document;
      throw error;
    }
  }

  #attempt(db: string, command: Document, kind: 'read' | 'write' | 'any'): Learnt {
    const first = this.#firstTry();
    if (this.options.direct) return this.#sent(this.options.hosts[0] ?? '', db, command, true);
    const chosen = this.#select(kind);
    if ('error' in chosen) return { reply: { retry: true, since: first, error: chosen.error }, ms: 0 };
    const sent = this.#sent(
      chosen.address,
      db,
      command,
      kind === 'read' && this.readPreference !== 'primary',
    );
    const reply = isDocument(sent.reply) ? sent.reply : {};
    // Retryable writes and reads: a primary that is none any more is looked for again.
    const again =
      reply.code === 10_107 ||
      reply.code === 11_602 ||
      reply.code === 189 ||
      reply.code === 91 ||
      typeof reply.networkError === 'string';
    return again
      ? {
          reply: { retry: true, since: first, error: String(reply.networkError ?? reply.errmsg ?? '') },
          ms: sent.ms,
        }
      : sent;
  }

  /** When the tries that go on now began. */
  #firstTry(): number {
    let at = this.learnt.length - 1;
    let since = this.now;
    for (; at >= 0; at -= 1) {
      const reply = this.learnt[at]?.reply;
      if (!isDocument(reply) || reply.retry !== true) break;
      since = Number(reply.since);
    }
    return since;
  }

  /** The server that a command goes to, by the set as its members describe it, or why there is none. */
  #select(kind: 'read' | 'write' | 'any'): { readonly address: string } | { readonly error: string } {
    const servers = this.topology();
    const primary = servers.find(({ hello }) => hello?.isWritablePrimary === true);
    const secondaries = servers.filter(({ hello }) => hello?.secondary === true);
    const preference = kind === 'read' ? this.readPreference : 'primary';
    const any = secondaries[Math.floor(this.#world.random.next() * secondaries.length)] ?? undefined;
    const chosen =
      preference === 'secondary'
        ? any
        : preference === 'secondaryPreferred' || preference === 'nearest'
          ? (any ?? primary)
          : preference === 'primaryPreferred'
            ? (primary ?? any)
            : primary;
    if (chosen !== undefined) return { address: chosen.address };
    return { error: servers.find(({ error }) => error !== '')?.error ?? 'no primary' };
  }

  /** Every server that the seeds, and the members that they name, lead to. */
  topology(): readonly Seen[] {
    const found = new Map<string, Seen>();
    const queue = [...this.options.hosts];
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
      if (found.has(address)) continue;
      const seen = this.#hello(address);
      const setName = seen.hello?.setName;
      const wrong =
        this.options.replicaSet !== null && seen.hello !== undefined && setName !== this.options.replicaSet;
      found.set(address, wrong ? { address, hello: undefined, error: '' } : seen);
      if (!wrong)
        for (const host of Array.isArray(seen.hello?.hosts) ? seen.hello.hosts : []) queue.push(String(host));
    }
    // What no member names is no server of the set.
    const named = new Set(
      [...found.values()].flatMap(({ hello }) =>
        Array.isArray(hello?.hosts) ? hello.hosts.map(String) : [],
      ),
    );
    return [...found.values()].filter(({ address }) => named.size === 0 || named.has(address));
  }

  #hello(address: string): Seen {
    const { reply } = this.#sent(address, 'admin', { hello: 1 }, true, false);
    if (isDocument(reply) && reply.ok === 1) return { address, hello: reply, error: '' };
    return {
      address,
      hello: undefined,
      error: isDocument(reply) ? String(reply.networkError ?? reply.errmsg ?? '') : '',
    };
  }

  #sent(address: string, db: string, command: Document, direct: boolean, withUser = true): Learnt {
    const { host, port } = hostAndPort(address);
    const found = this.#world.lookup(host).outcome;
    const [ip] = found.addresses;
    if (ip === undefined)
      return {
        reply: {
          networkError: `getaddrinfo ${found.error === 'no-server' ? 'EAI_AGAIN' : 'ENOTFOUND'} ${host}`,
        },
        ms: found.latencyMs,
      };
    const { user, password, authSource } = this.options;
    // The old shell does not take answers from a secondary unless it was told to.
    const secondaryOk = direct && (this.#legacy ? this.readPreference !== 'primary' : true);
    const body: Json = {
      db,
      command,
      secondaryOk,
      ...(user === '' || !withUser ? {} : { auth: { user, pwd: password ?? '', source: authSource } }),
    };
    const { outcome } = this.#world.send(ip, port, { kind: 'call', name: MONGO_CALL, body });
    const failed = (why: string, ms: number): Learnt => ({ reply: { networkError: why }, ms });
    switch (outcome.kind) {
      case 'refused':
        return failed(`connect ECONNREFUSED ${ip}:${port}`, outcome.latencyMs);
      case 'unreachable':
        return failed(`connect EHOSTUNREACH ${ip}:${port}`, outcome.latencyMs);
      case 'dropped':
        return failed(TIMED_OUT, this.options.selectionMs);
      case 'delivered':
        if (outcome.reply.kind === 'call')
          return { reply: outcome.reply.body, ms: found.latencyMs + outcome.latencyMs };
        return failed(`connection <monitor> to ${ip}:${port} closed`, outcome.latencyMs);
    }
  }
}

function networkError(reason: string, options: ConnectionOptions): MongoError {
  return reason === TIMED_OUT ? selectionError('', options) : new MongoError('MongoNetworkError', reason);
}

function selectionError(reason: string, options: ConnectionOptions): MongoError {
  const message =
    reason === '' || reason === 'no primary' || reason === 'not primary' || reason === TIMED_OUT
      ? `Server selection timed out after ${options.selectionMs} ms`
      : reason;
  return new MongoError('MongoServerSelectionError', message);
}

/** A server's refusal as the driver throws it. */
export function serverError(reply: Document): MongoError {
  const message =
    reply.code === 13_435
      ? 'not primary - consider using db.getMongo().setReadPref() or readPreference in the connection string'
      : String(reply.errmsg ?? 'unknown error');
  return new MongoError('MongoServerError', message, { ...reply });
}
