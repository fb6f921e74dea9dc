import { z } from 'zod';
import type { ImageDefinition } from '../../api';
import { parseDuration, parseQuantity, quantityValue, templateNames } from '../../base';
import { readYaml } from './read-yaml';

const text = z.string().min(1);
const envName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable, such as "BACKEND_URL"');

/** "250ms", "3s", "1m30s". */
const duration = z.string().transform((value, context) => {
  const ms = parseDuration(value);
  if (typeof ms === 'number' && ms >= 0) return ms;
  context.addIssue({
    code: 'custom',
    message: typeof ms === 'number' ? 'must not be negative' : `${ms.error}; write "250ms", "3s" or "1m30s"`,
  });
  return z.NEVER;
});

/** "64Mi", "20M", or a number of bytes. */
const bytes = z.union([z.string(), z.number()]).transform((value, context) => {
  const quantity = parseQuantity(String(value));
  if (quantity !== undefined && quantityValue(quantity) > 0) return Number(quantityValue(quantity));
  context.addIssue({ code: 'custom', message: 'must be an amount of memory, such as "64Mi"' });
  return z.NEVER;
});

const PLACES = [
  'env.NAME',
  'file./path',
  'hostname',
  'pod.name',
  'pod.ip',
  'namespace',
  'image',
  'tag',
  'time',
  'status',
  'calls',
  'call.NAME.status|body|error|ok|ms',
  'request.method|path|host|body|client|count',
  'request.header.NAME',
  'request.query.NAME',
];
const PLACE = new RegExp(
  `^(?:${[
    'env\\.[A-Za-z_][A-Za-z0-9_]*',
    'file\\./.+',
    'hostname',
    'pod\\.(?:name|ip)',
    'namespace|image|tag|time|status|calls',
    'call\\.[a-z0-9-]+\\.(?:status|body|error|ok|ms)',
    'request\\.(?:method|path|host|body|client|count|header\\.[\\w-]+|query\\.[\\w-]+)',
  ].join('|')})$`,
);

/** A text with places to fill in; one that names nothing known is refused. */
const template = z.string().superRefine((value, context) => {
  const unknown = templateNames(value).find((name) => !PLACE.test(name));
  if (unknown !== undefined)
    context.addIssue({
      code: 'custom',
      message: `\${${unknown}} names nothing; there are ${PLACES.map((name) => `\${${name}}`).join(', ')}. A dollar of its own is $$`,
    });
});
const lines = z.union([template.transform((line) => [line]), z.array(template)]).default([]);

const port = z.union([
  z.number().int().min(1).max(65_535),
  template.refine(
    (value) => value.includes('${'),
    'must be a port number, or a text such as "${env.PORT:-8080}"',
  ),
]);

const answer = z.strictObject({
  status: z.number().int().min(100).max(599).default(200),
  headers: z.record(text, template).default({}),
  body: template.default(''),
});
/** An answer, or its body alone. */
const reply = z.union([template.transform((body) => ({ status: 200, headers: {}, body })), answer]);

const call = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
    to: template.refine(
      (value) => /^(?:https?|tcp):\/\/|^\$\{/.test(value),
      'must be a URL: http://…, https://…, or tcp://HOST:PORT',
    ),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET'),
    headers: z.record(text, template).default({}),
    body: template.default(''),
    timeout: duration.prefault('5s'),
    expect: z.array(z.number().int().min(100).max(599)).optional(),
    optional: z.boolean().default(false),
    when: envName.optional(),
  })
  .transform(({ timeout, ...rest }) => ({ ...rest, timeoutMs: timeout }));

const fault = z
  .strictObject({
    every: z.number().int().min(1).optional(),
    chance: z.number().min(0).max(1).optional(),
    from: z.number().int().min(1).optional(),
    until: z.number().int().min(1).optional(),
    when: envName.optional(),
    delay: duration.optional(),
    reply: reply.optional(),
    connection: z.enum(['reset', 'empty', 'hang']).optional(),
    exit: z.number().int().min(0).max(255).optional(),
    leak: bytes.optional(),
  })
  .refine(
    ({ delay, reply: instead, connection, exit, leak }) =>
      [delay, instead, connection, exit, leak].some((each) => each !== undefined),
    'a fault needs what it does: delay, reply, connection, exit or leak',
  )
  .transform(({ delay, leak, ...rest }) => ({ ...rest, delayMs: delay, leakBytes: leak }));

const behaviour = {
  delay: duration.prefault('0s'),
  calls: z.array(call).default([]),
  faults: z.array(fault).default([]),
  log: lines,
};

