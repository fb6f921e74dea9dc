import { z } from 'zod';
import type { ClientMessage } from '../protocol';

/** A line that somebody pastes, or a small script; more than this is a file. */
const KEYS_LIMIT = 64 * 1024;
/** Characters of a file in the editor: files of a lab are manifests and scripts. */
export const FILE_LIMIT = 512 * 1024;
const PATH_LIMIT = 200;
const OPEN_FILES_LIMIT = 50;
/** More tabs than anybody follows. */
export const TERMINALS_LIMIT = 8;
const NAME_LIMIT = 100;
/** A question, not an essay. */
const HAND_LIMIT = 1_000;
/** An hour of a cluster's life is lived in a few seconds; more would keep others waiting. */
const SKIP_LIMIT_MS = 3_600_000;
/** The longest name that DNS knows. */
const HOST_LIMIT = 253;

/** No message is longer: JSON may spend six characters on one of a file's. */
export const MESSAGE_LIMIT_BYTES = 6 * FILE_LIMIT + 1024;

const columns = z.number().int().min(2).max(500);
const rows = z.number().int().min(1).max(300);
const id = z.number().int().nonnegative();
const seq = z.number().int().nonnegative();
const path = z.string().min(1).max(PATH_LIMIT);
/** A page numbers its terminals; no object of JavaScript has a property of such a name. */
const terminal = z.string().regex(/^(?:main|t\d{1,6})$/);
/** A DNS-1123 subdomain: what every name of the API that panels show is. */
const objectName = z
  .string()
  .max(HOST_LIMIT)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
const vantage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pod'), namespace: objectName, name: objectName }),
  z.object({ kind: z.literal('node'), name: objectName }),
  z.object({ kind: z.literal('office') }),
  z.object({ kind: z.literal('internet') }),
]);

const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    size: z.object({ columns, rows }),
    seen: z.number().nonnegative().exactOptional(),
  }),
  z.object({
    type: z.literal('keys'),
    data: z.string().max(KEYS_LIMIT),
    terminal: terminal.exactOptional(),
  }),
  z.object({ type: z.literal('resize'), columns, rows, terminal: terminal.exactOptional() }),
  z.object({
    type: z.literal('open-terminal'),
    id,
    terminal,
    size: z.object({ columns, rows }),
    seen: z.number().nonnegative(),
    keys: z
      .string()
      .max(NAME_LIMIT * 10)
      .exactOptional(),
  }),
  z.object({ type: z.literal('close-terminal'), id, terminal }),
  z.object({ type: z.literal('save'), id, path, text: z.string().max(FILE_LIMIT) }),
  z.object({ type: z.literal('remove'), id, path }),
  z.object({ type: z.literal('rename'), id, path, to: path }),
  z.object({ type: z.literal('edited'), id, path }),
  z.object({ type: z.literal('apply'), id, path }),
  z.object({ type: z.literal('diff'), id, path }),
  z.object({ type: z.literal('reread'), id, path }),
  z.object({ type: z.literal('check'), id }),
  z.object({ type: z.literal('solutions'), id }),
  z.object({
    type: z.literal('solve'),
    id,
    solution: z.string().min(1).max(NAME_LIMIT),
    from: z.enum(['now', 'start']),
  }),
  z.object({
    type: z.literal('trace'),
    id,
    host: z.string().min(1).max(HOST_LIMIT),
    port: z.number().int().min(1).max(65_535),
    path: z.string().startsWith('/').max(PATH_LIMIT).exactOptional(),
    from: vantage.exactOptional(),
  }),
  z.object({
    type: z.literal('inspect'),
    id,
    view: z.enum(['describe', 'yaml', 'events', 'logs']),
    resource: objectName,
    namespace: z.union([z.literal(''), objectName]),
    name: objectName,
  }),
  z.object({ type: z.literal('undo'), id }),
  z.object({ type: z.literal('redo'), id }),
  z.object({ type: z.literal('go-to'), id, seq }),
  z.object({ type: z.literal('timeline'), id, before: seq.exactOptional() }),
  z.object({ type: z.literal('compare'), id, from: seq, to: seq.exactOptional() }),
  z.object({ type: z.literal('skip'), id, ms: z.number().int().min(1).max(SKIP_LIMIT_MS) }),
  z.object({ type: z.literal('pause'), id, paused: z.boolean() }),
  z.object({ type: z.literal('reset'), id }),
  z.object({ type: z.literal('key'), id, action: z.enum(['look', 'make', 'revoke']) }),
  z.object({ type: z.literal('hand'), id, raised: z.boolean(), text: z.string().max(HAND_LIMIT) }),
  z.object({
    type: z.literal('reply'),
    id,
    reply: z.uuid(),
    action: z.enum(['apply', 'dismiss']),
  }),
  z.object({ type: z.literal('follow'), id, agrees: z.boolean() }),
  z.object({
    type: z.literal('layout'),
    layout: z.object({
      openFiles: z.array(path).max(OPEN_FILES_LIMIT),
      terminals: z
        .array(z.object({ id: terminal, title: z.string().max(HOST_LIMIT) }))
        .max(TERMINALS_LIMIT)
        .optional(),
      terminal: terminal.optional(),
      activeFile: path.optional(),
      step: z.string().max(NAME_LIMIT).optional(),
    }),
  }),
]);

/** What a page may not say, told so that a person can do something about it. */
export interface BadMessage {
  readonly type: 'bad';
  readonly id: number | undefined;
  readonly reason: string;
}

const withId = z.object({ id });

/** Reads one message of a page; anything that is not one is `bad`. */
export function readClientMessage(text: string): ClientMessage | BadMessage {
  const json = parseJson(text);
  const found = message.safeParse(json);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  const where = issue?.path.join('.') || 'message';
  return {
    type: 'bad',
    id: withId.safeParse(json).data?.id,
    reason: `${where}: ${issue?.message ?? 'not understood'}`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