const route = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).optional(),
    path: z.string().regex(/^\/[^*?#]*\*?$|^\*$/, 'must begin with "/", and may end with "*"'),
    reply,
    failure: reply.default({ status: 502, headers: {}, body: '${calls}' }),
    ...behaviour,
  })
  .transform(({ delay, ...rest }) => ({ ...rest, delayMs: delay }));

const exchange = z
  .strictObject({
    match: z.string().default('').refine(isRegExp, 'must be a regular expression'),
    reply: template,
    failure: template.default('${calls}'),
    ...behaviour,
  })
  .transform(({ delay, ...rest }) => ({ ...rest, delayMs: delay }));

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const socket = { port, bind: template.default('0.0.0.0') };
const listener = z.discriminatedUnion('protocol', [
  z
    .strictObject({
      ...socket,
      protocol: z.enum(['http', 'https']),
      routes: z.array(route).min(1),
      accessLog: template.optional(),
    })
    .transform((each) => ({ ...each, exchanges: [] })),
  z
    .strictObject({ ...socket, protocol: z.enum(['tcp', 'udp']), exchanges: z.array(exchange).default([]) })
    .transform((each) => ({ ...each, routes: [] })),
]);

const start = z
  .strictObject({
    needs: z.array(envName).default([]),
    log: lines,
    takes: duration.prefault('0s'),
    calls: z.array(call).default([]),
    retry: duration.optional(),
    ready: lines,
    exit: z
      .strictObject({
        code: z.number().int().min(0).max(255).default(0),
        after: duration.prefault('0s'),
        log: lines,
      })
      .transform(({ after, ...rest }) => ({ ...rest, afterMs: after }))
      .optional(),
  })
  .transform(({ takes, retry, ...rest }) => ({ ...rest, takesMs: takes, retryMs: retry }));

const stop = z
  .strictObject({
    ignored: z.boolean().default(false),
    takes: duration.prefault('100ms'),
    exitCode: z.number().int().min(0).max(255).default(0),
    log: lines,
  })
  .transform(({ takes, ...rest }) => ({ ...rest, takesMs: takes }));

const BASES = ['none', 'debian', 'alpine', 'busybox'];
/** "alpine", or a list: ["alpine", "curl"]. */
const tools = z
  .union([z.string().transform((base) => [base]), z.array(text)])
  .default([])
  .superRefine((list, context) => {
    if (list.length === 1 && list[0] === 'none') return;
    const odd = list.find((tool) => !/^[a-z][a-z0-9.+-]*$/.test(tool));
    if (odd !== undefined)
      context.addIssue({
        code: 'custom',
        message: `${JSON.stringify(odd)} is no tool; write one of ${BASES.join(', ')}, or a list such as [alpine, curl]`,
      });
  })
  .transform((list) => list.filter((tool) => tool !== 'none'));

const SIZE = '24Mi';

/** One file of `images/`: an image of the lab's own, as an author writes it. */
const imageSchema: z.ZodType<ImageDefinition> = z
  .strictObject({
    image: z
      .string()
      .regex(
        /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-][a-z0-9]+)*$/,
        'must be a repository in lower case without a tag, such as "shop/catalog"; tags go to "tags"',
      ),
    tags: z
      .array(z.union([text, z.number()]).transform(String))
      .min(1)
      .optional(),
    size: bytes.prefault(SIZE),
    user: text.optional(),
    entrypoint: z.array(text).min(1).default(['/app/server']),
    cmd: z.array(z.string()).default([]),
    env: z.record(envName, z.string()).default({}),
    files: z.record(z.string().startsWith('/'), z.string()).default({}),
    tools,
    memory: bytes.optional(),
    start: start.prefault({}),
    listeners: z.array(listener).default([]),
    stop: stop.prefault({}),
  })
  .superRefine(({ listeners }, context) => {
    const taken = new Set<string>();
    for (const [index, each] of listeners.entries()) {
      const key = `${each.port}/${each.protocol === 'udp' ? 'udp' : 'tcp'}`;
      if (taken.has(key))
        context.addIssue({
          code: 'custom',
          path: ['listeners', index, 'port'],
          message: `${key} is taken already`,
        });
      taken.add(key);
    }
  })
  .transform(({ size, memory, ...rest }) => ({ ...rest, sizeBytes: size, memoryBytes: memory }));

/** Reads a definition of an image; throws `LabError` at the first thing wrong. */
export const readImage = (file: string, text: string): ImageDefinition => readYaml(file, text, imageSchema);
